//! What each event adds to a claim's filings.

use ledger::{
    claim::{ClaimEvent, Content, Submitted},
    recorded::{LedgerEvent, Recorded},
};
use uuid::Uuid;

use super::{Kind, Row};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct ClaimFilings;

impl ReadModel for ClaimFilings {
    const NAME: &'static str = "claim_filings";
    const VERSION: i32 = 1;
    const HEARD_ONCE: bool = true;
    type Key = (Uuid, i64);
    type Change = Box<Row>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.claim.drafted" | "billing.claim.revised" | "billing.claim.submitted"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((Uuid, i64), Box<Row>)>) {
        let LedgerEvent::Claim(happened) = &event.event else { return };
        let row = match happened {
            ClaimEvent::Drafted(drafted) => of_content(event, &drafted.content),
            ClaimEvent::Revised(revised) => of_content(event, &revised.content),
            ClaimEvent::Submitted(submitted) => of_submission(event, submitted),
            ClaimEvent::Validated(_)
            | ClaimEvent::Acknowledged(_)
            | ClaimEvent::Adjudicated(_)
            | ClaimEvent::Reversed(_)
            | ClaimEvent::PatientBilled(_)
            | ClaimEvent::WrittenOff(_)
            | ClaimEvent::WriteOffReversed(_)
            | ClaimEvent::PatientPaymentApplied(_)
            | ClaimEvent::PatientPaymentWithdrawn(_)
            | ClaimEvent::AppealFiled(_)
            | ClaimEvent::AppealDecided(_)
            | ClaimEvent::Voided(_)
            | ClaimEvent::Closed(_) => return,
        };
        out.extend([((row.claim_id, row.position), Box::new(row))]);
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}

fn of_content(event: &Recorded, content: &Content) -> Row {
    let sum = content.lines.iter().fold(0, |sum: i64, it| sum.saturating_add(it.charge.minor()));
    Row {
        claim_id: event.aggregate_id,
        position: event.position,
        kind: Word(Kind::Content),
        account: content.account.to_string(),
        currency: Word(content.currency),
        submission: None,
        frequency: None,
        payer_id: None,
        payer_order: None,
        control_interchange: None,
        control_group: None,
        control_transaction: None,
        payer_claim_number: None,
        digest: None,
        charge_minor: sum,
        submitted_on: None,
        recorded_at: event.recorded_at,
        content: Some(serde_json::to_vec(content).expect("content is data")),
    }
}

fn of_submission(event: &Recorded, sent: &Submitted) -> Row {
    Row {
        claim_id: event.aggregate_id,
        position: event.position,
        kind: Word(Kind::Submission),
        account: sent.account.to_string(),
        currency: Word(sent.charge.currency()),
        submission: Some(i32::from(sent.submission)),
        frequency: Some(Word(sent.frequency)),
        payer_id: Some(sent.payer_id.to_string()),
        payer_order: Some(Word(sent.payer_order)),
        control_interchange: Some(sent.control.interchange.to_string()),
        control_group: Some(sent.control.group.to_string()),
        control_transaction: Some(sent.control.transaction.to_string()),
        payer_claim_number: sent.payer_claim_number.as_ref().map(ToString::to_string),
        digest: Some(sent.digest.to_string()),
        charge_minor: sent.charge.minor(),
        submitted_on: Some(sent.submitted_on),
        recorded_at: event.recorded_at,
        content: None,
    }
}
