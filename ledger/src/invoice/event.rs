//! What happened to an invoice. Events carry results (totals, balances), so that no reader
//! repeats the arithmetic.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use crate::values::{
    AnonymousRef, Code, Currency, CycleKey, InvoiceId, Money, Rate, Rounding, Sealed,
};

events! {
    /// What happened to an invoice.
    pub enum InvoiceEvent {
        /// A draft was begun.
        Opened(Opened) = "billing.invoice.opened" @ 1;
        /// A line was added to the draft.
        LineAdded(LineAdded) = "billing.invoice.line_added" @ 1;
        /// A line was taken off the draft.
        LineRemoved(LineRemoved) = "billing.invoice.line_removed" @ 1;
        /// The draft's tax was worked out anew from its lines.
        TotalsRecalculated(TotalsRecalculated) = "billing.invoice.totals_recalculated" @ 1;
        /// It has its number and its tax snapshot; from now on it does not change.
        Issued(Issued) = "billing.invoice.issued" @ 1;
        /// It was sent to the customer.
        Sent(Sent) = "billing.invoice.sent" @ 1;
        /// Money is on its way.
        PaymentPending(PaymentPending) = "billing.invoice.payment_pending" @ 1;
        /// Money arrived.
        PaymentSucceeded(PaymentSucceeded) = "billing.invoice.payment_succeeded" @ 1;
        /// An attempt to collect failed; no money moved.
        PaymentFailed(PaymentFailed) = "billing.invoice.payment_failed" @ 1;
        /// Money that had arrived went back (returned cheque, reversed debit).
        PaymentReversed(PaymentReversed) = "billing.invoice.payment_reversed" @ 1;
        /// The provider reports the invoice as paid, whatever we know of the money.
        PaidReported(PaidReported) = "billing.invoice.paid_reported" @ 1;
        /// The status was worked out anew from settled funds.
        Reconciled(Reconciled) = "billing.invoice.reconciled" @ 1;
        /// The due date passed with money still owed.
        OverdueMarked(OverdueMarked) = "billing.invoice.overdue_marked" @ 1;
        /// A refund was granted.
        RefundCreated(RefundCreated) = "billing.invoice.refund_created" @ 1;
        /// The refund left our account.
        RefundSettled(RefundSettled) = "billing.invoice.refund_settled" @ 1;
        /// The refund came back; we still owe it.
        RefundFailed(RefundFailed) = "billing.invoice.refund_failed" @ 1;
        /// Unapplied credit was handed to another invoice.
        CreditReleased(CreditReleased) = "billing.invoice.credit_released" @ 1;
        /// Credit of another invoice was taken as payment.
        CreditApplied(CreditApplied) = "billing.invoice.credit_applied" @ 1;
        /// What is still owed was given up.
        WrittenOff(WrittenOff) = "billing.invoice.written_off" @ 1;
        /// It is void; an issued number stays used.
        Canceled(Canceled) = "billing.invoice.canceled" @ 1;
        /// It was linked to the payment provider's invoice.
        ProviderLinked(ProviderLinked) = "billing.invoice.provider_linked" @ 1;
    }
}

/// Kinds of invoices.
///
/// - **Source:** contract S1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceType {
    /// One a cycle.
    Monthly,
    /// For setting the org up; once.
    SetupFee,
    /// Anything else.
    OneOff,
}

/// What a line is for; decides its revenue account and its standard description.
///
/// - **Source:** contract S1.2 (`item_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemType {
    /// One patient for one cycle. Account 4010.
    PatientActivation,
    /// Setting the org up: deferred, account 2000.
    SetupFee,
    /// A plan's fee, billed ahead: deferred, account 2000.
    Subscription,
    /// A service delivered when charged. Account 4000.
    OneOff,
}

/// Where an invoice stands, as the API says it.
///
/// - **Source:** contract S1.2. `Sent` is issued and open (`sent_at` tells whether it went out).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Lines may still change.
    #[default]
    Draft,
    /// Issued; nothing settled yet.
    Sent,
    /// Settled in part.
    Partial,
    /// Settled.
    Paid,
    /// Past its due date with money owed.
    Overdue,
    /// Collecting failed, or what was owed is written off.
    Failed,
    /// Void.
    Canceled,
}

/// How money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Through Stripe: account 1010 until it is paid out.
    Stripe,
    /// Card outside Stripe; account 1000.
    Card,
    /// Bank transfer; account 1000.
    BankTransfer,
    /// Cheque; account 1000.
    Check,
    /// Cash; account 1000.
    Cash,
    /// Anything else; account 1000.
    Other,
}

