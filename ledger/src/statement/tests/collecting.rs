//! Levels of the schedule, and plans.

use super::*;

fn overdue() -> Vec<StatementCommand> {
    vec![generate(agent(), 30_000), send(agent())]
}

#[test]
fn each_level_is_reached_once_and_upwards() {
    let known = overdue();
    assert_eq!(refusal(&known, escalate(agent(), 1, 29)), "statement.not_overdue");
    let events = events_of(&known, escalate(agent(), 1, 35));
    assert_eq!(names(&events), ["decided", "escalated", "decided", "plan_offered"]);
    let StatementEvent::Decided(decided) = &events[0] else { panic!() };
    assert_eq!(decided.text(), "Statement 35 days overdue");
    let StatementEvent::Escalated(escalated) = &events[1] else { panic!() };
    assert_eq!(escalated.next_escalation_on, Some(late(60)));
    assert!(escalated.payment_plan_offered);
    let known = [&known[..], &[escalate(agent(), 2, 65)]].concat();
    assert_eq!(after(&known).lifecycle(), Lifecycle::Escalated);
    assert_eq!(events_of(&known, escalate(agent(), 2, 66)), vec![]);
    assert_eq!(refusal(&known, escalate(agent(), 1, 66)), "statement.level_passed");
    assert_eq!(refusal(&known, escalate(agent(), 4, 400)), "statement.unknown_level");
}

#[test]
fn the_job_asks_for_the_highest_level_that_is_reached() {
    let schedule = all().escalation_schedule_days;
    let statement = after(&overdue());
    let due = |days| statement.level_due(&schedule, late(days));
    assert_eq!([due(0), due(29), due(30), due(95)], [None, None, Some(1), Some(3)]);
    let statement = after(&[&overdue()[..], &[escalate(agent(), 1, 30)]].concat());
    assert_eq!(statement.level_due(&schedule, late(45)), None);
    assert_eq!(statement.level_due(&schedule, late(60)), Some(2));
}

#[test]
fn what_is_not_delegated_is_not_escalated_nor_offered() {
    let off = Authority::of(By::Agent, Terms { auto_escalate_overdue: false, ..all() });
    assert_eq!(refusal(&overdue(), escalate(off, 1, 30)), "statement.escalation_off");
    let mut careful = all();
    careful.hard_boundaries.insert(HardBoundary::TriggerLastLevel);
    let careful = Authority::of(By::Agent, careful);
    assert_eq!(refusal(&overdue(), escalate(careful.clone(), 3, 90)), "statement.hard_boundary");
    let no_plans = Authority::of(By::Agent, Terms { auto_offer_payment_plans: false, ..all() });
    let events = events_of(&overdue(), escalate(no_plans.clone(), 1, 30));
    assert_eq!(names(&events), ["decided", "escalated"]);
    assert_eq!(refusal(&overdue(), offer(no_plans, 60, 3)), "statement.plans_off");
    let small = [generate(agent(), 19_999)];
    assert_eq!(refusal(&small, offer(agent(), 60, 3)), "statement.plan_balance");
    assert_eq!(refusal(&overdue(), offer(agent(), 60, 13)), "statement.plan_months");
    let small = [generate(agent(), 19_999), send(agent())];
    assert_eq!(names(&events_of(&small, escalate(agent(), 1, 30))), ["decided", "escalated"]);
}

#[test]
fn a_reminder_goes_out_once_per_level() {
    let known = overdue();
    assert_eq!(refusal(&known, follow_up(agent(), 1)), "statement.escalation_off");
    let known = [&known[..], &[escalate(agent(), 1, 30)]].concat();
    assert_eq!(names(&events_of(&known, follow_up(agent(), 1))), ["decided", "sent"]);
    let known = [&known[..], &[follow_up(agent(), 1)]].concat();
    assert_eq!(events_of(&known, follow_up(agent(), 1)), vec![]);
}

#[test]
fn instalments_add_up_and_fall_due_at_the_end_of_short_months() {
    let events = events_of(&overdue(), offer(staff(), 60, 7));
    let StatementEvent::PlanOffered(offered) = &events[0] else { panic!() };
    let sum: i64 = offered.instalments.iter().map(|one| one.amount.minor()).sum();
    assert_eq!(sum, 30_000);
    let days: Vec<Date> = offered.instalments.iter().map(|one| one.due_on).collect();
    assert_eq!(days[..2], [date!(2026 - 05 - 31), date!(2026 - 06 - 30)]);
    let known = [&overdue()[..], &[offer(staff(), 60, 7)]].concat();
    assert_eq!(refusal(&known, offer(staff(), 61, 3)), "statement.plan_open");
    assert_eq!(refusal(&overdue(), offer(staff(), 60, 0)), "statement.months");
}

#[test]
fn payments_cover_instalments_in_order_and_complete_the_plan() {
    let known = [&overdue()[..], &[offer(agent(), 60, 3), accept(60)]].concat();
    assert_eq!(refusal(&known, escalate(agent(), 1, 30)), "statement.plan_open");
    let events = events_of(&known, pay(20, 15_000));
    assert_eq!(names(&events), ["payment_recorded", "instalment_paid"]);
    let known = [&known[..], &[pay(20, 15_000)]].concat();
    let events = events_of(&known, pay(21, 15_000));
    let expected = ["payment_recorded", "instalment_paid", "instalment_paid", "plan_completed"];
    assert_eq!(names(&events)[..4], expected);
    assert_eq!(names(&events)[4], "paid");
}

#[test]
fn a_missed_instalment_lets_the_levels_go_on() {
    let known = [&overdue()[..], &[offer(agent(), 60, 3), accept(60)]].concat();
    let miss = |day| StatementCommand::MissInstalments(MissInstalments { today: day });
    assert_eq!(events_of(&known, miss(date!(2026 - 05 - 31))), vec![]);
    let missed = miss(date!(2026 - 06 - 01));
    assert_eq!(names(&events_of(&known, missed.clone())), ["instalment_missed"]);
    let known = [&known[..], &[missed]].concat();
    assert_eq!(events_of(&known, miss(date!(2026 - 06 - 02))), vec![]);
    assert_eq!(names(&events_of(&known, escalate(agent(), 1, 60))), ["decided", "escalated"]);
}
