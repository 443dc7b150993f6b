use super::*;
use crate::values::CycleError;

fn active_at(
    history: Vec<SubscriptionCommand>,
    cycle: &str,
    now: OffsetDateTime,
) -> Option<OffsetDateTime> {
    let charge = after(history).0.cycle_charge(key(cycle), now).unwrap();
    charge.map(|(active_at, billing)| {
        assert_eq!(billing.cycle.key, key(cycle));
        active_at
    })
}

const LATE: OffsetDateTime = datetime!(2026-12-31 00:00 UTC);

#[test]
fn a_cycle_starts_once_its_first_instant_has_come() {
    let starts_at = datetime!(2026-02-01 00:00 UTC);
    let started = CycleStarted { cycle: key("2026-02"), starts_at };
    given(vec![open()]).when(start("2026-02", starts_at)).then_expect_events(vec![started.into()]);
    let now = datetime!(2026-01-31 23:59:59 UTC);
    given(vec![open()]).when(start("2026-02", now)).then_expect_error(
        SubscriptionError::CycleNotBegun { cycle: key("2026-02"), now, starts_at },
    );
}

#[test]
fn a_cycle_starts_once_and_never_after_a_later_one() {
    let now = datetime!(2026-03-05 00:00 UTC);
    let history = vec![open(), start("2026-02", now)];
    given(history.clone()).when(start("2026-02", now)).then_expect_events(vec![]);
    given(history.clone()).when(start("2026-01", now)).then_expect_error(
        SubscriptionError::CyclePast { asked: key("2026-01"), last: key("2026-02") },
    );
    let (account, _) = after([history, vec![start("2026-03", now)]].concat());
    assert_eq!(account.last_started_cycle(), Some(key("2026-03")));
}

#[test]
fn a_cycle_without_a_pause_is_billed_at_its_first_instant_however_late_the_run() {
    let first = datetime!(2026-02-01 00:00 UTC);
    assert_eq!(active_at(vec![open()], "2026-02", first), Some(first));
    assert_eq!(active_at(vec![open()], "2026-02", LATE), Some(first));
    assert_eq!(active_at(vec![open()], "2026-02", first - time::Duration::seconds(1)), None);
    let paused_later = vec![open(), pause(datetime!(2026-02-03 00:00 UTC))];
    assert_eq!(active_at(paused_later, "2026-02", LATE), Some(first));
}

#[test]
fn a_cycle_whose_start_is_paused_is_billed_when_the_pause_ends_within_it() {
    let ends = datetime!(2026-02-11 09:00 UTC);
    let history = vec![open(), pause(datetime!(2026-01-20 00:00 UTC)), resume(ends)];
    assert_eq!(active_at(history.clone(), "2026-02", LATE), Some(ends));
    assert_eq!(active_at(history.clone(), "2026-02", ends), Some(ends));
    assert_eq!(active_at(history.clone(), "2026-02", datetime!(2026-02-10 00:00 UTC)), None);
    let paused_at = datetime!(2026-01-20 00:00 UTC);
    let still = vec![open(), pause(paused_at)];
    given(still).when(start("2026-02", datetime!(2026-02-05 00:00 UTC))).then_expect_error(
        SubscriptionError::Paused { paused_at, reason_code: Some(code("holiday")) },
    );
    assert_eq!(given(history).when(start("2026-02", ends)).inspect_result().unwrap().len(), 1);
}

#[test]
fn a_cycle_wholly_inside_pauses_is_never_billed() {
    let history = vec![
        open(),
        pause(datetime!(2026-01-20 00:00 UTC)),
        resume(datetime!(2026-02-15 00:00 UTC)),
        pause(datetime!(2026-02-15 00:00 UTC)),
        resume(datetime!(2026-03-01 00:00 UTC)),
    ];
    assert_eq!(active_at(history.clone(), "2026-02", LATE), None);
    let march = Some(datetime!(2026-03-01 00:00 UTC));
    assert_eq!(active_at(history.clone(), "2026-03", LATE), march);
    let refused = given(history).when(start("2026-02", LATE)).inspect_result().unwrap_err();
    assert_eq!(refused.code(), "subscription.paused");
}

#[test]
fn a_pause_of_no_length_changes_nothing() {
    let first = datetime!(2026-02-01 00:00 UTC);
    let history = vec![open(), pause(first), resume(first)];
    assert_eq!(active_at(history, "2026-02", LATE), Some(first));
}

#[test]
fn a_cycle_that_begins_after_the_end_is_not_billed() {
    let history = vec![open(), cancel(datetime!(2026-02-10 00:00 UTC))];
    assert_eq!(active_at(history.clone(), "2026-03", LATE), None);
    let first = datetime!(2026-02-01 00:00 UTC);
    assert_eq!(active_at(history, "2026-02", LATE), Some(first));
}

#[test]
fn cycles_start_at_local_midnight_of_the_clamped_anchor_day() {
    let cycle = CycleRule::new(31, "America/Toronto".parse().unwrap()).unwrap();
    let history = vec![SubscriptionCommand::Open(Open { cycle, ..opening() })];
    let february = Some(datetime!(2026-02-28 05:00 UTC));
    assert_eq!(active_at(history.clone(), "2026-02", LATE), february);
    let summer_time = Some(datetime!(2026-03-31 04:00 UTC));
    assert_eq!(active_at(history.clone(), "2026-03", LATE), summer_time);

    let (account, _) = after(history);
    let at = datetime!(2026-02-28 04:59:59 UTC);
    let billing = account.charge_for_activation(at).unwrap();
    assert_eq!(billing.cycle.key, key("2026-01"));
    assert_eq!(billing.terms.period_starts_on, date!(2026 - 01 - 31));
    assert_eq!(billing.terms.period_ends_on, date!(2026 - 02 - 28));
}

#[test]
fn a_charge_carries_price_tax_and_terms_of_its_cycle() {
    let history = vec![
        open(),
        tax("CA-ON", "0.13", date!(2026 - 02 - 01)),
        tax("CA-ON", "0.15", date!(2026 - 02 - 02)),
    ];
    let (account, _) = after(history);
    let (_, billing) = account.cycle_charge(key("2026-02"), LATE).unwrap().unwrap();
    assert_eq!(billing.terms.tax_rate, "0.13".parse::<Rate>().unwrap());
    assert_eq!((billing.terms.fee, billing.terms.payment_terms_days), (usd(200), 14));
}

#[test]
fn a_cycle_beyond_the_calendar_is_refused() {
    let cycle = CycleKey { year: 9999, month: 12 };
    let command = SubscriptionCommand::StartCycle(StartCycle { cycle, now: LATE });
    given(vec![open()])
        .when(command)
        .then_expect_error(SubscriptionError::Cycle(CycleError::OutOfRange));
}
