//! A sealed period stays as it is, whichever door an event comes through and whoever is faster.

use std::sync::atomic::{AtomicU64, Ordering};

use cqrs_es::{Aggregate, CqrsFramework};
use ledger::{
    Decider,
    books::{
        Books, BooksCommand, BooksEvent, ClosePeriod, EntryKind, EntryLine, PostEntry,
        ReopenPeriod, Side, books_id,
    },
    invoice::Invoice,
    journal::Account,
    recorded::LedgerEvent,
    store::{ExecuteError, Ledger, OrgStore, Outcome},
    values::BooksId,
};
use time::{Date, Month, macros::date, util::days_in_month};
use uuid::Uuid;

use super::support::{Setup, actor, config, invoice, issue, line, setup, usd};

const JANUARY: Date = date!(2026 - 01 - 31);
const FEBRUARY_1: Date = date!(2026 - 02 - 01);

pub(crate) fn close(through: Date) -> BooksCommand {
    let today = date!(2026 - 12 - 31);
    BooksCommand::ClosePeriod(ClosePeriod { note: None, through, today })
}

/// Another one each time.
fn next_id() -> Uuid {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    Uuid::from_u128(COUNT.fetch_add(1, Ordering::Relaxed).into())
}

fn entry(kind: EntryKind, business_on: Date) -> BooksCommand {
    let line = |account, side| EntryLine { account, amount: usd(30), side };
    BooksCommand::PostEntry(PostEntry {
        business_on,
        entry_id: next_id(),
        kind,
        lines: vec![
            line(Account::ProcessingFees, Side::Debit),
            line(Account::StripeClearing, Side::Credit),
        ],
        note: None,
        reason_code: "month_end".parse().unwrap(),
        reference: None,
    })
}

fn fee(business_on: Date) -> BooksCommand {
    entry(EntryKind::ProviderFee, business_on)
}

fn books(setup: &Setup) -> BooksId {
    books_id(setup.org)
}

/// The refusal's first open day.
#[track_caller]
fn open_from(answer: Result<Outcome, ExecuteError>) -> Date {
    match &answer {
        Err(error) => ledger::books::open_from(error).unwrap_or_else(|| panic!("{error:?}")),
        Ok(outcome) => panic!("{outcome:?}"),
    }
}

/// Follows the log: whatever was appended was admitted by the books as they stood then.
pub(crate) async fn assert_nothing_is_back_dated(setup: &Setup) -> usize {
    let mut books = Books::default();
    let mut posted = 0;
    for stored in setup.ledger.read(setup.org, 0, 10_000).await.unwrap() {
        let event = stored.event().unwrap();
        books.admit(&event).unwrap_or_else(|error| panic!("{event:?}: {error}"));
        if let LedgerEvent::Books(event) = event {
            posted += usize::from(matches!(event, BooksEvent::EntryPosted(_)));
            books.apply(event);
        }
    }
    posted
}

/// A draft with one line of two dollars.
async fn draft(setup: &Setup, number: u128) {
    setup.ledger.execute(&setup.fresh(), invoice(number), line(number)).await.unwrap();
}

#[tokio::test]
async fn a_posting_in_a_sealed_period_is_refused_with_the_first_open_day() {
    let setup = setup().await;
    draft(&setup, 1).await;
    setup.ledger.execute(&setup.fresh(), books(&setup), close(JANUARY)).await.unwrap();
    let before = setup.ledger.head(setup.org).await.unwrap();
    let refused = setup.ledger.execute(&setup.fresh(), invoice(1), issue(JANUARY)).await;
    let Err(ExecuteError::Refused(refusal)) = &refused else { panic!("{refused:?}") };
    assert_eq!(refusal.code(), "books.period_closed");
    assert_eq!(
        refusal.details(),
        serde_json::json!({
            "business_on": "2026-01-31",
            "closed_through": "2026-01-31",
            "open_from": "2026-02-01",
        })
    );
    let dry = setup.ledger.batch(setup.fresh()).then(invoice(1), issue(JANUARY)).dry_run(true);
    assert_eq!(open_from(dry.run().await), FEBRUARY_1);
    assert_eq!(setup.ledger.head(setup.org).await.unwrap(), before);
    // A draft moves no money, and the number of the refused issue is not used up.
    draft(&setup, 2).await;
    for number in [1, 2] {
        let issued = setup.ledger.execute(&setup.fresh(), invoice(number), issue(FEBRUARY_1)).await;
        assert!(issued.is_ok(), "{issued:?}");
    }
    assert_nothing_is_back_dated(&setup).await;
}

#[tokio::test]
async fn a_sealed_period_takes_adjusting_entries_and_opens_again() {
    let setup = setup().await;
    let id = books(&setup);
    setup.ledger.execute(&setup.fresh(), id, close(JANUARY)).await.unwrap();
    let adjusting = entry(EntryKind::Adjusting, JANUARY);
    setup.ledger.execute(&setup.fresh(), id, adjusting).await.unwrap();
    assert_eq!(open_from(setup.ledger.execute(&setup.fresh(), id, fee(JANUARY)).await), FEBRUARY_1);
    let reopen = BooksCommand::ReopenPeriod(ReopenPeriod {
        reason_code: "late_invoice".parse().unwrap(),
        through: JANUARY,
    });
    setup.ledger.execute(&setup.fresh(), id, reopen).await.unwrap();
    setup.ledger.execute(&setup.fresh(), id, fee(JANUARY)).await.unwrap();
    assert_eq!(assert_nothing_is_back_dated(&setup).await, 2);
}

