//! What each event means for an authorization's row.

use ledger::{
    prior_auth::{PriorAuthEvent, Status},
    recorded::{LedgerEvent, Recorded},
    values::Units,
};
use rust_decimal::Decimal;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Row, begin::begun};
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct PriorAuths;

/// An event, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub(super) prior_auth_id: Uuid,
    pub(super) at: OffsetDateTime,
    pub(super) position: i64,
    pub(super) sequence: i64,
    event: PriorAuthEvent,
}

impl ReadModel for PriorAuths {
    const NAME: &'static str = "prior_auths";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.prior_auth.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::PriorAuth(happened) = &event.event else { return };
        let change = Change {
            prior_auth_id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            sequence: event.sequence,
            event: happened.clone(),
        };
        out.extend([(event.aggregate_id, change)]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let (None, PriorAuthEvent::Requested(asked)) = (&row, &change.event) {
            *row = Some(begun(asked, &change));
        }
        let row = row.as_mut().expect("it is requested before anything else happens to it");
        row.updated_at = change.at;
        row.version = change.sequence;
        row.hear(change.event);
    }
}

impl Row {
    fn hear(&mut self, event: PriorAuthEvent) {
        match event {
            PriorAuthEvent::Requested(_) => {}
            PriorAuthEvent::Pended(pended) => {
                self.status = Word(Status::Pended);
                self.decided_on = Some(pended.pended_on);
                self.reason_code = pended.reason_code.map(|code| code.to_string());
                self.reference = pended.reference.map(|code| code.to_string());
            }
            PriorAuthEvent::Approved(approved) => {
                self.status = Word(approved.status);
                self.decided_on = Some(approved.approved_on);
                self.reference = Some(approved.reference.to_string());
                self.reason_code = None;
                self.starts_on = Some(approved.span.starts_on);
                self.ends_on = Some(approved.span.ends_on);
                self.units_approved = Some(approved.units.to_string());
                self.units_left = approved.units_left.to_string();
                self.ended_on = None;
            }
            PriorAuthEvent::Denied(denied) => {
                self.status = Word(Status::Denied);
                self.decided_on = Some(denied.denied_on);
                self.reason_code = Some(denied.reason_code.to_string());
                self.payer_note = denied.note.as_ref().map(closed);
            }
            PriorAuthEvent::UnitsDrawn(drawn) => self.left(drawn.units, drawn.units_left, true),
            PriorAuthEvent::DrawDeferred(it) => self.units_waiting = it.units_waiting.to_string(),
            PriorAuthEvent::DrawReleased(it) => self.units_waiting = it.units_waiting.to_string(),
            PriorAuthEvent::UnitsGivenBack(given) => {
                if given.status != self.status.0 {
                    self.ended_on = None;
                }
                self.status = Word(given.status);
                self.left(given.units, given.units_left, false);
            }
            PriorAuthEvent::Expired(expired) => {
                self.status = Word(Status::Expired);
                self.ended_on = Some(expired.expired_on);
            }
            PriorAuthEvent::MarkedUsed(used) => {
                self.status = Word(Status::Used);
                self.ended_on = Some(used.used_on);
            }
            PriorAuthEvent::Canceled(canceled) => {
                self.status = Word(Status::Canceled);
                self.ended_on = Some(canceled.canceled_on);
                self.reason_code = Some(canceled.reason_code.to_string());
            }
        }
    }

    fn left(&mut self, moved: Units, left: Units, taken: bool) {
        let drawn = self.units_drawn.parse().unwrap_or(Decimal::ZERO);
        let moved = Decimal::from(moved);
        let drawn = if taken { drawn.checked_add(moved) } else { drawn.checked_sub(moved) };
        self.units_drawn = drawn.unwrap_or(Decimal::ZERO).normalize().to_string();
        self.units_left = left.to_string();
    }
}
