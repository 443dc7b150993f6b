//! Invoices, lines and payments, as callers see them.

use ledger::{documents::item_text, values::Money};
use projections::{
    engine::Worded,
    invoice_lines::Line,
    invoices::Invoice,
    payment_status::{Payment, Refund},
};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::{instant, number};

/// An invoice. Amounts are decimal strings of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceView {
    /// Names the invoice.
    pub(crate) invoice_id: Uuid,
    /// The org it belongs to.
    office_id: Uuid,
    /// `INV-YYYYMM-NNNNN`, once issued.
    number: Option<String>,
    /// monthly, setup_fee or one_off.
    invoice_type: String,
    /// draft, sent, partial, paid, overdue, failed or canceled.
    pub(crate) status: String,
    /// First day it covers.
    billing_period_start: Option<Date>,
    /// Last day it covers.
    billing_period_end: Option<Date>,
    /// ISO 4217.
    currency: String,
    /// Sum of the lines.
    subtotal: String,
    /// Sum of the lines with a tax rate above zero.
    taxable_subtotal: String,
    /// Sum of the taxes.
    tax_amount: String,
    /// Subtotal and tax.
    total_amount: String,
    /// Settled so far, credits of other invoices included.
    amount_paid: String,
    /// Still owed; zero before it is issued.
    balance_due: String,
    /// Overpaid, neither applied elsewhere nor refunded.
    unapplied_credit: String,
    /// Given up.
    amount_written_off: String,
    /// Refunds granted.
    amount_refunded: String,
    /// Lines on it.
    line_count: i64,
    /// The day it was issued.
    issue_date: Option<Date>,
    /// When payment is due.
    due_date: Option<Date>,
    /// When it went out.
    sent_at: Option<String>,
    /// The day it was voided.
    canceled_on: Option<Date>,
    /// The caller's own id of the customer, as it was sent; masked for some roles.
    customer_id: Value,
    /// The payment provider's id; masked for some roles.
    stripe_invoice_id: Option<String>,
    /// When it was begun.
    created_at: String,
    /// When it changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    pub(crate) version: i64,
}

impl InvoiceView {
    pub(super) fn of(
        org: Uuid,
        invoice: &Invoice,
        customer_id: Value,
        stripe_invoice_id: Option<String>,
    ) -> Self {
        let period = invoice.period;
        Self {
            invoice_id: invoice.invoice_id.uuid(),
            office_id: org,
            number: invoice.number.clone(),
            invoice_type: invoice.invoice_type.word().to_owned(),
            status: invoice.status.word().to_owned(),
            billing_period_start: period.map(|(starts_on, _)| starts_on),
            billing_period_end: period.and_then(|(_, ends_on)| ends_on.previous_day()),
            currency: invoice.total.currency().to_string(),
            subtotal: invoice.subtotal.to_string(),
            taxable_subtotal: invoice.taxable_subtotal.to_string(),
            tax_amount: invoice.tax.to_string(),
            total_amount: invoice.total.to_string(),
            amount_paid: invoice.paid.to_string(),
            balance_due: invoice.balance.to_string(),
            unapplied_credit: invoice.credit.to_string(),
            amount_written_off: invoice.written_off.to_string(),
            amount_refunded: invoice.refunded.to_string(),
            line_count: invoice.line_count,
            issue_date: invoice.issued_on,
            due_date: invoice.due_on,
            sent_at: invoice.sent_at.map(instant),
            canceled_on: invoice.canceled_on,
            customer_id,
            stripe_invoice_id,
            created_at: instant(invoice.created_at),
            updated_at: instant(invoice.updated_at),
            version: invoice.version,
        }
    }
}

/// One line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InvoiceLineView)]
pub(crate) struct LineView {
    /// Names the line.
    line_item_id: Uuid,
    /// On which invoice.
    invoice_id: Uuid,
    /// What it is called; the standard text of its type where it has none or it is masked.
    description: String,
    /// How many.
    quantity: i64,
    /// The price of one.
    unit_price: String,
    /// Quantity times unit price.
    total_price: String,
    /// ISO 4217.
    currency: String,
    /// patient_activation, setup_fee, subscription or one_off.
    item_type: String,
    /// A fraction of one.
    #[schema(value_type = f64)]
    tax_rate: serde_json::Number,
    /// The patient as invoices know them; for internal tracking only.
    anonymous_patient_ref: Option<String>,
    /// The cycle it charges, `YYYY-MM`.
    cycle: Option<String>,
    /// The day of service.
    service_date: Date,
}

impl LineView {
    pub(super) fn of(invoice_id: Uuid, line: &Line, description: Option<String>) -> Self {
        Self {
            line_item_id: line.line_id,
            invoice_id,
            description: description.unwrap_or_else(|| item_text(line.item_type).to_owned()),
            quantity: line.quantity,
            unit_price: line.unit_price.to_string(),
            total_price: line.total_price.to_string(),
            currency: line.total_price.currency().to_string(),
            item_type: line.item_type.word().to_owned(),
            tax_rate: number(&line.tax_rate),
            anonymous_patient_ref: line.anonymous_patient_ref.clone(),
            cycle: line.cycle.map(|cycle| cycle.to_string()),
            service_date: line.service_on,
        }
    }
}

/// One payment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentView {
    /// Names the payment.
    payment_id: Uuid,
    /// pending, succeeded, failed, refunded or reversed.
    status: String,
    /// stripe, card, bank_transfer, check, cash or other.
    method: String,
    /// How much.
    amount: String,
    /// How much of it settled the invoice.
    amount_applied: String,
    /// How much was left over as unapplied credit.
    amount_credited: String,
    /// How much was granted back.
    amount_refunded: String,
    /// The day it was received or announced.
    received_on: Date,
    /// Why it failed or was reversed.
    reason_code: Option<String>,
    /// Cheque number, provider id, …; masked for some roles.
    reference: Option<String>,
    /// When it was first heard of.
    created_at: String,
    /// When it changed last.
    updated_at: String,
    /// Its refunds.
    refunds: Vec<RefundView>,
}

/// One refund.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefundView {
    /// Names the refund.
    refund_id: Uuid,
    /// created, settled or failed.
    status: String,
    /// How much.
    amount: String,
    /// The day it was granted.
    created_on: Date,
    /// Why.
    reason_code: Option<String>,
}

impl PaymentView {
    pub(super) fn of(payment: &Payment, reference: Option<String>) -> Self {
        Self {
            payment_id: payment.payment_id,
            status: payment.state.word().to_owned(),
            method: payment.method.word().to_owned(),
            amount: payment.amount.to_string(),
            amount_applied: payment.applied.to_string(),
            amount_credited: payment.credited.to_string(),
            amount_refunded: payment.refunded.to_string(),
            received_on: payment.received_on,
            reason_code: payment.reason_code.clone(),
            reference,
            created_at: instant(payment.created_at),
            updated_at: instant(payment.updated_at),
            refunds: payment.refunds.iter().map(RefundView::of).collect(),
        }
    }
}

impl RefundView {
    fn of(refund: &Refund) -> Self {
        Self {
            refund_id: refund.refund_id,
            status: refund.stands.word().to_owned(),
            amount: refund.amount.to_string(),
            created_on: refund.created_on,
            reason_code: refund.reason_code.clone(),
        }
    }
}

/// Whole minor units, as the guide's `*_cents` fields have them.
pub(super) fn cents(amount: Money) -> i64 {
    amount.minor()
}
