//! Periods are sealed and opened again.

use ledger::books::{BooksEvent, PeriodClosed, PeriodReopened};
use time::macros::date;

use super::{Periods, What};
use crate::{
    engine::fold,
    testing::{INVOICE, log},
};

#[test]
fn what_is_sealed_is_what_the_last_row_says() {
    let january =
        PeriodClosed { closed_through: date!(2026 - 01 - 31), note: None, previous: None };
    let february = PeriodClosed {
        closed_through: date!(2026 - 02 - 28),
        note: None,
        previous: Some(date!(2026 - 01 - 31)),
    };
    let reopened = PeriodReopened {
        closed_through: Some(date!(2026 - 01 - 31)),
        reason_code: "late_bill".parse().unwrap(),
        was: date!(2026 - 02 - 28),
    };
    let events: Vec<BooksEvent> = vec![january.into(), february.into(), reopened.into()];
    let rows = fold::<Periods>(&log(INVOICE, events));
    let (last, _) = &rows[&3];
    assert_eq!((last.what.0, last.closed_through), (What::Reopened, Some(date!(2026 - 01 - 31))));
    assert_eq!(last.reason_code.as_deref(), Some("late_bill"));
    assert_eq!((rows[&2].0.what.0, &*rows[&2].0.actor), (What::Closed, "key:1"));
}
