//! The words that events about invoices are made of.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::values::{AnonymousRef, Code, CycleKey, Money, Rate, Rounding, Sealed};

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

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Present where the charge may be taken only once.
    pub charge: Option<ChargeKey>,
    /// The days it covers, where they are not the invoice's.
    pub covers: Option<BillingPeriod>,
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

/// One of the taxes that a rate is made of.
///
/// - **Source:** `domain-facts.md` 5 (QST 9.975 % beside GST 5 %).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxComponent {
    /// What it is taken on.
    pub base: Money,
    /// Its name: `GST`, `HST`, `QST`, …
    pub name: Code,
    /// Its rate.
    pub rate: Rate,
    /// The tax.
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

/// Taxes as they were when the invoice was issued; never worked out again.
///
/// - **Source:** contract S2.14.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxSnapshot {
    /// The tax by name, where the jurisdiction has several (GST and QST); sums to the tax.
    pub components: Vec<TaxComponent>,
    /// Which tax law, if one is configured.
    pub jurisdiction: Option<Code>,
    /// How halves were rounded.
    pub rounding: Rounding,
    /// Tax per rate, lowest rate first; rates above zero only.
    pub taxes: Vec<TaxOfRate>,
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
