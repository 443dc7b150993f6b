//! Cycles that start while billing rests.

use time::macros::datetime;

use super::books::{Books, refusal};

async fn paused() -> Books {
    let books = Books::of_2026().await;
    let patients = ["stays", "left in the pause", "left after it"];
    books.activate(&patients, datetime!(2026-01-10 09:00 UTC)).await;
    books.pause(datetime!(2026-01-20 12:00 UTC)).await;
    books
}

#[tokio::test]
async fn a_cycle_that_starts_in_a_pause_is_billed_once_for_those_active_when_it_ends() {
    let books = paused().await;
    for now in [datetime!(2026-02-01 00:00 UTC), datetime!(2026-02-09 23:59 UTC)] {
        assert_eq!(refusal(books.start("2026-02", now).await), "subscription.paused");
    }
    assert!(books.billed("2026-02").await.is_empty());

    books.deactivate("left in the pause", datetime!(2026-02-03 09:00 UTC)).await;
    books.resume(datetime!(2026-02-10 09:00 UTC)).await;
    books.deactivate("left after it", datetime!(2026-02-10 09:00:01 UTC)).await;
    books.activate(&["new"], datetime!(2026-02-11 09:00 UTC)).await;
    let now = datetime!(2026-02-15 03:00 UTC);
    let expected = books.once(&["stays", "left after it", "new"]);
    for billed in [2, 0] {
        let report = books.start("2026-02", now).await.unwrap();
        assert_eq!(report.patients.patients_billed, billed);
        assert_eq!(books.billed("2026-02").await, expected);
    }
    let reports = books.start_twice(&books.request("2026-02", now)).await;
    assert_eq!(reports.map(|report| report.patients.patients_billed), [0, 0]);
    assert_eq!(books.billed("2026-02").await, expected);
}

#[tokio::test]
async fn a_cycle_wholly_inside_a_pause_is_never_billed() {
    let books = paused().await;
    let in_february = datetime!(2026-02-15 03:00 UTC);
    assert_eq!(refusal(books.start("2026-02", in_february).await), "subscription.paused");
    books.resume(datetime!(2026-03-05 09:00 UTC)).await;
    let now = datetime!(2026-03-10 03:00 UTC);
    assert_eq!(refusal(books.start("2026-02", now).await), "subscription.paused");
    let march = books.start("2026-03", now).await.unwrap();
    assert_eq!(march.patients.patients_billed, 3);
    assert_eq!(refusal(books.start("2026-02", now).await), "subscription.cycle_past");
    assert!(books.billed("2026-02").await.is_empty());
}

#[tokio::test]
async fn a_pause_after_the_start_takes_nothing_back() {
    let books = Books::of_2026().await;
    books.activate(&["stays"], datetime!(2026-01-10 09:00 UTC)).await;
    books.pause(datetime!(2026-02-01 00:00:01 UTC)).await;
    let report = books.start("2026-02", datetime!(2026-02-02 03:00 UTC)).await.unwrap();
    assert_eq!(report.patients.patients_billed, 1, "billing ran when the cycle began");
}
