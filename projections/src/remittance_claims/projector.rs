//! What each event means for a claim of a payment.

use ledger::{
    claim::claim_id,
    recorded::{LedgerEvent, Recorded},
    remittance::{ClaimAdvised, ParkReason, RemittanceEvent},
    values::ClaimId,
};
use time::Date;
use uuid::Uuid;

use super::{Row, Stands};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct RemittanceClaims;

/// What an event means for a claim of a payment.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It came.
    Advised(Box<Row>),
    /// It could not be posted.
    Parked(ParkReason, Date),
    /// It was posted.
    Posted(ClaimId, Date),
}

impl ReadModel for RemittanceClaims {
    const NAME: &'static str = "remittance_claims";
    const VERSION: i32 = 1;
    type Key = (Uuid, i32);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.remittance.claim_")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((Uuid, i32), Change)>) {
        let LedgerEvent::Remittance(happened) = &event.event else { return };
        let (sequence, change) = match happened {
            RemittanceEvent::ClaimAdvised(advised) => {
                (advised.sequence, Change::Advised(Box::new(row(event, advised))))
            }
            RemittanceEvent::ClaimParked(it) => {
                (it.sequence, Change::Parked(it.reason, it.parked_on))
            }
            RemittanceEvent::ClaimPosted(it) => {
                (it.sequence, Change::Posted(it.claim_id, it.posted_on))
            }
            RemittanceEvent::Received(_) | RemittanceEvent::DepositMatched(_) => return,
        };
        out.extend([((event.aggregate_id, place(sequence)), change)]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        let change = match change {
            Change::Advised(advised) => {
                *row = Some(*advised);
                return;
            }
            other => other,
        };
        let row = row.as_mut().expect("a claim of a payment comes before it is posted or parked");
        match change {
            Change::Advised(_) => {}
            Change::Parked(reason, on) => {
                row.status = Word(Stands::Parked);
                row.reason = Some(Word(reason));
                row.parked_on = Some(on);
            }
            Change::Posted(claim, on) => {
                row.status = Word(Stands::Posted);
                row.claim_id = claim.uuid();
                row.posted_on = Some(on);
            }
        }
    }
}

/// No request can carry so many claims that this would not fit.
fn place(sequence: u32) -> i32 {
    i32::try_from(sequence).unwrap_or(i32::MAX)
}

fn row(event: &Recorded, advised: &ClaimAdvised) -> Row {
    let advice = &advised.advice;
    Row {
        remittance_id: event.aggregate_id,
        sequence: place(advised.sequence),
        claim_id: claim_id(event.org, &advice.account).uuid(),
        account: advice.account.to_string(),
        status: Word(Stands::Waiting),
        advice_status: Word(advice.status),
        reason: None,
        currency: Word(advice.charge.currency()),
        charge_minor: advice.charge.minor(),
        paid_minor: advice.paid.minor(),
        payer_claim_number: advice.payer_claim_number.as_ref().map(ToString::to_string),
        parked_on: None,
        posted_on: None,
        advised_position: event.position,
        advice: crate::claims::written(advice),
    }
}
