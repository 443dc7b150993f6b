use super::*;

const JANUARY: Date = date!(2026 - 01 - 31);
const FEBRUARY: Date = date!(2026 - 02 - 28);
const MARCH: Date = date!(2026 - 03 - 31);

fn closed(closed_through: Date, previous: Option<Date>) -> BooksEvent {
    PeriodClosed { closed_through, note: None, previous }.into()
}

#[test]
fn months_are_sealed_one_after_the_other() {
    given(vec![]).when(close(JANUARY)).then_expect_events(vec![closed(JANUARY, None)]);
    given(vec![close(JANUARY)])
        .when(close(FEBRUARY))
        .then_expect_events(vec![closed(FEBRUARY, Some(JANUARY))]);
    given(vec![close(JANUARY)]).when(close(MARCH)).then_expect_error(BooksError::PeriodSkipped {
        closed_through: JANUARY,
        next: FEBRUARY,
        through: MARCH,
    });
}

#[test]
fn only_whole_months_that_are_over_are_sealed() {
    given(vec![]).when(close(date!(2028 - 02 - 28))).then_expect_error(BooksError::NotAMonthEnd {
        month_ends_on: date!(2028 - 02 - 29),
        through: date!(2028 - 02 - 28),
    });
    let through = date!(2026 - 06 - 30);
    given(vec![])
        .when(close(through))
        .then_expect_error(BooksError::PeriodNotOver { through, today: TODAY });
    let last_day = ClosePeriod { note: None, through: MARCH, today: MARCH };
    given(vec![])
        .when(BooksCommand::ClosePeriod(last_day))
        .then_expect_error(BooksError::PeriodNotOver { through: MARCH, today: MARCH });
}

#[test]
fn sealing_or_opening_twice_changes_nothing() {
    let history = vec![close(JANUARY), close(FEBRUARY)];
    for through in [JANUARY, FEBRUARY] {
        given(history.clone()).when(close(through)).then_expect_events(vec![]);
    }
    let history = vec![close(JANUARY), close(FEBRUARY), reopen(FEBRUARY)];
    given(history).when(reopen(FEBRUARY)).then_expect_events(vec![]);
}

#[test]
fn only_the_last_period_is_opened_again() {
    let history = || vec![close(JANUARY), close(FEBRUARY)];
    given(history()).when(reopen(JANUARY)).then_expect_error(BooksError::NotTheLastPeriod {
        closed_through: FEBRUARY,
        through: JANUARY,
    });
    given(history())
        .when(reopen(MARCH))
        .then_expect_error(BooksError::NotClosed { through: MARCH });
    let books = after([history(), vec![reopen(FEBRUARY)]].concat()).0;
    assert_eq!(books.closed_through(), Some(JANUARY));
    let books = after([history(), vec![reopen(FEBRUARY), reopen(JANUARY)]].concat()).0;
    assert_eq!(books.closed_through(), None);
    let again = after([history(), vec![reopen(FEBRUARY), close(FEBRUARY)]].concat()).0;
    assert_eq!(again.closed_through(), Some(FEBRUARY));
}

#[test]
fn the_first_open_day_follows_the_last_sealed_one() {
    let books = after(vec![close(JANUARY)]).0;
    assert_eq!(books.open_day(JANUARY), date!(2026 - 02 - 01));
    assert_eq!(books.open_day(date!(2025 - 12 - 24)), date!(2026 - 02 - 01));
    assert_eq!(books.open_day(MARCH), MARCH);
    assert_eq!(Books::default().open_day(JANUARY), JANUARY);
}

#[test]
fn a_sealed_period_takes_adjusting_entries_and_their_mirrors_only() {
    let history = vec![adjusting(1, JANUARY), fee(2, JANUARY), close(JANUARY)];
    let books = after(history).0;
    assert_eq!(admitted(&books, adjusting(3, JANUARY)), Ok(()));
    assert_eq!(admitted(&books, reverse(1, 4, JANUARY)), Ok(()));
    let refused = BooksError::PeriodClosed {
        business_on: JANUARY,
        closed_through: JANUARY,
        open_from: date!(2026 - 02 - 01),
    };
    assert_eq!(admitted(&books, fee(5, JANUARY)), Err(refused.clone()));
    assert_eq!(admitted(&books, reverse(2, 6, JANUARY)), Err(refused.clone()));
    assert_eq!(admitted(&books, reverse(2, 7, FEBRUARY)), Ok(()));
    assert_eq!(admitted(&books, fee(8, FEBRUARY)), Ok(()));
    assert_eq!(refused.code(), "books.period_closed");
    assert_eq!(refused.details()["open_from"], "2026-02-01");
}

#[test]
fn the_first_open_day_is_read_off_the_refusal() {
    let refused = BooksError::PeriodClosed {
        business_on: JANUARY,
        closed_through: JANUARY,
        open_from: date!(2026 - 02 - 01),
    };
    assert_eq!(open_from(&refused.into()), Some(date!(2026 - 02 - 01)));
    assert_eq!(open_from(&BooksError::ReversalByHand.into()), None);
    assert_eq!(open_from(&crate::store::ExecuteError::Conflict), None);
}
