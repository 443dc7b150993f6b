//! Who is billed when a cycle starts, and that it happens once.

use ledger::{cycles::start_cycle, invoice::monthly_invoice_id};
use time::macros::datetime;

use super::books::{Books, refusal};

/// More than one append takes.
const MANY: usize = 620;

async fn many() -> (Books, Vec<String>) {
    let books = Books::of_2026().await;
    let patients: Vec<String> = (0..MANY).map(|number| format!("p-{number}")).collect();
    books.activate(&patients, datetime!(2026-01-10 09:00 UTC)).await;
    (books, patients)
}

#[tokio::test]
async fn everybody_is_billed_once_in_chunks_and_a_second_run_bills_nobody() {
    let (books, patients) = many().await;
    let request = books.request("2026-02", datetime!(2026-02-01 00:00 UTC));
    let mut seen = Vec::new();
    let ledger = &books.setup.ledger;
    let first = start_cycle(ledger, &request, &mut |at| seen.push(at.patients_seen)).await.unwrap();
    assert_eq!(seen, [500, 620]);
    assert_eq!((first.patients.patients_seen, first.patients.patients_billed), (620, 620));
    assert_eq!(first.invoice_id, monthly_invoice_id(books.setup.org, first.cycle.key));
    assert_eq!(books.billed("2026-02").await, books.once(&patients));
    let head = ledger.head(books.setup.org).await.unwrap();
    assert_eq!(head, Some(first.position), "what a reader waits for is the end of the run");

    let again = start_cycle(ledger, &request, &mut |_| {}).await.unwrap();
    assert_eq!((again.patients.patients_seen, again.patients.patients_billed), (620, 0));
    assert_eq!(ledger.head(books.setup.org).await.unwrap(), head, "nothing was added");
}

#[tokio::test]
async fn two_nodes_that_start_a_cycle_at_once_bill_nobody_twice() {
    let (books, patients) = many().await;
    let request = books.request("2026-02", datetime!(2026-02-01 00:00 UTC));
    let reports = books.start_twice(&request).await;
    let billed: u64 = reports.iter().map(|report| report.patients.patients_billed).sum();
    assert_eq!(billed, 620);
    assert_eq!(books.billed("2026-02").await, books.once(&patients));
}

#[tokio::test]
async fn what_counts_is_who_was_active_at_the_start_however_late_the_run() {
    let books = Books::of_2026().await;
    let january = datetime!(2026-01-10 09:00 UTC);
    books.activate(&["stays", "left before", "left at", "left after", "back"], january).await;
    books.deactivate("left before", datetime!(2026-01-31 23:59:59 UTC)).await;
    books.deactivate("left at", datetime!(2026-02-01 00:00 UTC)).await;
    books.deactivate("left after", datetime!(2026-02-01 00:00:01 UTC)).await;
    books.deactivate("back", datetime!(2026-01-20 12:00 UTC)).await;
    books.activate(&["back", "new"], datetime!(2026-02-05 12:00 UTC)).await;
    let report = books.start("2026-02", datetime!(2026-02-20 03:00 UTC)).await.unwrap();
    assert_eq!(report.patients.patients_billed, 2, "those of the fifth are billed already");
    let expected = books.once(&["stays", "left after", "back", "new"]);
    assert_eq!(books.billed("2026-02").await, expected);
}

#[tokio::test]
async fn missed_cycles_are_caught_up_in_order_and_only_in_order() {
    let books = Books::of_2026().await;
    books.activate(&["stays", "leaves"], datetime!(2026-01-10 09:00 UTC)).await;
    books.deactivate("leaves", datetime!(2026-03-15 09:00 UTC)).await;
    let now = datetime!(2026-04-20 03:00 UTC);
    for (cycle, billed) in [("2026-02", 2), ("2026-03", 2), ("2026-04", 1)] {
        let report = books.start(cycle, now).await.unwrap();
        assert_eq!(report.patients.patients_billed, billed, "{cycle}");
        assert_eq!(report.cycle.key.to_string(), cycle);
    }
    assert_eq!(books.billed("2026-03").await, books.once(&["stays", "leaves"]));
    assert_eq!(books.billed("2026-04").await, books.once(&["stays"]));
    for earlier in ["2026-02", "2026-03"] {
        assert_eq!(refusal(books.start(earlier, now).await), "subscription.cycle_past");
    }
    assert_eq!(refusal(books.start("2026-05", now).await), "subscription.cycle_not_begun");
}
