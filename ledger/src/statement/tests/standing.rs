//! The account is paused or past due; the portal; a text message that failed.

use super::*;
use crate::subscription::Subscription;

/// Everything is delegated, for an account that is not in order.
fn unentitled() -> Authority {
    agent().under(&all(), &Subscription::default())
}

#[test]
fn what_is_drawn_up_meanwhile_waits_and_says_why() {
    let events = events_of(&[], generate(unentitled(), 30_000));
    assert_eq!(names(&events), ["generated", "decided", "held"]);
    let StatementEvent::Decided(decided) = &events[1] else { panic!() };
    assert_eq!(decided.rationale, Rationale::NotEntitled);
    assert!(decided.text().contains("paused or past due"), "{}", decided.text());
    assert!(!decided.auto_executed);
    let statement = after(&[generate(unentitled(), 30_000)]);
    assert_eq!(statement.held(), Some(HoldReason::NotEntitled));
    assert_eq!(statement.lifecycle(), Lifecycle::Drafted);
}

#[test]
fn the_agent_sends_escalates_and_offers_nothing_meanwhile() {
    let known = [generate(agent(), 30_000)];
    assert_eq!(refusal(&known, send(unentitled())), "statement.not_entitled");
    let known = [&known[..], &[send(agent()), not_taken(1), letter_later(agent(), 1)]].concat();
    for order in [
        escalate(unentitled(), 1, 35),
        offer(unentitled(), 60, 3),
        letter_instead(unentitled(), 1, 48),
        follow_up(unentitled(), 1),
    ] {
        assert_eq!(refusal(&known, order.clone()), "statement.not_entitled", "{order:?}");
    }
    // Persons go on as before, and that something failed may be noted.
    assert_eq!(names(&events_of(&known, send(founder()))).last(), Some(&"sent"));
    let failed = [generate(agent(), 30_000), send(agent()), not_taken(1)];
    let noted = events_of(&failed, letter_later(unentitled(), 1));
    assert_eq!(names(&noted), ["failover_scheduled"]);
}

#[test]
fn what_waited_for_the_account_goes_on_within_the_delegation() {
    let known = [generate(unentitled(), 30_000)];
    assert_eq!(refusal(&known, release(unentitled())), "statement.not_entitled");
    let events = events_of(&known, release(agent()));
    assert_eq!(names(&events), ["released", "decided", "finalized"]);
    let large = [generate(unentitled(), 60_000)];
    let events = events_of(&large, release(agent()));
    assert_eq!(names(&events), ["released", "decided", "held"]);
    let large = [&large[..], &[release(agent())]].concat();
    assert_eq!(after(&large).held(), Some(HoldReason::AboveThreshold));
    // That is the founder's again, and nothing was approved by a person.
    assert_eq!(refusal(&large, release(agent())), "statement.hard_boundary");
    assert_eq!(names(&events_of(&large, release(founder()))), ["released", "finalized"]);
}

#[test]
fn the_founder_may_let_it_go_on_before() {
    let known = [generate(unentitled(), 30_000)];
    let events = events_of(&known, send(founder()));
    assert_eq!(names(&events), ["released", "finalized", "decided", "sent"]);
}

fn only(change: impl FnOnce(&mut Contacts)) -> StatementCommand {
    let mut made = generated(agent(), 30_000, None);
    made.contacts = Contacts::default();
    change(&mut made.contacts);
    StatementCommand::Generate(Box::new(made))
}

#[test]
fn on_the_portal_it_has_arrived_when_it_is_sent() {
    let portal = |contacts: &mut Contacts| contacts.portal = true;
    let pick = Pick::Channel(Channel::PatientPortal);
    let command = Dispatch { pick, ..dispatch(founder(), Purpose::Statement) };
    let send = StatementCommand::Send(Box::new(command));
    let events = events_of(&[only(portal)], send.clone());
    assert_eq!(names(&events), ["sent", "delivery_succeeded", "delivered"]);
    let statement = after(&[only(portal), send]);
    assert_eq!(statement.lifecycle(), Lifecycle::Delivered);
    assert!(!statement.delivery(1).unwrap().missed());
}

#[test]
fn a_letter_follows_a_text_message_that_failed() {
    let text = |contacts: &mut Contacts| {
        contacts.phone = Some(sealed("contacts.phone"));
        contacts.physical_address = Some(sealed("contacts.physical_address"));
    };
    let pick = Pick::Channel(Channel::Sms);
    let command = Dispatch { pick, ..dispatch(founder(), Purpose::Statement) };
    let sent = StatementCommand::Send(Box::new(command));
    let known = [only(text), sent, not_taken(1), letter_later(agent(), 1)];
    assert_eq!(after(&known).failovers_due(NOON + Duration::hours(48)), [1]);
    let events = events_of(&known, letter_instead(agent(), 1, 48));
    let StatementEvent::Sent(sent) = &events[1] else { panic!() };
    assert_eq!(sent.selection_reason(), "Physical mail after text message failure");
}

#[test]
fn whoever_opted_out_is_not_written_to_in_that_way() {
    let mut made = generated(agent(), 30_000, None);
    made.contacts.opted_out = [Channel::Email].into();
    let known = [StatementCommand::Generate(Box::new(made))];
    let events = events_of(&known, send(agent()));
    let StatementEvent::Sent(sent) = &events[1] else { panic!() };
    assert_eq!(sent.channel, Channel::PhysicalMail);
}
