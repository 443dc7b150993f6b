//! What each event means for a thing's row.

use ledger::{
    operation::{Kind, Standing},
    recorded::{LedgerEvent, Recorded},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Row, told::told};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Operations;

/// What an event means for a thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    at: OffsetDateTime,
    sequence: i64,
    /// The row as the event alone would have it; `None` where something later is known.
    says: Option<Box<Row>>,
}

impl ReadModel for Operations {
    const NAME: &'static str = "operations";
    const VERSION: i32 = 1;
    type Key = (Word<Kind>, Uuid);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.operation.")
            && event_type != "billing.operation.usage_counter_recorded"
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Change)>) {
        let LedgerEvent::Operation(happened) = &event.event else { return };
        let Some(row) = told(event, happened) else { return };
        let key = (row.kind, row.operation_id);
        let counts = happened.note().standing != Standing::Superseded;
        let (at, sequence) = (event.recorded_at, event.sequence);
        out.extend([(key, Change { at, sequence, says: counts.then(|| Box::new(row)) })]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let Some(says) = change.says {
            let (facts, first_recorded_at) =
                row.as_ref().map_or((0, change.at), |row| (row.facts, row.first_recorded_at));
            *row = Some(Row { facts, first_recorded_at, ..*says });
        }
        // What comes after something later finds that something here.
        if let Some(row) = row {
            row.facts += 1;
            row.recorded_at = change.at;
            row.version = change.sequence;
        }
    }
}
