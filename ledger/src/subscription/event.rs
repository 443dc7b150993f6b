//! What happened to an org's account.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use crate::values::{Code, Currency, CycleKey, CycleRule, Money, Rate, Rounding, Sealed};

events! {
    /// What happened to an org's account.
    pub enum SubscriptionEvent {
        /// The org was created with its account.
        Opened(Opened) = "billing.subscription.opened" @ 1;
        /// Plan, prices or limits were set anew.
        PlanChanged(PlanChanged) = "billing.subscription.plan_changed" @ 1;
        /// A tax rate was configured, valid from a day on.
        TaxConfigured(TaxConfigured) = "billing.subscription.tax_configured" @ 1;
        /// A trial began.
        TrialStarted(TrialStarted) = "billing.subscription.trial_started" @ 1;
        /// Billing became active.
        Activated(Activated) = "billing.subscription.activated" @ 1;
        /// The org owes too long.
        PastDueMarked(PastDueMarked) = "billing.subscription.past_due_marked" @ 1;
        /// The account was canceled.
        Canceled(Canceled) = "billing.subscription.canceled" @ 1;
        /// Billing was paused.
        Paused(Paused) = "billing.subscription.paused" @ 1;
        /// Billing was resumed.
        Resumed(Resumed) = "billing.subscription.resumed" @ 1;
        /// The account was linked to the payment provider's objects.
        ProviderLinked(ProviderLinked) = "billing.subscription.provider_linked" @ 1;
        /// A billing cycle was opened: every patient then active is billed for it.
        CycleStarted(CycleStarted) = "billing.subscription.cycle_started" @ 1;
        /// Money came in that fits no invoice; it is kept and owned until resolved.
        PaymentHeld(PaymentHeld) = "billing.subscription.payment_held" @ 1;
        /// A held payment was given to an invoice.
        HeldPaymentReleased(HeldPaymentReleased) = "billing.subscription.held_payment_released" @ 1;
        /// A held payment was sent back to whom it came from.
        HeldPaymentReturned(HeldPaymentReturned) = "billing.subscription.held_payment_returned" @ 1;
        /// A payment that had been given to an invoice is held again.
        HeldPaymentRegained(HeldPaymentRegained) = "billing.subscription.held_payment_regained" @ 1;
    }
}

/// Prices of a plan, all in the org's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// For each patient and cycle. Default 2.00 (contract S1.3).
    pub activation_fee: Money,
    /// For setting an org up.
    pub setup_fee: Money,
}

/// What a plan includes; `None` is unlimited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bookings a month.
    pub bookings: Option<i64>,
    /// Bytes of storage.
    pub storage_bytes: Option<i64>,
    /// Workers.
    pub workers: Option<i64>,
}

/// See [`SubscriptionEvent::Opened`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Whether invoices are issued by the job when their cycle has ended.
    pub auto_issue: bool,
    /// Where bills go.
    pub contact_email: Option<Sealed<String>>,
    /// The account's one currency.
    pub currency: Currency,
    /// Anchor day and time zone.
    pub cycle: CycleRule,
    /// What is included.
    pub limits: Limits,
    /// When the account began.
    #[serde(with = "rfc3339")]
    pub opened_at: OffsetDateTime,
    /// Days from issue to due date.
    pub payment_terms_days: u16,
    /// The plan.
    pub plan: Code,
    /// Its prices.
    pub prices: Prices,
    /// How tax is rounded.
    pub rounding: Rounding,
}

/// See [`SubscriptionEvent::PlanChanged`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanChanged {
    /// What is included now.
    pub limits: Limits,
    /// The plan now.
    pub plan: Code,
    /// Its prices now.
    pub prices: Prices,
}

/// See [`SubscriptionEvent::TaxConfigured`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxConfigured {
    /// For example `CA-ON` or `CA-BC-GST`.
    pub jurisdiction: Code,
    /// The rate.
    pub rate: Rate,
    /// First day on which it holds.
    pub valid_from: Date,
}

/// See [`SubscriptionEvent::TrialStarted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialStarted {
    /// Last day of the trial.
    pub ends_on: Date,
}

/// See [`SubscriptionEvent::Activated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activated {
    /// When.
    #[serde(with = "rfc3339")]
    pub activated_at: OffsetDateTime,
}

/// See [`SubscriptionEvent::PastDueMarked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastDueMarked {
    /// When.
    #[serde(with = "rfc3339")]
    pub marked_at: OffsetDateTime,
    /// Why.
    pub reason_code: Code,
}

/// See [`SubscriptionEvent::Canceled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canceled {
    /// When.
    #[serde(with = "rfc3339")]
    pub canceled_at: OffsetDateTime,
    /// Why.
    pub reason_code: Code,
}

/// See [`SubscriptionEvent::Paused`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paused {
    /// When.
    #[serde(with = "rfc3339")]
    pub paused_at: OffsetDateTime,
    /// Why.
    pub reason_code: Code,
}

/// See [`SubscriptionEvent::Resumed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resumed {
    /// Why, if one was given.
    pub reason_code: Option<Code>,
    /// When.
    #[serde(with = "rfc3339")]
    pub resumed_at: OffsetDateTime,
}

/// See [`SubscriptionEvent::ProviderLinked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderLinked {
    /// The provider's customer id.
    pub customer_id: Sealed<String>,
    /// The provider's subscription id.
    pub subscription_id: Option<Sealed<String>>,
}

/// See [`SubscriptionEvent::CycleStarted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CycleStarted {
    /// Which.
    pub cycle: CycleKey,
    /// The instant it began.
    #[serde(with = "rfc3339")]
    pub starts_at: OffsetDateTime,
}

/// Why a payment fits no invoice.
///
/// - **Source:** contract S1.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// The invoice is in another currency.
    CurrencyMismatch,
    /// The invoice was canceled or was never issued.
    InvoiceNotOpen,
    /// No such invoice.
    UnknownInvoice,
}

/// See [`SubscriptionEvent::PaymentHeld`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentHeld {
    /// How much came in.
    pub amount: Money,
    /// The invoice it was meant for, if that was said.
    pub invoice_id: Option<Uuid>,
    /// Where it came from.
    pub method: crate::invoice::PaymentMethod,
    /// Identifies the payment.
    pub payment_id: Uuid,
    /// Why it fits nowhere.
    pub reason: HoldReason,
    /// The day it was received.
    pub received_on: Date,
}

/// See [`SubscriptionEvent::HeldPaymentReleased`]. Posts nothing; the invoice's event does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldPaymentReleased {
    /// How much.
    pub amount: Money,
    /// Which payment.
    pub payment_id: Uuid,
    /// The day.
    pub released_on: Date,
    /// To which invoice.
    pub to: Uuid,
}

/// See [`SubscriptionEvent::HeldPaymentReturned`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldPaymentReturned {
    /// How much.
    pub amount: Money,
    /// Which way it went.
    pub method: crate::invoice::PaymentMethod,
    /// Which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub returned_on: Date,
}

/// See [`SubscriptionEvent::HeldPaymentRegained`]. Posts nothing; the invoice's event does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldPaymentRegained {
    /// How much.
    pub amount: Money,
    /// From which invoice.
    pub from: Uuid,
    /// Which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day.
    pub regained_on: Date,
}