/// What a charge may be taken for only once: one patient, one cycle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeKey {
    /// Which cycle.
    pub cycle: CycleKey,
    /// Which patient.
    pub patient: AnonymousRef,
}

/// The days an invoice covers: from the first, up to but without the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillingPeriod {
    /// First day after.
    pub ends_on: Date,
    /// First day.
    pub starts_on: Date,
}

/// See [`InvoiceEvent::Opened`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The invoice's one currency.
    pub currency: Currency,
    /// The caller's own id of the customer.
    pub customer_id: Option<Sealed<String>>,
    /// What kind.
    pub invoice_type: InvoiceType,
    /// Days from issue to due date.
    pub payment_terms_days: u16,
    /// The days it covers, if it covers any.
    pub period: Option<BillingPeriod>,
    /// How its tax is rounded.
    pub rounding: Rounding,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Present where the charge may be taken only once.
    pub charge: Option<ChargeKey>,
    /// What to call it, where the standard text of the item type is not enough.
    pub description: Option<Sealed<String>>,
    /// What it is for.
    pub item_type: ItemType,
    /// Identifies the line.
    pub line_id: Uuid,
    /// How many, above zero.
    pub quantity: i64,
    /// Whether the rate came from the account's configuration and follows it until issue.
    pub rate_configured: bool,
    /// The day of service.
    pub service_on: Date,
    /// Tax on top; zero is exempt.
    pub tax_rate: Rate,
    /// Quantity times unit price.
    pub total_price: Money,
    /// The price of one.
    pub unit_price: Money,
}

/// See [`InvoiceEvent::LineAdded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineAdded {
    /// The line.
    pub line: Line,
    /// Totals with it.
    pub totals: Totals,
}

/// See [`InvoiceEvent::LineRemoved`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRemoved {
    /// Which.
    pub line_id: Uuid,
    /// Totals without it.
    pub totals: Totals,
}

/// What an invoice adds up to; tax is rounded once per rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Sum of the lines.
    pub subtotal: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// Sum of the lines with a rate above zero.
    pub taxable_subtotal: Money,
    /// Subtotal and tax.
    pub total: Money,
}

/// Tax of one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxOfRate {
    /// What it is taken on.
    pub base: Money,
    /// The rate.
    pub rate: Rate,
    /// The tax, rounded once.
    pub tax: Money,
}

/// Revenue of one item type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemTotal {
    /// Sum of the lines of this type.
    pub amount: Money,
    /// The item type.
    pub item_type: ItemType,
}

/// See [`InvoiceEvent::TotalsRecalculated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsRecalculated {
    /// The rate that lines with a configured rate have now.
    pub configured_rate: Rate,
    /// Totals with it.
    pub totals: Totals,
}

/// Taxes as they were when the invoice was issued; never worked out again.
///
/// - **Source:** contract S2.14.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxSnapshot {
    /// Which tax law, if one is configured.
    pub jurisdiction: Option<Code>,
    /// How halves were rounded.
    pub rounding: Rounding,
    /// Tax per rate, lowest rate first; rates above zero only.
    pub taxes: Vec<TaxOfRate>,
}

/// See [`InvoiceEvent::Issued`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// When payment is due.
    pub due_on: Date,
    /// The day it was issued, in the org's zone.
    pub issued_on: Date,
    /// Revenue per item type, for the journal.
    pub items: Vec<ItemTotal>,
    /// Gapless number, `INV-YYYYMM-NNNNN`.
    pub number: String,
    /// Taxes, fixed.
    pub tax: TaxSnapshot,
    /// Totals, fixed.
    pub totals: Totals,
}

/// See [`InvoiceEvent::Sent`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// When.
    #[serde(with = "rfc3339")]
    pub sent_at: OffsetDateTime,
}

/// What stands after a movement of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Still owed: total less everything settled, credited or given up.
    pub balance: Money,
    /// Overpaid and not yet applied or refunded.
    pub credit: Money,
    /// Applied to this invoice so far, credits of other invoices included.
    pub paid: Money,
    /// Where the invoice stands now.
    pub status: Status,
}

/// See [`InvoiceEvent::PaymentPending`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentPending {
    /// How much is on its way.
    pub amount: Money,
    /// How it comes.
    pub method: PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// The day it was announced.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
}

