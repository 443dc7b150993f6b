//! Given, when, then; and the laws that hold for any history.

mod books;
mod channels;
mod collecting;
mod drafting;
mod following;
mod laws;
mod paying;
mod sending;
mod standing;

use cqrs_es::Aggregate;
use time::{
    Date, Duration, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

use super::*;
use crate::{
    Decider,
    delegation::{HardBoundary, Terms},
    invoice::PaymentMethod,
    values::{AnonymousRef, ClaimId, Code, Currency, Money, Sealed, StatementId, SubjectRef},
};

const TODAY: Date = date!(2026 - 03 - 10);
const NOON: OffsetDateTime = datetime!(2026-03-10 12:00 UTC);

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn sealed(field: &str) -> Sealed<String> {
    Sealed::new(id(8), "AAEC".to_owned(), field.to_owned(), 1, SubjectRef(id(9)))
}

/// Everything is delegated, up to 500.00.
fn all() -> Terms {
    Terms {
        auto_escalate_overdue: true,
        auto_offer_payment_plans: true,
        auto_send_statements: true,
        enabled: true,
        revision: 3,
        ..Terms::default()
    }
}

fn agent() -> Authority {
    Authority::of(By::Agent, all())
}

fn founder() -> Authority {
    Authority::of(By::Founder, all())
}

fn staff() -> Authority {
    Authority::of(By::Staff, all())
}

fn contacts() -> Contacts {
    Contacts {
        email: Some(sealed("contacts.email")),
        physical_address: Some(sealed("contacts.physical_address")),
        ..Contacts::default()
    }
}

fn parts(total: i64, paid: i64) -> Parts {
    Parts {
        adjustments: usd(0),
        insurance_paid: usd(0),
        insurance_pending: usd(0),
        patient_paid: usd(paid),
        total_charges: usd(total),
    }
}

fn charge(minor: i64) -> Charge {
    Charge {
        amount: usd(minor),
        description: Some(sealed("charges.0.description")),
        procedure: None,
        service_on: TODAY,
    }
}

fn generated(by: Authority, total: i64, claim_id: Option<ClaimId>) -> Generate {
    Generate {
        by,
        call_id: None,
        charges: vec![charge(total)],
        claim_id,
        contacts: contacts(),
        due_on: date!(2026 - 04 - 09),
        generated_on: TODAY,
        number: Some(7),
        parts: parts(total, 0),
        patient: AnonymousRef("anon_0123456789abcdef".to_owned()),
        patient_id: sealed("patient_id"),
        supersedes: None,
    }
}

fn generate(by: Authority, total: i64) -> StatementCommand {
    StatementCommand::Generate(Box::new(generated(by, total, None)))
}

fn of_claim(by: Authority, total: i64) -> StatementCommand {
    StatementCommand::Generate(Box::new(generated(by, total, Some(ClaimId::new(id(5))))))
}

fn dispatch(by: Authority, purpose: Purpose) -> Dispatch {
    Dispatch {
        by,
        history: History::default(),
        level: None,
        pick: Pick::Best,
        purpose,
        replaces: None,
        sent_at: NOON,
        sent_on: TODAY,
    }
}

fn send(by: Authority) -> StatementCommand {
    StatementCommand::Send(Box::new(dispatch(by, Purpose::Statement)))
}

fn follow_up(by: Authority, level: u8) -> StatementCommand {
    let command = Dispatch { level: Some(level), ..dispatch(by, Purpose::FollowUp) };
    StatementCommand::Send(Box::new(command))
}

fn letter_instead(by: Authority, delivery: u16, hours: i64) -> StatementCommand {
    let sent_at = NOON + Duration::hours(hours);
    let replaces = Some(delivery);
    let command = Dispatch { replaces, sent_at, ..dispatch(by, Purpose::Failover) };
    StatementCommand::Send(Box::new(command))
}

fn taken(delivery: u16) -> StatementCommand {
    let carried = Carried::Taken { cost: None, message_id: None };
    let command = RecordDelivery { attempted_at: NOON, carried, delivery };
    StatementCommand::RecordDelivery(command)
}

fn not_taken(delivery: u16) -> StatementCommand {
    let carried = Carried::Failed(code("mailbox_unknown"));
    let command = RecordDelivery { attempted_at: NOON, carried, delivery };
    StatementCommand::RecordDelivery(command)
}

fn arrived(delivery: u16) -> StatementCommand {
    StatementCommand::RecordDelivered(RecordDelivered { delivered_at: NOON, delivery })
}

fn opened(delivery: u16) -> StatementCommand {
    StatementCommand::RecordOpened(RecordOpened { delivery, opened_at: NOON })
}

fn bounced(delivery: u16) -> StatementCommand {
    let failure_code = code("hard_bounce");
    StatementCommand::RecordBounce(RecordBounce { bounced_at: NOON, delivery, failure_code })
}

fn letter_later(by: Authority, delivery: u16) -> StatementCommand {
    StatementCommand::ScheduleFailover(ScheduleFailover { by, delivery, failed_at: NOON })
}

/// So many days after the last day to pay.
fn late(days: i64) -> Date {
    date!(2026 - 04 - 09) + Duration::days(days)
}

fn escalate(by: Authority, level: u8, days: i64) -> StatementCommand {
    let (escalated_on, plan_id) = (late(days), id(u128::from(level) + 70));
    StatementCommand::Escalate(Escalate { by, escalated_on, level, plan_id })
}

fn offer(by: Authority, plan: u128, months: u16) -> StatementCommand {
    let (first_due_on, plan_id) = (date!(2026 - 05 - 31), id(plan));
    StatementCommand::OfferPlan(OfferPlan { by, first_due_on, months, offered_on: TODAY, plan_id })
}

fn accept(plan: u128) -> StatementCommand {
    StatementCommand::AcceptPlan(AcceptPlan { accepted_on: TODAY, plan_id: id(plan) })
}

fn pay(number: u128, minor: i64) -> StatementCommand {
    StatementCommand::RecordPayment(RecordPayment {
        amount: usd(minor),
        method: PaymentMethod::Stripe,
        payment_id: id(number),
        received_on: TODAY,
        reference: None,
    })
}

fn reverse(number: u128) -> StatementCommand {
    let (payment_id, reason_code) = (id(number), code("bounced"));
    StatementCommand::ReversePayment(ReversePayment { payment_id, reason_code, reversed_on: TODAY })
}

fn refund(number: u128, payment: u128, minor: i64) -> StatementCommand {
    StatementCommand::Refund(Refund {
        amount: usd(minor),
        created_on: TODAY,
        payment_id: id(payment),
        reason_code: code("paid_too_much"),
        refund_id: id(number),
    })
}

fn settle_refund(number: u128) -> StatementCommand {
    StatementCommand::SettleRefund(SettleRefund { refund_id: id(number), settled_on: TODAY })
}

fn adjust(by: Authority, number: u128, kind: AdjustmentKind, minor: i64) -> StatementCommand {
    StatementCommand::Adjust(Adjust {
        adjusted_on: TODAY,
        adjustment_id: id(number),
        amount: usd(minor),
        by,
        kind,
        note: None,
        reason_code: code("settled_for_less"),
    })
}

fn void(by: Authority) -> StatementCommand {
    StatementCommand::Void(Void { by, reason_code: code("entered_twice"), voided_on: TODAY })
}

fn finalize(by: Authority) -> StatementCommand {
    StatementCommand::Finalize(Finalize { by, finalized_on: TODAY })
}

fn hold(by: Authority) -> StatementCommand {
    StatementCommand::Hold(Hold { by, held_on: TODAY, reason: HoldReason::ByHand })
}

fn release(by: Authority) -> StatementCommand {
    StatementCommand::Release(Release { by, released_on: TODAY })
}

fn take_over(by: Authority) -> StatementCommand {
    StatementCommand::Override(Override { by, overridden_on: TODAY, reason: sealed("reason") })
}

/// The claim says something else: total, payments of the patient.
fn follow(total: i64, paid: i64) -> StatementCommand {
    StatementCommand::FollowClaim(Box::new(FollowClaim {
        charges: vec![charge(total)],
        followed_on: TODAY,
        parts: parts(total, paid),
    }))
}

fn supersede() -> StatementCommand {
    let superseded_by = StatementId::new(id(99));
    StatementCommand::Supersede(Supersede { superseded_by, superseded_on: TODAY })
}

fn after(commands: &[StatementCommand]) -> Statement {
    let mut statement = Statement::default();
    for command in commands {
        let events = statement.decide(command.clone()).unwrap_or_else(|error| panic!("{error}"));
        events.into_iter().for_each(|event| statement.apply(event));
    }
    statement
}

fn events_of(known: &[StatementCommand], then: StatementCommand) -> Vec<StatementEvent> {
    after(known).decide(then).unwrap()
}

fn refusal(known: &[StatementCommand], then: StatementCommand) -> &'static str {
    use crate::Refusal;
    after(known).decide(then).unwrap_err().code()
}

fn names(events: &[StatementEvent]) -> Vec<&'static str> {
    use crate::StoredEvent;
    events.iter().map(|event| event.name().rsplit('.').next().unwrap()).collect()
}
