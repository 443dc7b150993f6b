//! The draft of the cycle before, issued with the start of the next.

use ledger::{
    books::books_id,
    cycles::{CycleReport, CycleRequest, start_cycle},
    invoice::{Invoice, monthly_invoice_id},
    values::InvoiceId,
};
use time::macros::{date, datetime};

use super::books::{Books, key};
use crate::store::{
    closed_periods::{assert_nothing_is_back_dated, close},
    support::usd,
};

/// Everything is made up for in May, so that all numbers are of one series.
fn issuing(books: &Books, cycle: &str) -> CycleRequest {
    let now = datetime!(2026-05-20 03:00 UTC);
    CycleRequest { issue_previous: true, ..books.request(cycle, now) }
}

async fn start(books: &Books, cycle: &str) -> CycleReport {
    start_cycle(&books.setup.ledger, &issuing(books, cycle), &mut |_| {}).await.unwrap()
}

fn monthly(books: &Books, cycle: &str) -> InvoiceId {
    monthly_invoice_id(books.setup.org, key(cycle))
}

#[tokio::test]
async fn every_draft_is_issued_once_and_no_number_is_left_out() {
    let books = Books::of_2026().await;
    assert_eq!(start(&books, "2026-02").await.issued, None, "January was never begun");
    assert_eq!(start(&books, "2026-03").await.issued, None, "February is empty");
    books.activate(&["one", "two"], datetime!(2026-03-10 09:00 UTC)).await;
    books.settle().await;

    assert_eq!(start(&books, "2026-04").await.issued, Some(monthly(&books, "2026-03")));
    assert_eq!(start(&books, "2026-04").await.issued, None, "the run before issued it");
    books.settle().await;
    let reports = books.start_twice(&issuing(&books, "2026-05")).await;
    let issued: Vec<InvoiceId> = reports.iter().filter_map(|report| report.issued).collect();
    assert_eq!(issued, [monthly(&books, "2026-04")], "by one of two nodes");
    books.settle().await;

    assert_eq!(books.numbers().await, ["INV-202605-00001", "INV-202605-00002"]);
    for cycle in ["2026-03", "2026-04", "2026-05"] {
        let id = monthly(&books, cycle);
        let (invoice, _) = books.setup.ledger.load::<Invoice>(books.setup.org, id).await.unwrap();
        assert_eq!(invoice.is_draft(), cycle == "2026-05", "{cycle}");
        assert_eq!(invoice.totals().unwrap().total, usd(400), "{cycle}: two patients");
    }
}

#[tokio::test]
async fn a_run_that_comes_late_issues_on_the_first_open_day() {
    let books = Books::of_2026().await;
    start(&books, "2026-03").await;
    books.activate(&["one"], datetime!(2026-03-10 09:00 UTC)).await;
    books.settle().await;
    let (setup, sealed) = (&books.setup, close(date!(2026 - 05 - 31)));
    setup.ledger.execute(&setup.fresh(), books_id(setup.org), sealed).await.unwrap();
    assert_eq!(start(&books, "2026-04").await.issued, Some(monthly(&books, "2026-03")));
    assert_eq!(books.numbers().await, ["INV-202606-00001"]);
    assert_nothing_is_back_dated(setup).await;
}
