//! Pauses and the end, by the calendar.

use super::*;

fn paused(from_on: Date, through_on: Date) -> PausedDays {
    PausedDays { from_on, through_on }
}

fn in_toronto() -> SubscriptionCommand {
    let cycle = CycleRule::new(1, "America/Toronto".parse().unwrap()).unwrap();
    SubscriptionCommand::Open(Open { cycle, ..opening() })
}

fn rests(opening: SubscriptionCommand, commands: &[SubscriptionCommand]) -> Vec<PausedDays> {
    let commands = [&[opening], commands].concat();
    after(commands).0.pauses_by_day(date!(2026 - 12 - 31)).unwrap()
}

#[test]
fn a_day_rests_if_its_first_instant_does() {
    let march = [
        pause(datetime!(2026-03-11 00:00 UTC)),
        resume(datetime!(2026-03-21 00:00 UTC)),
        pause(datetime!(2026-04-02 15:00 UTC)),
        resume(datetime!(2026-04-04 09:00 UTC)),
        pause(datetime!(2026-05-02 01:00 UTC)),
        resume(datetime!(2026-05-02 23:00 UTC)),
    ];
    let days = [
        paused(date!(2026 - 03 - 11), date!(2026 - 03 - 20)),
        paused(date!(2026 - 04 - 03), date!(2026 - 04 - 04)),
    ];
    assert_eq!(rests(open(), &march), days);
}

#[test]
fn days_are_those_of_the_orgs_zone() {
    // A day begins at 05:00 UTC there, and at 04:00 after the clock change of March 8.
    let pauses = [
        pause(datetime!(2026-03-08 05:00 UTC)),
        resume(datetime!(2026-03-10 04:00 UTC)),
        pause(datetime!(2026-04-01 03:00 UTC)),
        resume(datetime!(2026-04-01 05:00 UTC)),
    ];
    let days = [
        paused(date!(2026 - 03 - 08), date!(2026 - 03 - 09)),
        paused(date!(2026 - 04 - 01), date!(2026 - 04 - 01)),
    ];
    assert_eq!(rests(in_toronto(), &pauses), days);
}

#[test]
fn touching_pauses_are_one_and_an_open_one_lasts() {
    let pauses = [
        pause(datetime!(2026-03-11 00:00 UTC)),
        resume(datetime!(2026-03-15 00:00 UTC)),
        pause(datetime!(2026-03-15 00:00 UTC)),
        resume(datetime!(2026-03-18 12:00 UTC)),
        pause(datetime!(2026-03-18 13:00 UTC)),
    ];
    let all = [paused(date!(2026 - 03 - 11), date!(2026 - 12 - 31))];
    assert_eq!(rests(open(), &pauses), all);
    let account = after([&[open()], &pauses[..]].concat()).0;
    let so_far = account.pauses_by_day(date!(2026 - 03 - 12)).unwrap();
    assert_eq!(so_far, [paused(date!(2026 - 03 - 11), date!(2026 - 03 - 12))]);
    assert_eq!(account.pauses_by_day(date!(2026 - 03 - 10)).unwrap(), []);
}

#[test]
fn service_ends_with_the_day_of_cancellation() {
    let ended = |at| after(vec![in_toronto(), cancel(at)]).0.served_through().unwrap();
    let june_30 = Some(date!(2026 - 06 - 30));
    assert_eq!(ended(datetime!(2026-07-01 03:59 UTC)), june_30);
    assert_eq!(ended(datetime!(2026-07-01 04:00 UTC)), june_30, "at midnight it was over");
    assert_eq!(ended(datetime!(2026-07-01 04:01 UTC)), Some(date!(2026 - 07 - 01)));
    assert_eq!(after(vec![open()]).0.served_through(), Ok(None));
    let unknown = Subscription::default().served_through();
    assert_eq!(unknown, Err(SubscriptionError::Unknown));
}
