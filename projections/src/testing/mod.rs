//! Events for the tests of read models.

pub(crate) mod claims;
pub(crate) mod remittances;
pub(crate) mod statements;

use ledger::{
    invoice::{
        CreditNoteIssued, CreditNoteVoided, DisputeOpened, InvoiceEvent, InvoiceType, Issued,
        ItemCut, ItemType, Line, LineAdded, Opened, PaymentMethod, PaymentSucceeded, RefundCreated,
        Standing, Status, TaxSnapshot, Totals,
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
pub(crate) const NOTE: Uuid = Uuid::from_u128(6);
pub(crate) const DISPUTE: Uuid = Uuid::from_u128(8);

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
    RefundCreated { standing, ..refund(minor, 0) }.into()
}

/// A refund that cuts so much tax, of a paid invoice.
pub(crate) fn refund_of(minor: i64, tax: i64) -> InvoiceEvent {
    refund(minor, tax).into()
}

fn refund(minor: i64, tax: i64) -> RefundCreated {
    RefundCreated {
        components: vec![],
        taxes: vec![],
        amount: usd(minor),
        created_on: date!(2026 - 02 - 04),
        from_credit: usd(0),
        items: vec![],
        method: PaymentMethod::Check,
        payment_id: PAYMENT,
        reason_code: "goodwill".parse().unwrap(),
        refund_id: REFUND,
        standing: standing(0, 0, 0, Status::Paid),
        tax: usd(tax),
    }
}

/// A refund that cuts revenue.
pub(crate) fn refund_cutting(minor: i64, items: Vec<ItemCut>) -> InvoiceEvent {
    RefundCreated { items, ..refund(minor, 0) }.into()
}

fn cut(minor: i64) -> Vec<ItemCut> {
    vec![ItemCut { amount: usd(minor), deferred: usd(0), item_type: ItemType::OneOff }]
}

/// A credit note that settles what is owed.
pub(crate) fn credit_note(net: i64, tax: i64) -> InvoiceEvent {
    CreditNoteIssued {
        applied: usd(net + tax),
        components: vec![],
        credit_note_id: NOTE,
        credited: usd(0),
        issued_on: date!(2026 - 02 - 10),
        items: cut(net),
        lines: vec![],
        note: None,
        number: "CN-202602-00001".to_owned(),
        reason_code: "mistake".parse().unwrap(),
        standing: standing(0, 0, 0, Status::Paid),
        tax: usd(tax),
        taxes: vec![],
        total: usd(net + tax),
    }
    .into()
}

/// Its mirror.
pub(crate) fn credit_note_voided(net: i64, tax: i64) -> InvoiceEvent {
    CreditNoteVoided {
        applied: usd(net + tax),
        components: vec![],
        credit_note_id: NOTE,
        credited: usd(0),
        items: cut(net),
        number: "CN-202602-00001".to_owned(),
        reason_code: "mistake".parse().unwrap(),
        standing: standing(0, net + tax, 0, Status::Sent),
        tax: usd(tax),
        taxes: vec![],
        total: usd(net + tax),
        voided_on: date!(2026 - 02 - 11),
    }
    .into()
}

/// All of a payment of 4.20 is disputed.
pub(crate) fn dispute_opened() -> InvoiceEvent {
    DisputeOpened {
        amount: usd(420),
        dispute_id: DISPUTE,
        fee: usd(1_500),
        from_applied: usd(420),
        from_credit: usd(0),
        method: PaymentMethod::Stripe,
        opened_on: date!(2026 - 03 - 01),
        payment_id: PAYMENT,
        reason_code: "fraudulent".parse().unwrap(),
        standing: standing(0, 420, 0, Status::Sent),
    }
    .into()
}