/// See [`InvoiceEvent::PaymentSucceeded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentSucceeded {
    /// How much arrived.
    pub amount: Money,
    /// How much of it settled this invoice.
    pub applied: Money,
    /// How much is left over as unapplied credit.
    pub credited: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// The day it was received.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::PaymentFailed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentFailed {
    /// How much was asked.
    pub amount: Money,
    /// The day.
    pub failed_on: Date,
    /// How it was asked.
    pub method: PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// Why, as a code.
    pub reason_code: Option<Code>,
    /// Where the invoice stands now.
    pub status: Status,
}

/// See [`InvoiceEvent::PaymentReversed`]. The status stays until somebody reconciles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentReversed {
    /// How much went back.
    pub amount: Money,
    /// How much of it had settled this invoice.
    pub from_applied: Money,
    /// How much of it was unapplied credit.
    pub from_credit: Money,
    /// How it had come.
    pub method: PaymentMethod,
    /// Which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub reversed_on: Date,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::PaidReported`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaidReported {
    /// The day of the report.
    pub reported_on: Date,
    /// Where the invoice stands now.
    pub status: Status,
}

/// Figures before or after a reconciliation.
///
/// - **Source:** contract S2.13 (audit).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReconcileFigures {
    /// Still owed.
    pub outstanding: Money,
    /// Settled.
    pub paid: Money,
    /// Where the invoice stood.
    pub status: Status,
    /// How many payments succeeded and stand.
    pub succeeded_payments: i64,
}

/// See [`InvoiceEvent::Reconciled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reconciled {
    /// As it is now.
    pub after: ReconcileFigures,
    /// As it was.
    pub before: ReconcileFigures,
    /// The day of the repair, in the org's zone.
    pub reconciled_on: Date,
}

/// See [`InvoiceEvent::OverdueMarked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverdueMarked {
    /// The day it was noticed.
    pub marked_on: Date,
}

/// See [`InvoiceEvent::RefundCreated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundCreated {
    /// How much.
    pub amount: Money,
    /// The day.
    pub created_on: Date,
    /// How much comes out of unapplied credit.
    pub from_credit: Money,
    /// How much cuts revenue, per item type (net of tax).
    pub items: Vec<ItemTotal>,
    /// Which way it goes back.
    pub method: PaymentMethod,
    /// Which payment is refunded.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Identifies the refund.
    pub refund_id: Uuid,
    /// What stands now.
    pub standing: Standing,
    /// How much cuts the tax owed.
    pub tax: Money,
}

/// See [`InvoiceEvent::RefundSettled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundSettled {
    /// How much.
    pub amount: Money,
    /// Which way it went.
    pub method: PaymentMethod,
    /// Which refund.
    pub refund_id: Uuid,
    /// The day.
    pub settled_on: Date,
}

/// See [`InvoiceEvent::RefundFailed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundFailed {
    /// How much.
    pub amount: Money,
    /// The day.
    pub failed_on: Date,
    /// Which way it was meant to go.
    pub method: PaymentMethod,
    /// Which refund.
    pub refund_id: Uuid,
    /// Whether it had been settled before, so that the money is back in our account.
    pub was_settled: bool,
}

/// See [`InvoiceEvent::CreditReleased`]. Posts nothing; the other invoice's event does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditReleased {
    /// How much.
    pub amount: Money,
    /// What stands now.
    pub standing: Standing,
    /// To which invoice.
    pub to: InvoiceId,
}

/// See [`InvoiceEvent::CreditApplied`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditApplied {
    /// How much.
    pub amount: Money,
    /// The day.
    pub applied_on: Date,
    /// From which invoice.
    pub from: InvoiceId,
    /// What stands now.
    pub standing: Standing,
}

/// See [`InvoiceEvent::WrittenOff`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenOff {
    /// How much: all that was still owed.
    pub amount: Money,
    /// A remark, if one was made.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// What stands now.
    pub standing: Standing,
    /// The day.
    pub written_off_on: Date,
}

/// See [`InvoiceEvent::Canceled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canceled {
    /// The day.
    pub canceled_on: Date,
    /// Revenue taken back per item type; empty for a draft.
    pub items: Vec<ItemTotal>,
    /// Why.
    pub reason_code: Code,
    /// Tax taken back; zero for a draft.
    pub tax: Money,
    /// Receivable taken back; zero for a draft.
    pub total: Money,
}

/// See [`InvoiceEvent::ProviderLinked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderLinked {
    /// The provider's invoice id.
    pub provider_invoice_id: Sealed<String>,
}

/// The word the API uses.
impl std::fmt::Display for Status {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Partial => "partial",
            Self::Paid => "paid",
            Self::Overdue => "overdue",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        })
    }
}
