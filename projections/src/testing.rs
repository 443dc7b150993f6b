//! Events for the tests of read models.

use ledger::{
    invoice::{
        InvoiceEvent, InvoiceType, Issued, ItemType, Line, LineAdded, Opened, PaymentMethod,
        PaymentSucceeded, RefundCreated, Standing, Status, TaxSnapshot, Totals,
    },
    recorded::{Actor, LedgerEvent, Recorded},
    values::{Currency, Money, OrgId, Rate, Rounding, Sealed, SubjectRef},
};
use time::{OffsetDateTime, macros::date, macros::datetime};
use uuid::Uuid;

pub(crate) const INVOICE: Uuid = Uuid::from_u128(1);
pub(crate) const PATIENT: Uuid = Uuid::from_u128(2);
pub(crate) const PAYMENT: Uuid = Uuid::from_u128(3);
pub(crate) const REFUND: Uuid = Uuid::from_u128(4);
pub(crate) const LINE: Uuid = Uuid::from_u128(5);

pub(crate) fn at(position: i64) -> OffsetDateTime {
    datetime!(2026-02-01 09:00 UTC) + time::Duration::hours(position)
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

pub(crate) fn sealed(field: &str) -> Sealed<String> {
    Sealed::new(Uuid::from_u128(9), "AAAA".to_owned(), field.to_owned(), 1, SubjectRef(PATIENT))
}

/// A log of one stream.
pub(crate) fn log<E: Into<LedgerEvent>>(stream: Uuid, events: Vec<E>) -> Vec<Recorded> {
    let record = |(position, event): (i64, E)| Recorded {
        org: OrgId(Uuid::from_u128(7)),
        position,
        aggregate_type: "test".to_owned(),
        aggregate_id: stream,
        sequence: position,
        event_id: Uuid::from_u128(100 + position.unsigned_abs() as u128),
        event: event.into(),
        actor: Actor("key:1".to_owned()),
        correlation_id: Uuid::nil(),
        causation_id: None,
        command_id: Uuid::nil(),
        occurred_at: at(position),
        recorded_at: at(position),
    };
    (1..).zip(events).map(record).collect()
}

pub(crate) fn invoice(events: Vec<InvoiceEvent>) -> Vec<Recorded> {
    log(INVOICE, events)
}

pub(crate) fn opened() -> InvoiceEvent {
    Opened {
        currency: Currency::USD,
        customer_id: Some(sealed("customer_id")),
        invoice_type: InvoiceType::OneOff,
        payment_terms_days: 14,
        period: None,
        rounding: Rounding::default(),
    }
    .into()
}

pub(crate) fn totals(subtotal: i64, tax: i64) -> Totals {
    Totals {
        subtotal: usd(subtotal),
        tax: usd(tax),
        taxable_subtotal: usd(if tax == 0 { 0 } else { subtotal }),
        total: usd(subtotal + tax),
    }
}

pub(crate) fn line_added(minor: i64) -> InvoiceEvent {
    let line = Line {
        covers: None,
        charge: None,
        description: None,
        item_type: ItemType::OneOff,
        line_id: LINE,
        quantity: 1,
        rate_configured: true,
        service_on: date!(2026 - 02 - 01),
        tax_rate: "0.05".parse::<Rate>().unwrap(),
        total_price: usd(minor),
        unit_price: usd(minor),
    };
    LineAdded { line, totals: totals(minor, minor / 20) }.into()
}

pub(crate) fn issued(subtotal: i64, tax: i64) -> InvoiceEvent {
    Issued {
        due_on: date!(2026 - 02 - 15),
        issued_on: date!(2026 - 02 - 01),
        items: vec![],
        number: "INV-202602-00001".to_owned(),
        schedules: Vec::new(),
        tax: TaxSnapshot {
            components: Vec::new(),
            jurisdiction: Some("CA-ON".parse().unwrap()),
            rounding: Rounding::default(),
            taxes: vec![],
        },
        totals: totals(subtotal, tax),
    }
    .into()
}

pub(crate) fn standing(paid: i64, balance: i64, credit: i64, status: Status) -> Standing {
    Standing { balance: usd(balance), credit: usd(credit), paid: usd(paid), status }
}

pub(crate) fn paid(minor: i64, standing: Standing) -> InvoiceEvent {
    PaymentSucceeded {
        amount: usd(minor),
        applied: usd(minor - standing.credit.minor()),
        credited: standing.credit,
        method: PaymentMethod::Check,
        payment_id: PAYMENT,
        received_on: date!(2026 - 02 - 03),
        reference: Some(sealed("reference")),
        standing,
    }
    .into()
}

pub(crate) fn refunded(minor: i64, standing: Standing) -> InvoiceEvent {
    RefundCreated {
        amount: usd(minor),
        created_on: date!(2026 - 02 - 04),
        from_credit: usd(0),
        items: vec![],
        method: PaymentMethod::Check,
        payment_id: PAYMENT,
        reason_code: "goodwill".parse().unwrap(),
        refund_id: REFUND,
        standing,
        tax: usd(0),
    }
    .into()
}
