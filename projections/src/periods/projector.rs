//! Each closing and reopening is a row.

use ledger::{
    books::BooksEvent,
    recorded::{LedgerEvent, Recorded},
};

use super::{Row, What};
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct Periods;

impl ReadModel for Periods {
    const NAME: &'static str = "periods";
    const VERSION: i32 = 1;
    const HEARD_ONCE: bool = true;
    type Key = i64;
    type Change = Box<Row>;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.books.period_")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(i64, Box<Row>)>) {
        let LedgerEvent::Books(happened) = &event.event else { return };
        let empty = Row {
            position: event.position,
            what: Word(What::Closed),
            before: None,
            closed_through: None,
            recorded_at: event.recorded_at,
            actor: event.actor.0.clone(),
            reason_code: None,
            note: None,
        };
        let row = match happened {
            BooksEvent::PeriodClosed(sealed) => Row {
                before: sealed.previous,
                closed_through: Some(sealed.closed_through),
                note: sealed.note.as_ref().map(closed),
                ..empty
            },
            BooksEvent::PeriodReopened(opened) => Row {
                what: Word(What::Reopened),
                before: Some(opened.was),
                closed_through: opened.closed_through,
                reason_code: Some(opened.reason_code.to_string()),
                ..empty
            },
            BooksEvent::EntryPosted(_) => return,
        };
        out.extend([(event.position, Box::new(row))]);
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}
