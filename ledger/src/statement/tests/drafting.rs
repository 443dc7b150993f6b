//! Drawing up, approval, holding, override.

use super::*;

#[test]
fn the_agent_finalizes_up_to_the_threshold_and_says_why() {
    let events = events_of(&[], generate(agent(), 50_000));
    assert_eq!(names(&events), ["generated", "decided", "finalized"]);
    let StatementEvent::Generated(generated) = &events[0] else { panic!() };
    assert_eq!(generated.number, "STMT-202603-00007");
    let StatementEvent::Decided(decided) = &events[1] else { panic!() };
    assert!(decided.auto_executed && !decided.requires_founder_approval);
    assert_eq!((decided.decision, decided.delegation_revision), (1, Some(3)));
    assert_eq!(decided.text(), "Balance within the approval threshold");
    assert_eq!(after(&[generate(agent(), 50_000)]).lifecycle(), Lifecycle::Finalized);
}

#[test]
fn above_the_threshold_the_founder_is_asked() {
    let known = [generate(agent(), 50_001)];
    let events = events_of(&[], known[0].clone());
    assert_eq!(names(&events), ["generated", "decided", "held"]);
    let StatementEvent::Decided(decided) = &events[1] else { panic!() };
    assert!(decided.requires_founder_approval && !decided.auto_executed);
    assert_eq!(refusal(&known, finalize(agent())), "statement.awaits_founder");
    assert_eq!(refusal(&known, send(agent())), "statement.awaits_founder");
    assert_eq!(refusal(&known, send(staff())), "statement.awaits_founder");
    assert_eq!(refusal(&known, release(staff())), "statement.founder_only");
    assert_eq!(names(&events_of(&known, release(founder()))), ["released", "finalized"]);
    let sent = events_of(&known, send(founder()));
    assert_eq!(names(&sent), ["released", "finalized", "decided", "sent"]);
}

#[test]
fn another_currency_is_beyond_the_threshold() {
    let terms = Terms { enabled: true, ..Terms::unconfigured("EUR".parse().unwrap()) };
    let events = events_of(&[], generate(Authority::of(By::Agent, terms), 100));
    assert_eq!(names(&events), ["generated", "decided", "held"]);
}

#[test]
fn nothing_happens_by_itself_while_nothing_is_delegated() {
    let nothing = Authority::agent();
    assert_eq!(refusal(&[], generate(nothing.clone(), 100)), "statement.not_enabled");
    let known = [generate(staff(), 100)];
    for command in [finalize(nothing.clone()), send(nothing.clone())] {
        assert_eq!(refusal(&known, command), "statement.not_enabled");
    }
    let sent = [generate(staff(), 30_000), send(staff()), not_taken(1)];
    for command in [letter_later(nothing.clone(), 1), escalate(nothing.clone(), 1, 40)] {
        assert_eq!(refusal(&sent, command), "statement.not_enabled");
    }
    assert_eq!(refusal(&sent, offer(nothing, 60, 3)), "statement.not_enabled");
}

#[test]
fn a_person_draws_up_a_draft() {
    assert_eq!(names(&events_of(&[], generate(staff(), 90_000))), ["generated"]);
    let known = [generate(staff(), 90_000)];
    assert_eq!(names(&events_of(&known, finalize(staff()))), ["finalized"]);
    assert_eq!(refusal(&known, finalize(agent())), "statement.above_threshold");
}

#[test]
fn the_figures_must_add_up_and_leave_something_to_pay() {
    let mut wrong = generated(staff(), 100, None);
    wrong.parts.total_charges = usd(101);
    let refused = |command: Generate| {
        let command = StatementCommand::Generate(Box::new(command));
        refusal(&[], command)
    };
    assert_eq!(refused(wrong), "statement.not_the_sum");
    let mut nothing = generated(staff(), 100, None);
    nothing.parts.insurance_paid = usd(100);
    assert_eq!(refused(nothing), "statement.nothing_due");
    let mut negative = generated(staff(), 100, None);
    negative.parts.adjustments = usd(-1);
    assert_eq!(refused(negative), "statement.amount_negative");
    let mut none = generated(staff(), 100, None);
    none.charges.clear();
    assert_eq!(refused(none), "statement.charges");
    let mut early = generated(staff(), 100, None);
    early.due_on = date!(2026 - 03 - 09);
    assert_eq!(refused(early), "statement.due_day");
    let mut euros = generated(staff(), 100, None);
    euros.parts.insurance_paid = Money::from_minor(1, "EUR".parse().unwrap());
    assert_eq!(refused(euros), "statement.currency_mismatch");
}

#[test]
fn drawn_up_twice_it_stays_one() {
    let known = [generate(agent(), 100)];
    assert_eq!(events_of(&known, generate(agent(), 100)), vec![]);
    assert_eq!(refusal(&known, generate(agent(), 200)), "statement.exists");
}

#[test]
fn the_founder_takes_over_and_the_agent_is_out() {
    let known = [generate(agent(), 30_000), take_over(founder())];
    assert_eq!(refusal(&known[..1], take_over(staff())), "statement.founder_only");
    assert_eq!(refusal(&known[..1], take_over(agent())), "statement.founder_override");
    let statement = after(&known);
    assert!(statement.is_overridden());
    assert_eq!(events_of(&known, take_over(founder())), vec![]);
    for command in [send(agent()), escalate(agent(), 1, 30), offer(agent(), 60, 3)] {
        assert_eq!(refusal(&known, command), "statement.founder_override");
    }
    assert_eq!(names(&events_of(&known, send(founder()))), ["decided", "sent"]);
}

#[test]
fn the_agent_gives_nothing_up_and_takes_nothing_back() {
    let known = [generate(agent(), 30_000)];
    for kind in
        [AdjustmentKind::CharityCare, AdjustmentKind::Correction, AdjustmentKind::PriceConcession]
    {
        assert_eq!(refusal(&known, adjust(agent(), 40, kind, 1)), "statement.hard_boundary");
    }
    assert_eq!(refusal(&known, void(agent())), "statement.hard_boundary");
    assert_eq!(refusal(&known, void(staff())), "statement.founder_only");
    assert_eq!(names(&events_of(&known, void(founder()))), ["voided"]);
    let held = [known[0].clone(), hold(staff())];
    assert_eq!(refusal(&held, release(agent())), "statement.hard_boundary");
}
