//! Found, owned, settled, found again.

use cqrs_es::Aggregate;
use time::{Date, macros::date};
use uuid::Uuid;

use super::*;
use crate::{
    decide::{Decider, Refusal},
    reconciliation::{Between, Class, Item, Side},
    values::{Code, Currency, Money},
};

const DAY: Date = date!(2026 - 03 - 04);

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn raised() -> ExceptionCommand {
    ExceptionCommand::Raise(Box::new(Raised {
        between: Between::LogAndProvider,
        class: Class::Amount,
        happened_on: DAY,
        invoice_id: None,
        item: Item::Payment,
        key: Uuid::from_u128(1),
        movement_id: None,
        noticed_on: DAY,
        ours: Side::of(Money::from_minor(100, Currency::USD)),
        owner: code("finance"),
        provider: code("stripe"),
        provider_id: None,
        run_id: Uuid::from_u128(2),
        theirs: Side::default(),
    }))
}

fn resolve(resolution: Resolution) -> ExceptionCommand {
    let reason_code = code("known");
    ExceptionCommand::Resolve(Resolve { note: None, reason_code, resolution, resolved_on: DAY })
}

fn clear() -> ExceptionCommand {
    ExceptionCommand::Clear(Clear { cleared_on: DAY, run_id: Uuid::from_u128(3) })
}

fn reopen() -> ExceptionCommand {
    ExceptionCommand::Reopen(Reopen { reason_code: code("not_settled"), reopened_on: DAY })
}

fn assign(owner: &str) -> ExceptionCommand {
    ExceptionCommand::Assign(Assign { assigned_on: DAY, owner: code(owner) })
}

/// What a history comes to; every command of it must be taken.
fn after(commands: Vec<ExceptionCommand>) -> Exception {
    commands.into_iter().fold(Exception::default(), |mut state, command| {
        state.decide(command).unwrap().into_iter().for_each(|event| state.apply(event));
        state
    })
}

fn names(state: &Exception, command: ExceptionCommand) -> Vec<String> {
    let events = state.decide(command).unwrap();
    events.iter().map(cqrs_es::DomainEvent::event_type).collect()
}

#[test]
fn it_is_raised_once_and_owned_from_the_start() {
    let state = after(vec![raised()]);
    assert_eq!(state.owner(), Some(&code("finance")));
    assert!(names(&state, raised()).is_empty());
    let state = after(vec![raised(), assign("treasury")]);
    assert_eq!(state.owner(), Some(&code("treasury")));
    assert!(names(&state, assign("treasury")).is_empty());
}

#[test]
fn what_a_run_cleared_or_somebody_corrected_comes_back_when_it_is_found_again() {
    for settled in [clear(), resolve(Resolution::Corrected), resolve(Resolution::ProviderError)] {
        let state = after(vec![raised(), settled]);
        assert_eq!(names(&state, raised()), ["billing.exception.reopened"]);
        assert_eq!(after(vec![raised(), reopen()]).resolution(), None);
    }
}

#[test]
fn what_was_accepted_or_is_not_ours_stays_resolved() {
    for resolution in [Resolution::Accepted, Resolution::NotOurs] {
        let state = after(vec![raised(), resolve(resolution)]);
        assert!(names(&state, raised()).is_empty());
        assert!(names(&state, resolve(resolution)).is_empty(), "twice is once");
        assert_eq!(names(&state, reopen()), ["billing.exception.reopened"]);
        assert!(names(&state, clear()).is_empty());
    }
}

#[test]
fn it_says_no_to_what_makes_no_sense() {
    let none = Exception::default();
    for command in [assign("x"), resolve(Resolution::Accepted), clear(), reopen()] {
        assert_eq!(none.decide(command).unwrap_err().code(), "exception.unknown");
    }
    let open = after(vec![raised()]);
    let by_hand = open.decide(resolve(Resolution::Cleared)).unwrap_err();
    assert_eq!(by_hand.code(), "exception.not_by_hand");
    assert!(names(&open, reopen()).is_empty());
    let settled = after(vec![raised(), resolve(Resolution::Corrected)]);
    for command in [assign("x"), resolve(Resolution::Accepted)] {
        let refusal = settled.decide(command).unwrap_err();
        assert_eq!(refusal.code(), "exception.resolved");
        assert_eq!(refusal.details()["resolution"], "corrected");
    }
}
