//! The work that everybody does: lines on invoices.

use ledger::{
    Decider,
    invoice::{AddLine, Invoice, InvoiceCommand, InvoiceEvent, InvoiceType, ItemType, Open},
    values::{Currency, InvoiceId, Money, OrgId, Rate, Rounding},
};
use time::macros::date;
use uuid::Uuid;

/// As long as the trace context and route that a request leaves with its events.
pub(crate) const METADATA: &str = concat!(
    r#"{"route":"POST /invoices/lines","traceparent":"#,
    r#""00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}"#,
);

/// Numbers that look random and are the same in every run.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// The next number, below `below`.
    pub(crate) fn throw(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0) % below.max(1)
    }
}

/// SplitMix64's finalizer.
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// An id that lies anywhere in an index, as random ids do.
pub(crate) fn id(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(mix(number.wrapping_add(kind << 56)), mix(!number ^ kind))
}

pub(crate) fn org(number: u64) -> OrgId {
    OrgId(id(1, number))
}

pub(crate) fn invoice(number: u64) -> InvoiceId {
    InvoiceId::new(id(2, number))
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

pub(crate) fn open() -> InvoiceCommand {
    InvoiceCommand::Open(Open {
        currency: Currency::USD,
        customer_id: None,
        invoice_type: InvoiceType::OneOff,
        payment_terms_days: 30,
        period: None,
        rounding: Rounding::default(),
    })
}

/// A line of two dollars on an invoice that is open.
pub(crate) fn line(line_id: Uuid) -> InvoiceCommand {
    InvoiceCommand::AddLine(AddLine {
        charge: None,
        covers: None,
        description: None,
        item_type: ItemType::OneOff,
        line_id,
        open: None,
        quantity: 1,
        rate_configured: false,
        service_on: date!(2026 - 01 - 10),
        tax_rate: Rate::ZERO,
        unit_price: usd(200),
    })
}

/// What a command makes of an invoice: the events, also applied.
///
/// # Errors
/// When the rules refuse it, which they must not here.
pub(crate) fn decided(
    invoice: &mut Invoice,
    command: InvoiceCommand,
) -> anyhow::Result<Vec<InvoiceEvent>> {
    let events = invoice.decide(command)?;
    for event in &events {
        cqrs_es::Aggregate::apply(invoice, event.clone());
    }
    Ok(events)
}

/// The payload of a line on an invoice, as it is stored.
///
/// # Errors
/// As [`decided`].
pub(crate) fn line_payload() -> anyhow::Result<Vec<u8>> {
    let mut draft = Invoice::default();
    decided(&mut draft, open())?;
    let events = decided(&mut draft, line(id(3, 0)))?;
    let line = events.into_iter().next().ok_or_else(|| anyhow::anyhow!("a line is one event"))?;
    Ok(ledger::StoredEvent::encode(&line)?)
}
