//! Orders about an invoice.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{BillingPeriod, ChargeKey, InvoiceType, ItemType, PaymentMethod};
use crate::values::{Code, Currency, InvoiceId, Money, Rate, Rounding, Sealed};

/// Orders about an invoice.
#[derive(Debug, Clone, PartialEq)]
pub enum InvoiceCommand {
    /// Begin a draft; again with the same content changes nothing.
    Open(Open),
    /// Add a line; begins the draft first when there is none and `open` is given.
    AddLine(AddLine),
    /// Take a line off the draft.
    RemoveLine(RemoveLine),
    /// Work out the draft's tax from its lines and the configured rate.
    RecalculateTotals(RecalculateTotals),
    /// Give it number, due date and tax snapshot.
    Issue(Issue),
    /// Say that it went out.
    MarkSent(MarkSent),
    /// Record a payment in any of its states.
    RecordPayment(RecordPayment),
    /// Say that money which had arrived went back.
    ReversePayment(ReversePayment),
    /// Note that the provider calls the invoice paid.
    ReportPaid(ReportPaid),
    /// Work out the status from settled funds.
    Reconcile(Reconcile),
    /// Note that the due date has passed.
    MarkOverdue(MarkOverdue),
    /// Grant a refund.
    CreateRefund(CreateRefund),
    /// Say that a refund left our account.
    SettleRefund(SettleRefund),
    /// Say that a refund came back.
    FailRefund(FailRefund),
    /// Hand unapplied credit to another invoice (with `ApplyCredit` there, atomically).
    ReleaseCredit(ReleaseCredit),
    /// Take another invoice's credit as payment.
    ApplyCredit(ApplyCredit),
    /// Give up what is still owed.
    WriteOff(WriteOff),
    /// Void it: a draft always, an issued one while nothing was paid.
    Cancel(Cancel),
    /// Link to the provider's invoice.
    LinkProvider(LinkProvider),
}

/// See [`InvoiceCommand::Open`].
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// Its one currency.
    pub currency: Currency,
    /// The caller's own id of the customer.
    pub customer_id: Option<Sealed<String>>,
    /// What kind.
    pub invoice_type: InvoiceType,
    /// Days from issue to due date.
    pub payment_terms_days: u16,
    /// The days it covers; a monthly invoice must have one.
    pub period: Option<BillingPeriod>,
    /// How its tax is rounded.
    pub rounding: Rounding,
}

/// See [`InvoiceCommand::AddLine`].
#[derive(Debug, Clone, PartialEq)]
pub struct AddLine {
    /// Present where the charge may be taken only once; a second time changes nothing.
    pub charge: Option<ChargeKey>,
    /// What to call it.
    pub description: Option<Sealed<String>>,
    /// What it is for.
    pub item_type: ItemType,
    /// Identifies the line; a second time changes nothing.
    pub line_id: Uuid,
    /// Begins the draft with this when there is none.
    pub open: Option<Open>,
    /// How many, 1 to 1,000,000.
    pub quantity: i64,
    /// Whether the rate is the account's configured one.
    pub rate_configured: bool,
    /// The day of service.
    pub service_on: Date,
    /// Tax on top.
    pub tax_rate: Rate,
    /// The price of one, in the invoice's currency, not negative.
    pub unit_price: Money,
}

/// See [`InvoiceCommand::RemoveLine`].
#[derive(Debug, Clone, PartialEq)]
pub struct RemoveLine {
    /// Which.
    pub line_id: Uuid,
}

/// See [`InvoiceCommand::RecalculateTotals`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecalculateTotals {
    /// The account's rate now.
    pub configured_rate: Rate,
}

/// See [`InvoiceCommand::Issue`].
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// The account's rate on the day of issue, for lines that follow it.
    pub configured_rate: Rate,
    /// The day, in the org's zone.
    pub issued_on: Date,
    /// Which tax law.
    pub jurisdiction: Option<Code>,
    /// Given by the writer: the next number of the series `INV-YYYYMM`.
    pub number: Option<i64>,
}

/// See [`InvoiceCommand::MarkSent`].
#[derive(Debug, Clone, PartialEq)]
pub struct MarkSent {
    /// When.
    pub sent_at: OffsetDateTime,
}

/// How a payment stands.
///
/// - **Source:** contract S1.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// Announced.
    Pending,
    /// Arrived.
    Succeeded,
    /// Did not arrive.
    Failed,
}

/// See [`InvoiceCommand::RecordPayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPayment {
    /// How much, above zero.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Identifies the payment; the same state twice changes nothing, and a payment that
    /// succeeded is not undone by a late failure.
    pub payment_id: Uuid,
    /// Why it failed.
    pub reason_code: Option<Code>,
    /// The day.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
    /// How it stands.
    pub state: PaymentState,
}

/// See [`InvoiceCommand::ReversePayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReversePayment {
    /// Which.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub reversed_on: Date,
}

/// See [`InvoiceCommand::ReportPaid`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPaid {
    /// The day.
    pub reported_on: Date,
}

/// See [`InvoiceCommand::Reconcile`].
#[derive(Debug, Clone, PartialEq)]
pub struct Reconcile {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`InvoiceCommand::MarkOverdue`].
#[derive(Debug, Clone, PartialEq)]
pub struct MarkOverdue {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`InvoiceCommand::CreateRefund`].
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRefund {
    /// How much, above zero and not above what was received and not yet refunded.
    pub amount: Money,
    /// The day.
    pub created_on: Date,
    /// Which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Identifies the refund; a second time changes nothing.
    pub refund_id: Uuid,
}

/// See [`InvoiceCommand::SettleRefund`].
#[derive(Debug, Clone, PartialEq)]
pub struct SettleRefund {
    /// Which.
    pub refund_id: Uuid,
    /// The day.
    pub settled_on: Date,
}

/// See [`InvoiceCommand::FailRefund`].
#[derive(Debug, Clone, PartialEq)]
pub struct FailRefund {
    /// The day.
    pub failed_on: Date,
    /// Which.
    pub refund_id: Uuid,
}

/// See [`InvoiceCommand::ReleaseCredit`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseCredit {
    /// How much.
    pub amount: Money,
    /// To which invoice.
    pub to: InvoiceId,
}

/// See [`InvoiceCommand::ApplyCredit`].
#[derive(Debug, Clone, PartialEq)]
pub struct ApplyCredit {
    /// How much.
    pub amount: Money,
    /// The day.
    pub applied_on: Date,
    /// From which invoice.
    pub from: InvoiceId,
}

/// See [`InvoiceCommand::WriteOff`].
#[derive(Debug, Clone, PartialEq)]
pub struct WriteOff {
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Why; mandatory.
    pub reason_code: Code,
    /// The day.
    pub written_off_on: Date,
}

/// See [`InvoiceCommand::Cancel`].
#[derive(Debug, Clone, PartialEq)]
pub struct Cancel {
    /// The day.
    pub canceled_on: Date,
    /// Why.
    pub reason_code: Code,
}

/// See [`InvoiceCommand::LinkProvider`].
#[derive(Debug, Clone, PartialEq)]
pub struct LinkProvider {
    /// The provider's invoice id.
    pub provider_invoice_id: Sealed<String>,
}