#[tokio::test]
async fn commands_of_one_append_see_what_the_ones_before_sealed() {
    let setup = setup().await;
    draft(&setup, 1).await;
    let id = books(&setup);
    let batch = || setup.ledger.batch(setup.fresh());
    let sealed_first = batch().then(id, close(JANUARY)).then(invoice(1), issue(JANUARY));
    assert_eq!(open_from(sealed_first.run().await), FEBRUARY_1);
    let (books, version) = setup.ledger.load(setup.org, id).await.unwrap();
    assert_eq!((books, version), (Books::default(), 0), "nothing of it happened");
    let posted_first = batch().then(invoice(1), issue(JANUARY)).then(id, close(JANUARY));
    posted_first.run().await.unwrap();
    assert_nothing_is_back_dated(&setup).await;
}

#[tokio::test]
async fn a_sealed_period_is_sealed_for_the_framework_too() {
    let setup = setup().await;
    draft(&setup, 1).await;
    setup.ledger.execute(&setup.fresh(), books(&setup), close(JANUARY)).await.unwrap();
    let store = OrgStore::<Invoice>::new(setup.ledger.clone(), setup.org, actor());
    let framework = CqrsFramework::new(store, vec![], ());
    let (state, _) = setup.ledger.load::<Invoice>(setup.org, invoice(1)).await.unwrap();
    // The framework gives no numbers out; it is the store that must say no.
    let mut command = issue(JANUARY);
    Invoice::assign_number(&mut command, 1);
    assert!(state.decide(command.clone()).is_ok(), "the invoice itself says yes");
    let answer = framework.execute(&invoice(1).to_string(), command).await;
    let Err(cqrs_es::AggregateError::UnexpectedError(error)) = answer else {
        panic!("{answer:?}");
    };
    assert!(error.to_string().contains("closed through 2026-01-31"), "{error}");
}

/// The second node has the books in memory as they were. What the first node sealed, the second
/// must know at once.
#[tokio::test]
async fn what_one_node_sealed_is_sealed_for_the_other() {
    let setup = setup().await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    let id = books(&setup);
    for month in months(40) {
        let (one, two) = if u8::from(month.month()).is_multiple_of(2) {
            (&setup.ledger, &other)
        } else {
            (&other, &setup.ledger)
        };
        two.execute(&setup.fresh(), id, fee(month)).await.unwrap();
        one.execute(&setup.fresh(), id, close(month)).await.unwrap();
        let late = two.execute(&setup.fresh(), id, fee(month)).await;
        assert_eq!(open_from(late), month.next_day().unwrap());
    }
    assert_eq!(assert_nothing_is_back_dated(&setup).await, 40);
}

/// Sealing and posting race, within one node and between two: each posting is either before the
/// sealing or refused.
#[tokio::test]
async fn a_race_between_sealing_and_posting_has_one_order() {
    let setup = setup().await;
    let nodes = [setup.ledger.clone(), Ledger::open(config(&setup.database)).await.unwrap()];
    let id = books(&setup);
    let mut taken = 0;
    for month in months(40) {
        let posting = (0..8_usize).map(|number| {
            let (ledger, context) = (nodes[number % 2].clone(), setup.fresh());
            async move { ledger.execute(&context, id, fee(month)).await }
        });
        let (context, sealing) = (setup.fresh(), &nodes[month.month() as usize % 2]);
        let (sealed, posted) = tokio::join!(
            sealing.execute(&context, id, close(month)),
            futures_util::future::join_all(posting),
        );
        sealed.unwrap();
        for answer in posted {
            match answer {
                Ok(_) => taken += 1,
                refused => assert_eq!(open_from(refused), month.next_day().unwrap()),
            }
        }
    }
    assert_eq!(assert_nothing_is_back_dated(&setup).await, taken);
}

/// The books come with the org's other streams, in the same reading.
#[tokio::test]
async fn the_books_cost_no_reading_of_their_own() {
    let setup = setup().await;
    let before = setup.ledger.metrics().loads;
    for number in 0..50 {
        setup.ledger.execute(&setup.fresh(), invoice(1), line(number)).await.unwrap();
    }
    assert_eq!(setup.ledger.metrics().loads - before, 1);
}

/// The last days of so many months in a row.
fn months(count: usize) -> impl Iterator<Item = Date> {
    let month_end = |(year, month): (i32, Month)| {
        Date::from_calendar_date(year, month, days_in_month(month, year)).unwrap()
    };
    let next = |(year, month): &(i32, Month)| {
        Some((year + i32::from(*month == Month::December), month.next()))
    };
    std::iter::successors(Some((2020, Month::January)), next).take(count).map(month_end)
}
