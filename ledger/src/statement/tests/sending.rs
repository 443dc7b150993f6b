//! Sending, deliveries, letters after failed e-mails.

use super::*;

fn sent_of(events: &[StatementEvent]) -> &Sent {
    let sent = events.iter().find_map(|event| match event {
        StatementEvent::Sent(sent) => Some(&**sent),
        _ => None,
    });
    sent.unwrap()
}

#[test]
fn the_agent_sends_once_by_the_first_channel_and_tells_why() {
    let known = [generate(agent(), 30_000)];
    let events = events_of(&known, send(agent()));
    assert_eq!(names(&events), ["decided", "sent"]);
    let sent = sent_of(&events);
    assert_eq!((sent.channel, sent.delivery, sent.certified), (Channel::Email, 1, false));
    assert!(sent.ai_selected_channel && sent.email_address.is_some());
    assert!(sent.physical_address.is_none());
    let again = [known[0].clone(), send(agent())];
    assert_eq!(events_of(&again, send(agent())), vec![]);
    assert_eq!(after(&again).lifecycle(), Lifecycle::Sent);
}

#[test]
fn sending_must_be_delegated_and_a_person_may_send_again() {
    let terms = Terms { auto_send_statements: false, ..all() };
    let known = [generate(agent(), 30_000)];
    let command = send(Authority::of(By::Agent, terms));
    assert_eq!(refusal(&known, command), "statement.sending_off");
    let known = [known[0].clone(), send(staff())];
    let again = StatementCommand::Send(Box::new(dispatch(staff(), Purpose::Resend)));
    assert_eq!(sent_of(&events_of(&known, again)).retry_count, 1);
    let of_agent = StatementCommand::Send(Box::new(dispatch(agent(), Purpose::Resend)));
    assert_eq!(refusal(&known, of_agent), "statement.sending_off");
}

#[test]
fn a_person_may_choose_the_channel_where_the_patient_can_be_reached() {
    let pick = |channel| {
        let pick = Pick::Channel(channel);
        StatementCommand::Send(Box::new(Dispatch { pick, ..dispatch(staff(), Purpose::Statement) }))
    };
    let known = [generate(agent(), 30_000)];
    let events = events_of(&known, pick(Channel::PhysicalMail));
    assert_eq!(names(&events), ["sent"]);
    assert!(!sent_of(&events).ai_selected_channel);
    assert_eq!(refusal(&known, pick(Channel::Sms)), "statement.no_contact");
}

#[test]
fn news_of_a_delivery_moves_the_lifecycle_forwards_only() {
    let known = [generate(agent(), 30_000), send(agent())];
    let statement = after(&[&known[..], &[opened(1), arrived(1), taken(1)]].concat());
    assert_eq!(statement.lifecycle(), Lifecycle::Opened);
    let again = [&known[..], &[opened(1), arrived(1)]].concat();
    assert_eq!(events_of(&again, opened(1)), vec![]);
    assert_eq!(events_of(&again, taken(1)), vec![]);
    assert_eq!(events_of(&again, bounced(1)), vec![]);
    assert_eq!(refusal(&known, taken(2)), "statement.unknown_delivery");
}

#[test]
fn a_delivery_that_failed_shows_until_it_is_proved_wrong() {
    let known = [generate(agent(), 30_000), send(agent()), not_taken(1)];
    assert_eq!(after(&known).lifecycle(), Lifecycle::Failed);
    let late = [&known[..], &[taken(1)]].concat();
    assert_eq!(after(&late).lifecycle(), Lifecycle::Sent);
    assert_eq!(events_of(&late, not_taken(1)), vec![]);
    let came_back = [generate(agent(), 30_000), send(agent()), taken(1), bounced(1)];
    assert_eq!(after(&came_back).lifecycle(), Lifecycle::Failed);
}

#[test]
fn a_letter_follows_a_failed_email_once_and_not_before_its_time() {
    let known = [generate(agent(), 30_000), send(agent()), not_taken(1)];
    assert_eq!(refusal(&known, letter_instead(agent(), 1, 100)), "statement.failover_not_due");
    let known = [&known[..], &[letter_later(agent(), 1)]].concat();
    assert_eq!(events_of(&known, letter_later(agent(), 1)), vec![]);
    assert_eq!(refusal(&known, letter_instead(agent(), 1, 47)), "statement.failover_not_due");
    let statement = after(&known);
    assert_eq!(statement.failovers_due(NOON + Duration::hours(47)), Vec::<u16>::new());
    assert_eq!(statement.failovers_due(NOON + Duration::hours(48)), [1]);
    let events = events_of(&known, letter_instead(agent(), 1, 48));
    let sent = sent_of(&events);
    assert_eq!(
        (sent.channel, sent.replaces, sent.retry_count),
        (Channel::PhysicalMail, Some(1), 1)
    );
    assert_eq!(sent.selection_reason(), "Physical mail after email failure");
    let known = [&known[..], &[letter_instead(agent(), 1, 48)]].concat();
    assert_eq!(events_of(&known, letter_instead(agent(), 1, 60)), vec![]);
    assert_eq!(after(&known).failovers_due(NOON + Duration::hours(90)), Vec::<u16>::new());
}

#[test]
fn no_letter_where_it_is_not_delegated_or_nothing_failed() {
    let terms = Terms { email_failover_to_mail: false, ..all() };
    let known = [generate(agent(), 30_000), send(agent()), not_taken(1)];
    let by = Authority::of(By::Agent, terms);
    assert_eq!(refusal(&known, letter_later(by.clone(), 1)), "statement.failover_off");
    assert_eq!(refusal(&known, letter_instead(by, 1, 48)), "statement.failover_off");
    assert_eq!(refusal(&known[..2], letter_later(agent(), 1)), "statement.not_a_failed_message");
}

#[test]
fn nobody_can_be_written_to_whom_nobody_can_reach() {
    let mut unknown = generated(agent(), 30_000, None);
    unknown.contacts = Contacts::default();
    let known = [StatementCommand::Generate(Box::new(unknown))];
    assert_eq!(refusal(&known, send(agent())), "statement.no_contact");
    let reason = HoldReason::NoContact;
    let hold = StatementCommand::Hold(Hold { by: agent(), held_on: TODAY, reason });
    let found = RecordContacts { contacts: contacts(), recorded_on: TODAY };
    let found = StatementCommand::RecordContacts(Box::new(found));
    let known = [&known[..], &[hold, found]].concat();
    assert_eq!(after(&known).held(), None);
    assert_eq!(names(&events_of(&known, send(agent()))), ["decided", "sent"]);
}
