//! Given, when, then; and the laws that hold for any history.

mod books;
mod closing;
mod disputing;
mod drafting;
mod earning;
mod importing;
mod issuing;
mod laws;
mod notes;
mod older_shapes;
mod orders;
mod paying;
mod refunding;
mod spreading;
mod status;
mod taking_over;
mod undoing;
mod unearned;

use cqrs_es::{
    Aggregate,
    test::{AggregateTestExecutor, TestFramework},
};
use time::Date;
use uuid::Uuid;

use orders::*;

use super::*;
use crate::values::{AnonymousRef, Currency, CycleKey, Money, Rate, Rounding};
use crate::{Decider, Refusal};

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, "EUR".parse().unwrap())
}

fn rate(text: &str) -> Rate {
    text.parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A day of January 2026; 32 is the first of February.
fn january(number: i64) -> Date {
    Date::from_calendar_date(2026, time::Month::January, 1).unwrap()
        + time::Duration::days(number - 1)
}

fn charge(patient: &str) -> ChargeKey {
    ChargeKey {
        cycle: CycleKey { year: 2026, month: 1 },
        patient: AnonymousRef(patient.to_owned()),
    }
}

fn draft() -> Open {
    Open {
        currency: Currency::USD,
        customer_id: None,
        invoice_type: InvoiceType::Monthly,
        payment_terms_days: 14,
        period: Some(BillingPeriod { ends_on: january(32), starts_on: january(1) }),
        rounding: Rounding::HalfAwayFromZero,
    }
}

fn open() -> InvoiceCommand {
    InvoiceCommand::Open(draft())
}

/// A one-off line with a rate of its own.
fn line(number: u128, quantity: i64, unit_minor: i64, tax_rate: &str) -> AddLine {
    AddLine {
        charge: None,
        covers: None,
        description: None,
        item_type: ItemType::OneOff,
        line_id: id(number),
        open: None,
        quantity,
        rate_configured: false,
        service_on: january(10),
        tax_rate: rate(tax_rate),
        unit_price: usd(unit_minor),
    }
}

/// A line that follows the account's rate.
fn configured(number: u128, quantity: i64, unit_minor: i64, tax_rate: &str) -> AddLine {
    AddLine { rate_configured: true, ..line(number, quantity, unit_minor, tax_rate) }
}

fn add(line: AddLine) -> InvoiceCommand {
    InvoiceCommand::AddLine(line)
}

/// Issued on 31 January with 14 days to pay: due on 14 February.
fn issue_at(configured_rate: &str) -> InvoiceCommand {
    InvoiceCommand::Issue(Issue {
        configured_rate: rate(configured_rate),
        issued_on: january(31),
        jurisdiction: None,
        number: Some(7),
    })
}

/// An issued invoice of one untaxed line.
fn issued(total_minor: i64) -> Vec<InvoiceCommand> {
    vec![open(), add(line(1, 1, total_minor, "0")), issue_at("0")]
}

fn payment(number: u128, amount: Money, state: PaymentState) -> InvoiceCommand {
    InvoiceCommand::RecordPayment(RecordPayment {
        amount,
        method: PaymentMethod::Check,
        payment_id: id(number),
        reason_code: None,
        received_on: january(33),
        reference: None,
        state,
    })
}

fn pay(number: u128, minor: i64) -> InvoiceCommand {
    payment(number, usd(minor), PaymentState::Succeeded)
}

fn reverse(number: u128) -> InvoiceCommand {
    InvoiceCommand::ReversePayment(ReversePayment {
        payment_id: id(number),
        reason_code: "returned".parse().unwrap(),
        reversed_on: january(40),
    })
}

fn refund(number: u128, payment: u128, minor: i64) -> InvoiceCommand {
    InvoiceCommand::CreateRefund(CreateRefund {
        amount: usd(minor),
        created_on: january(41),
        payment_id: id(payment),
        reason_code: "goodwill".parse().unwrap(),
        refund_id: id(number),
    })
}

fn write_off() -> InvoiceCommand {
    InvoiceCommand::WriteOff(WriteOff {
        note: None,
        reason_code: "uncollectible".parse().unwrap(),
        written_off_on: january(60),
    })
}

fn cancel() -> InvoiceCommand {
    InvoiceCommand::Cancel(Cancel {
        canceled_on: january(50),
        reason_code: "mistake".parse().unwrap(),
    })
}

/// Runs commands, none of which may be refused.
fn after(commands: Vec<InvoiceCommand>) -> (Invoice, Vec<InvoiceEvent>) {
    let mut invoice = Invoice::default();
    let mut history = Vec::new();
    for command in commands {
        let events = invoice.decide(command.clone());
        for event in events.unwrap_or_else(|error| panic!("{command:?} refused: {error}")) {
            invoice.apply(event.clone());
            history.push(event);
        }
    }
    (invoice, history)
}

/// The invoice after these commands, ready for the one in question.
fn given(commands: Vec<InvoiceCommand>) -> AggregateTestExecutor<Invoice> {
    TestFramework::with(()).given(after(commands).1)
}

fn with<T>(mut list: Vec<T>, more: impl IntoIterator<Item = T>) -> Vec<T> {
    list.extend(more);
    list
}

fn standing(balance: i64, paid: i64, credit: i64, status: Status) -> Standing {
    Standing { balance: usd(balance), credit: usd(credit), paid: usd(paid), status }
}

/// Nothing of it was earned yet where it is billed ahead.
fn cuts(items: Vec<ItemTotal>) -> Vec<ItemCut> {
    let cut = |item: ItemTotal| {
        let ahead = matches!(item.item_type, ItemType::SetupFee | ItemType::Subscription);
        let deferred = if ahead { item.amount } else { usd(0) };
        ItemCut { amount: item.amount, deferred, item_type: item.item_type }
    };
    items.into_iter().map(cut).collect()
}

/// The one event of that kind that a command came to.
macro_rules! decided {
    ($history:expr, $command:expr, $kind:ident) => {{
        let events = given($history).when($command).inspect_result().unwrap();
        match events.as_slice() {
            [InvoiceEvent::$kind(event)] => event.clone(),
            _ => panic!("{events:?}"),
        }
    }};
}
use decided;
