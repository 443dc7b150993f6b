//! Orders about the document: its lines, its issue, its status.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    invoice::{BillingPeriod, ChargeKey, InvoiceType, ItemType},
    values::{Code, Currency, Money, Rate, Rounding, Sealed},
};

/// See [`InvoiceCommand::Open`](super::InvoiceCommand::Open).
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

/// See [`InvoiceCommand::AddLine`](super::InvoiceCommand::AddLine).
#[derive(Debug, Clone, PartialEq)]
pub struct AddLine {
    /// Present where the charge may be taken only once; a second time changes nothing.
    pub charge: Option<ChargeKey>,
    /// The days it covers, where they are not the invoice's; at least one.
    pub covers: Option<BillingPeriod>,
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

/// See [`InvoiceCommand::RemoveLine`](super::InvoiceCommand::RemoveLine).
#[derive(Debug, Clone, PartialEq)]
pub struct RemoveLine {
    /// Which.
    pub line_id: Uuid,
}

/// See [`InvoiceCommand::RecalculateTotals`](super::InvoiceCommand::RecalculateTotals).
#[derive(Debug, Clone, PartialEq)]
pub struct RecalculateTotals {
    /// The account's rate now.
    pub configured_rate: Rate,
}

/// See [`InvoiceCommand::Issue`](super::InvoiceCommand::Issue).
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

/// See [`InvoiceCommand::MarkSent`](super::InvoiceCommand::MarkSent).
#[derive(Debug, Clone, PartialEq)]
pub struct MarkSent {
    /// When.
    pub sent_at: OffsetDateTime,
}

/// See [`InvoiceCommand::ReportPaid`](super::InvoiceCommand::ReportPaid).
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPaid {
    /// The day.
    pub reported_on: Date,
}

/// See [`InvoiceCommand::Reconcile`](super::InvoiceCommand::Reconcile).
#[derive(Debug, Clone, PartialEq)]
pub struct Reconcile {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`InvoiceCommand::MarkOverdue`](super::InvoiceCommand::MarkOverdue).
#[derive(Debug, Clone, PartialEq)]
pub struct MarkOverdue {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`InvoiceCommand::Cancel`](super::InvoiceCommand::Cancel).
#[derive(Debug, Clone, PartialEq)]
pub struct Cancel {
    /// The day.
    pub canceled_on: Date,
    /// Why.
    pub reason_code: Code,
}

/// See [`InvoiceCommand::LinkProvider`](super::InvoiceCommand::LinkProvider).
#[derive(Debug, Clone, PartialEq)]
pub struct LinkProvider {
    /// The provider's invoice id.
    pub provider_invoice_id: Sealed<String>,
}
