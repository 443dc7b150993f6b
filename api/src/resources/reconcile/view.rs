//! An invoice's status beside its money, as finance sees it.

use projections::{
    engine::Worded,
    reconcile::{Entry, Held, InvoiceEntry},
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::instant;

/// What can be done about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuickAction {
    /// reconcile, payments or timeline.
    action: &'static str,
    /// How.
    method: &'static str,
    /// Where.
    href: String,
}

/// An invoice's status beside its money, or a payment that fits no invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReconcileView {
    /// invoice or held_payment.
    kind: &'static str,
    /// Which invoice, or the one a held payment was meant for.
    invoice_id: Option<Uuid>,
    /// The held payment.
    payment_id: Option<Uuid>,
    /// The invoice's number.
    invoice_number: Option<String>,
    /// Where it says it stands; `held` for a payment.
    status: String,
    /// What reconciling would set.
    expected_status: Option<String>,
    /// How status and money disagree, or why a payment is held; null when all is well.
    mismatch: Option<String>,
    /// ISO 4217; `*_cents` are its minor units.
    currency: String,
    /// What was billed, or the payment's amount.
    total_cents: i64,
    /// Settled funds.
    paid_cents: i64,
    /// Still owed.
    outstanding_cents: i64,
    /// Overpaid and not used.
    credit_cents: i64,
    /// Payments that succeeded and stand.
    succeeded_payment_count: i64,
    /// Attempts to collect that failed.
    failed_payment_count: i64,
    /// When the last money was received.
    last_payment_at: Option<String>,
    /// The day the last money was received.
    last_payment_on: Option<Date>,
    /// When payment is due.
    due_date: Option<Date>,
    /// What can be done about it.
    quick_actions: Vec<QuickAction>,
}

impl From<Entry> for ReconcileView {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Invoice(entry) => entry.into(),
            Entry::HeldPayment(held) => held.into(),
        }
    }
}

impl From<InvoiceEntry> for ReconcileView {
    fn from(entry: InvoiceEntry) -> Self {
        let id = entry.invoice_id.uuid();
        Self {
            kind: "invoice",
            invoice_id: Some(id),
            payment_id: None,
            invoice_number: entry.number,
            status: entry.status.word().to_owned(),
            expected_status: Some(entry.expected_status.word().to_owned()),
            mismatch: entry.mismatch.map(|mismatch| mismatch.word().to_owned()),
            currency: entry.total.currency().to_string(),
            total_cents: entry.total.minor(),
            paid_cents: entry.settled.minor(),
            outstanding_cents: entry.outstanding.minor(),
            credit_cents: entry.credit.minor(),
            succeeded_payment_count: entry.succeeded_payments,
            failed_payment_count: entry.failed_attempts,
            last_payment_at: entry.last_payment_at.map(instant),
            last_payment_on: entry.last_payment_on,
            due_date: entry.due_on,
            quick_actions: actions(id),
        }
    }
}

impl From<Held> for ReconcileView {
    fn from(held: Held) -> Self {
        Self {
            kind: "held_payment",
            invoice_id: held.invoice_id.map(|id| id.uuid()),
            payment_id: Some(held.payment_id),
            invoice_number: None,
            status: "held".to_owned(),
            expected_status: None,
            mismatch: held.reason.map(|reason| reason.word().to_owned()),
            currency: held.amount.currency().to_string(),
            total_cents: held.amount.minor(),
            paid_cents: held.amount.minor(),
            outstanding_cents: 0,
            credit_cents: 0,
            succeeded_payment_count: 1,
            failed_payment_count: 0,
            last_payment_at: None,
            last_payment_on: held.received_on,
            due_date: None,
            quick_actions: vec![],
        }
    }
}

fn actions(id: Uuid) -> Vec<QuickAction> {
    vec![
        QuickAction {
            action: "reconcile",
            method: "POST",
            href: format!("/v1/admin/finance/invoices/{id}/reconcile"),
        },
        QuickAction {
            action: "payments",
            method: "GET",
            href: format!("/v1/billing/payment-status/{id}"),
        },
        QuickAction {
            action: "timeline",
            method: "GET",
            href: format!("/v1/admin/timeline/invoice/{id}"),
        },
    ]
}

/// Figures before or after a repair.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Figures {
    pub(super) status: String,
    pub(super) paid_cents: i64,
    pub(super) outstanding_cents: i64,
    pub(super) succeeded_payment_count: i64,
}
