//! Given, when, then; the rules of `vectors/x12-rules.json`; and the laws of a payment with its
//! claims.

mod balancing;
mod laws;
mod receiving;

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use time::{Date, macros::date};
use uuid::Uuid;

use super::*;
use crate::{
    Decider,
    claim::LineRule,
    values::{ClaimId, Code, Currency, Money},
};

const TODAY: Date = date!(2026 - 03 - 20);

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn cut(group: Group, reason: &str, minor: i64) -> Adjustment {
    Adjustment { amount: usd(minor), group, quantity: None, reason: code(reason) }
}

fn claim(account: &str, charge: i64, paid: i64) -> RemittedClaim {
    let status = if charge < 0 { AdviceStatus::Reversal } else { AdviceStatus::Primary };
    RemittedClaim {
        account: code(account),
        adjustments: vec![cut(Group::Co, "45", charge - paid)],
        charge: usd(charge),
        lines: vec![],
        paid: usd(paid),
        patient_responsibility: None,
        payer_claim_number: Some(code("ICN1")),
        status,
    }
}

fn plb(kind: &str, minor: i64) -> ProviderAdjustment {
    ProviderAdjustment { amount: usd(minor), code: code(kind), reference: None }
}

fn payment(trace: &str) -> PaymentKey {
    PaymentKey { payer_id: code("P"), trace: code(trace) }
}

fn receive_of(paid: i64, claims: Vec<RemittedClaim>, plb: Vec<ProviderAdjustment>) -> Receive {
    Receive {
        claims,
        lines: LineRule::Refuse,
        method: code("ACH"),
        paid: usd(paid),
        paid_on: date!(2026 - 03 - 18),
        payment: payment("T1"),
        posted_on: TODAY,
        provider_adjustments: plb,
    }
}

fn receive(
    paid: i64,
    claims: Vec<RemittedClaim>,
    plb: Vec<ProviderAdjustment>,
) -> RemittanceCommand {
    RemittanceCommand::Receive(receive_of(paid, claims, plb))
}

fn mark_posted(sequence: u32) -> RemittanceCommand {
    let claim_id = ClaimId::new(Uuid::from_u128(u128::from(sequence)));
    RemittanceCommand::MarkPosted(MarkPosted { claim_id, posted_on: TODAY, sequence })
}

fn park(sequence: u32) -> RemittanceCommand {
    let reason = ParkReason::UnknownClaim;
    RemittanceCommand::Park(Park { parked_on: TODAY, reason, sequence })
}

fn match_deposit(minor: i64) -> RemittanceCommand {
    let amount = usd(minor);
    RemittanceCommand::MatchDeposit(MatchDeposit { amount, deposited_on: TODAY, reference: None })
}

/// The events of commands that must all be accepted.
fn history(commands: &[RemittanceCommand]) -> Vec<RemittanceEvent> {
    let mut remittance = Remittance::default();
    let mut events = Vec::new();
    for command in commands {
        for event in remittance.decide(command.clone()).unwrap() {
            remittance.apply(event.clone());
            events.push(event);
        }
    }
    events
}

fn after(commands: &[RemittanceCommand]) -> Remittance {
    let mut remittance = Remittance::default();
    history(commands).into_iter().for_each(|event| remittance.apply(event));
    remittance
}

fn given(commands: &[RemittanceCommand]) -> AggregateTestExecutor<Remittance> {
    TestFramework::<Remittance>::with(()).given(history(commands))
}
