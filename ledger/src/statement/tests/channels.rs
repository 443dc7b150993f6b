//! How to write to a patient.

use proptest::prelude::*;

use super::*;

fn history(of: &[(Channel, u32, u32)]) -> History {
    let tally = |(channel, attempts, successes): &(Channel, u32, u32)| {
        (*channel, Tally { attempts: *attempts, successes: *successes })
    };
    History(of.iter().map(tally).collect())
}

fn choose(history: &History, minor: i64, contacts: &Contacts) -> Option<Choice> {
    select_channel(history, usd(minor), contacts, &all())
}

#[test]
fn an_email_that_mostly_arrives_is_chosen_with_its_rate() {
    let history = history(&[(Channel::Email, 20, 17)]);
    let choice = choose(&history, 30_000, &contacts()).unwrap();
    assert_eq!((choice.channel, choice.certified), (Channel::Email, false));
    assert_eq!(choice.reason(&history), "Email success rate 85% with valid email");
}

#[test]
fn above_a_thousand_a_certified_letter_goes() {
    let none = History::default();
    let choice = choose(&none, 100_001, &contacts()).unwrap();
    assert_eq!((choice.channel, choice.certified), (Channel::PhysicalMail, true));
    assert_eq!(choose(&none, 100_000, &contacts()).unwrap().channel, Channel::Email);
    let no_address = Contacts { physical_address: None, ..contacts() };
    let choice = choose(&none, 100_001, &no_address).unwrap();
    assert_eq!((choice.channel, choice.risk), (Channel::Email, Risk::High));
}

#[test]
fn where_email_mostly_fails_the_letter_is_next() {
    let failing = history(&[(Channel::Email, 4, 1)]);
    let choice = choose(&failing, 30_000, &contacts()).unwrap();
    assert_eq!(choice.channel, Channel::PhysicalMail);
    let email = choice.alternatives.iter().find(|other| other.action == Action::Email).unwrap();
    assert_eq!(email.against, Against::LowerSuccess);
    let both = history(&[(Channel::Email, 4, 2), (Channel::PhysicalMail, 4, 1)]);
    assert_eq!(choose(&both, 30_000, &contacts()).unwrap().channel, Channel::Email);
}

#[test]
fn the_words_of_the_event_are_the_words_of_the_choice() {
    let history = history(&[(Channel::Email, 20, 17)]);
    let command = Dispatch { history, ..dispatch(agent(), Purpose::Statement) };
    let known = [generate(agent(), 30_000)];
    let events = events_of(&known, StatementCommand::Send(Box::new(command)));
    let StatementEvent::Decided(decided) = &events[0] else { panic!() };
    let StatementEvent::Sent(sent) = &events[1] else { panic!() };
    assert_eq!(decided.text(), "Email success rate 85% with valid email");
    assert_eq!(sent.selection_reason(), decided.text());
}

fn any_history() -> impl Strategy<Value = History> {
    let channel = prop::sample::select(&Channel::ALL[..]);
    let tally = (0..30_u32, 0..30_u32)
        .prop_map(|(one, other)| Tally { attempts: one.max(other), successes: one.min(other) });
    prop::collection::btree_map(channel, tally, 0..4).prop_map(History)
}

fn any_contacts() -> impl Strategy<Value = Contacts> {
    any::<[bool; 4]>().prop_map(|[email, phone, address, portal]| Contacts {
        email: email.then(|| sealed("email")),
        phone: phone.then(|| sealed("phone")),
        physical_address: address.then(|| sealed("physical_address")),
        portal,
        ..Contacts::default()
    })
}

fn any_order() -> impl Strategy<Value = Vec<Channel>> {
    (prop::sample::subsequence(Channel::ALL.to_vec(), 1..=4)).prop_shuffle()
}

proptest! {
    #[test]
    fn a_channel_without_a_contact_is_never_chosen_and_the_same_question_has_one_answer(
        history in any_history(),
        contacts in any_contacts(),
        order in any_order(),
        minor in 1..300_000_i64,
        no_texts in any::<bool>(),
    ) {
        let mut terms = Terms { preferred_channel_order: order.clone(), ..all() };
        if no_texts {
            terms.hard_boundaries.insert(HardBoundary::SendTextMessages);
        }
        let choice = select_channel(&history, usd(minor), &contacts, &terms);
        prop_assert_eq!(&choice, &select_channel(&history, usd(minor), &contacts, &terms));
        match choice {
            Some(choice) => {
                prop_assert!(contacts.reach(choice.channel));
                prop_assert!(!(no_texts && choice.channel == Channel::Sms));
                prop_assert!(choice.certified || order.contains(&choice.channel));
                prop_assert_eq!(
                    choice.certified,
                    minor > 100_000 && contacts.reach(Channel::PhysicalMail)
                );
                prop_assert!(choice.confidence_bp <= 10_000);
                prop_assert_eq!(choice.alternatives.len(), 3);
                prop_assert!(!choice.reason(&history).is_empty());
            }
            None => {
                let open = |way: &Channel| {
                    contacts.reach(*way) && !(no_texts && *way == Channel::Sms)
                };
                prop_assert!(!order.iter().any(open));
            }
        }
    }
}
