//! What happened to the invoice as a document: its lines, its issue, its status.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use super::{
    BillingPeriod, InvoiceType, ItemCut, ItemTotal, Line, ReconcileFigures, Schedule, Status,
    TaxComponent, TaxOfRate, TaxSnapshot, Totals,
};
use crate::values::{Code, Currency, Money, Rate, Rounding, Sealed};

/// See [`InvoiceEvent::Opened`](super::InvoiceEvent::Opened).
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

/// See [`InvoiceEvent::LineAdded`](super::InvoiceEvent::LineAdded).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineAdded {
    /// The line.
    pub line: Line,
    /// Totals with it.
    pub totals: Totals,
}

/// See [`InvoiceEvent::LineRemoved`](super::InvoiceEvent::LineRemoved).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRemoved {
    /// Which.
    pub line_id: Uuid,
    /// Totals without it.
    pub totals: Totals,
}

/// See [`InvoiceEvent::TotalsRecalculated`](super::InvoiceEvent::TotalsRecalculated).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsRecalculated {
    /// The rate that lines with a configured rate have now.
    pub configured_rate: Rate,
    /// Totals with it.
    pub totals: Totals,
}

/// See [`InvoiceEvent::Issued`](super::InvoiceEvent::Issued).
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
    /// What was billed ahead, and how it is earned.
    pub schedules: Vec<Schedule>,
    /// Taxes, fixed.
    pub tax: TaxSnapshot,
    /// Totals, fixed.
    pub totals: Totals,
}

/// See [`InvoiceEvent::Sent`](super::InvoiceEvent::Sent).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// When.
    #[serde(with = "rfc3339")]
    pub sent_at: OffsetDateTime,
}

/// See [`InvoiceEvent::PaidReported`](super::InvoiceEvent::PaidReported).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaidReported {
    /// The day of the report.
    pub reported_on: Date,
    /// Where the invoice stands now.
    pub status: Status,
}

/// See [`InvoiceEvent::Reconciled`](super::InvoiceEvent::Reconciled).
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

/// See [`InvoiceEvent::OverdueMarked`](super::InvoiceEvent::OverdueMarked).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverdueMarked {
    /// The day it was noticed.
    pub marked_on: Date,
}

/// See [`InvoiceEvent::Canceled`](super::InvoiceEvent::Canceled).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canceled {
    /// The day.
    pub canceled_on: Date,
    /// The tax taken back, named as the snapshot names it; empty for a draft, and where an older
    /// event names none.
    pub components: Vec<TaxComponent>,
    /// Revenue taken back per item type; empty for a draft.
    pub items: Vec<ItemCut>,
    /// Why.
    pub reason_code: Code,
    /// Tax taken back; zero for a draft.
    pub tax: Money,
    /// Base and tax taken back per rate; empty for a draft, and where an older event does not tell.
    pub taxes: Vec<TaxOfRate>,
    /// Receivable taken back; zero for a draft.
    pub total: Money,
}

/// See [`InvoiceEvent::ProviderLinked`](super::InvoiceEvent::ProviderLinked).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderLinked {
    /// The provider's invoice id.
    pub provider_invoice_id: Sealed<String>,
}
