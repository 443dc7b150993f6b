//! A cycle starts at midnight of the org's own zone, on the last day of a short month.

use ledger::cycles::{CycleRequest, start_cycle};
use time::{Duration, OffsetDateTime, macros::datetime};

use super::books::{Books, key, refusal};

/// February and March of 2026 for an anchor on the 31st.
async fn starts_exactly_at(zone: &str, opened_at: OffsetDateTime, starts: [OffsetDateTime; 2]) {
    let books = Books::open(31, zone, opened_at).await;
    let patients = ["stays", "left at", "left after"];
    books.activate(&patients, opened_at).await;
    assert_eq!(books.billed("2026-01").await, books.once(&patients), "{zone}");
    let second = Duration::seconds(1);
    books.deactivate("left at", starts[0]).await;
    books.deactivate("left after", starts[0] + second).await;
    let expected = [books.once(&["stays", "left after"]), books.once(&["stays"])];
    let months = [("2026-01", "2026-02"), ("2026-02", "2026-03")];
    for (((before, cycle), starts_at), expected) in months.into_iter().zip(starts).zip(expected) {
        let early = starts_at - second;
        let running = CycleRequest { cycle: None, ..books.request(cycle, early) };
        let report = start_cycle(&books.setup.ledger, &running, &mut |_| {}).await.unwrap();
        assert_eq!(report.cycle.key, key(before), "{zone}: the one that still runs");
        let refused = refusal(books.start(cycle, early).await);
        assert_eq!(refused, "subscription.cycle_not_begun", "{zone} {cycle}");
        assert!(books.billed(cycle).await.is_empty(), "{zone} {cycle}");

        let running = CycleRequest { cycle: None, ..books.request(cycle, starts_at) };
        let report = start_cycle(&books.setup.ledger, &running, &mut |_| {}).await.unwrap();
        assert_eq!(report.cycle.key, key(cycle), "{zone}");
        assert_eq!(books.billed(cycle).await, expected, "{zone} {cycle}");
    }
}

#[tokio::test]
async fn on_newfoundland_midnight_is_three_and_a_half_hours_late_and_two_and_a_half_in_summer() {
    starts_exactly_at(
        "America/St_Johns",
        datetime!(2026-01-31 03:30 UTC),
        [datetime!(2026-02-28 03:30 UTC), datetime!(2026-03-31 02:30 UTC)],
    )
    .await;
}

#[tokio::test]
async fn in_tokyo_a_cycle_starts_on_the_day_before_in_utc() {
    starts_exactly_at(
        "Asia/Tokyo",
        datetime!(2026-01-30 15:00 UTC),
        [datetime!(2026-02-27 15:00 UTC), datetime!(2026-03-30 15:00 UTC)],
    )
    .await;
}
