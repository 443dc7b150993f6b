//! Given, when, then; and the laws of pauses.

mod cycles;
mod entitlements;
mod holding;
mod laws;
mod opening;
mod pausing;
mod resting;

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use time::{
    Date, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

use super::*;
use crate::{
    Decider, Refusal, StoredEvent,
    recorded::LedgerEvent,
    values::{Currency, CycleKey, CycleRule, Money, Rate, Rounding},
};

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn code(text: &str) -> crate::values::Code {
    text.parse().unwrap()
}

fn key(text: &str) -> CycleKey {
    text.parse().unwrap()
}

fn opening() -> Open {
    Open {
        auto_issue: true,
        contact_email: None,
        currency: Currency::USD,
        cycle: CycleRule::new(1, "UTC".parse().unwrap()).unwrap(),
        limits: Limits::default(),
        opened_at: datetime!(2026-01-01 00:00 UTC),
        payment_terms_days: 14,
        plan: code("standard"),
        prices: Prices { activation_fee: usd(200), setup_fee: usd(9900) },
        rounding: Rounding::HalfAwayFromZero,
    }
}

fn open() -> SubscriptionCommand {
    SubscriptionCommand::Open(opening())
}

fn pause(paused_at: OffsetDateTime) -> SubscriptionCommand {
    SubscriptionCommand::Pause(Pause { paused_at, reason_code: code("holiday") })
}

fn resume(resumed_at: OffsetDateTime) -> SubscriptionCommand {
    SubscriptionCommand::Resume(Resume { reason_code: Some(code("back")), resumed_at })
}

fn cancel(canceled_at: OffsetDateTime) -> SubscriptionCommand {
    SubscriptionCommand::Cancel(Cancel { canceled_at, reason_code: code("closed") })
}

fn start(cycle: &str, now: OffsetDateTime) -> SubscriptionCommand {
    SubscriptionCommand::StartCycle(StartCycle { cycle: key(cycle), now })
}

fn tax(jurisdiction: &str, rate: &str, valid_from: Date) -> SubscriptionCommand {
    SubscriptionCommand::ConfigureTax(ConfigureTax {
        jurisdiction: code(jurisdiction),
        rate: rate.parse().unwrap(),
        valid_from,
    })
}

/// Runs commands, none of which may be refused.
fn after(commands: Vec<SubscriptionCommand>) -> (Subscription, Vec<SubscriptionEvent>) {
    let mut account = Subscription::default();
    let mut history = Vec::new();
    for command in commands {
        let events = account.decide(command.clone());
        for event in events.unwrap_or_else(|error| panic!("{command:?} refused: {error}")) {
            account.apply(event.clone());
            history.push(event);
        }
    }
    (account, history)
}

/// The account after these commands, ready for the one in question.
fn given(commands: Vec<SubscriptionCommand>) -> AggregateTestExecutor<Subscription> {
    TestFramework::with(()).given(after(commands).1)
}
