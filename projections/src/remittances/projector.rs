//! What each event means for a payment's row.

use std::collections::BTreeSet;

use ledger::{
    claim::ClaimEvent,
    recorded::{LedgerEvent, Recorded},
    remittance::{Received, RemittanceEvent, remittance_id},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Row;
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Remittances;

/// What an event means for a payment, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    remittance_id: Uuid,
    at: OffsetDateTime,
    position: i64,
    sequence: i64,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Its(Box<RemittanceEvent>),
    /// Lines of it were posted to a claim although they do not add up.
    Unbalanced(u16),
}

impl ReadModel for Remittances {
    const NAME: &'static str = "remittances";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.remittance.") || event_type == "billing.claim.adjudicated"
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let (remittance_id, what) = match &event.event {
            LedgerEvent::Remittance(happened) => {
                (event.aggregate_id, What::Its(Box::new(happened.clone())))
            }
            LedgerEvent::Claim(ClaimEvent::Adjudicated(answered))
                if answered.unbalanced_lines > 0 =>
            {
                let id = remittance_id(event.org, &answered.key.payment);
                (id.uuid(), What::Unbalanced(answered.unbalanced_lines))
            }
            _ => return,
        };
        let (at, position, sequence) = (event.recorded_at, event.position, event.sequence);
        out.extend([(remittance_id, Change { remittance_id, at, position, sequence, what })]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let (None, What::Its(event)) = (&row, &change.what)
            && let RemittanceEvent::Received(received) = event.as_ref()
        {
            *row = Some(begun(received, &change));
        }
        // An answer may be posted for a payment that was never received as such.
        let Some(row) = row else { return };
        row.updated_at = change.at;
        match change.what {
            What::Unbalanced(lines) => row.unbalanced_lines += i64::from(lines),
            What::Its(event) => {
                row.version = change.sequence;
                row.hear(*event);
            }
        }
    }
}

impl Row {
    fn hear(&mut self, event: RemittanceEvent) {
        match event {
            RemittanceEvent::Received(_) | RemittanceEvent::ClaimAdvised(_) => {}
            RemittanceEvent::ClaimPosted(posted) => {
                self.posted += 1;
                self.parked_minor -= posted.from_parked.minor();
                self.places(|places| places.remove(&posted.sequence));
            }
            RemittanceEvent::ClaimParked(parked) => {
                self.parked_minor += parked.paid.minor();
                self.places(|places| places.insert(parked.sequence));
            }
            RemittanceEvent::DepositMatched(deposit) => {
                self.deposited_on = Some(deposit.deposited_on);
                self.deposit_reference = deposit.reference.map(|code| code.to_string());
            }
        }
    }

    fn places(&mut self, change: impl FnOnce(&mut BTreeSet<u32>) -> bool) {
        let mut places = serde_json::from_str(&self.parked_places).unwrap_or_default();
        if !change(&mut places) {
            return;
        }
        self.parked = i64::try_from(places.len()).unwrap_or(i64::MAX);
        self.parked_places = serde_json::to_string(&places).unwrap_or_default();
    }
}

fn begun(received: &Received, change: &Change) -> Row {
    let adjusted = received
        .provider_adjustments
        .iter()
        .fold(0_i64, |sum, adjustment| sum.saturating_add(adjustment.amount.minor()));
    Row {
        remittance_id: change.remittance_id,
        payer_id: received.payment.payer_id.to_string(),
        trace: received.payment.trace.to_string(),
        method: received.method.to_string(),
        currency: Word(received.paid.currency()),
        paid_minor: received.paid.minor(),
        adjusted_minor: adjusted,
        parked_minor: 0,
        paid_on: received.paid_on,
        posted_on: received.posted_on,
        claims: i64::from(received.claims),
        posted: 0,
        parked: 0,
        unbalanced_lines: 0,
        deposited_on: None,
        deposit_reference: None,
        digest: received.digest.to_string(),
        created_at: change.at,
        updated_at: change.at,
        version: change.sequence,
        received_position: change.position,
        adjustments: crate::claims::written(&received.provider_adjustments),
        parked_places: "[]".to_owned(),
    }
}
