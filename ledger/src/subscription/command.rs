//! Orders about an org's account.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{HoldReason, Limits, Prices};
use crate::{
    invoice::PaymentMethod,
    values::{Code, Currency, CycleKey, CycleRule, Money, Rate, Rounding, Sealed},
};

/// Orders about an org's account.
#[derive(Debug, Clone, PartialEq)]
pub enum SubscriptionCommand {
    /// Open the account; with the org, once.
    Open(Open),
    /// Set plan, prices and limits.
    ChangePlan(ChangePlan),
    /// Configure a tax rate from a day on.
    ConfigureTax(ConfigureTax),
    /// Begin a trial.
    StartTrial(StartTrial),
    /// Make billing active (ends a trial, clears past due).
    Activate(Activate),
    /// Say that the org owes too long.
    MarkPastDue(MarkPastDue),
    /// Cancel the account for good.
    Cancel(Cancel),
    /// Pause billing.
    Pause(Pause),
    /// Resume billing.
    Resume(Resume),
    /// Link to the payment provider's objects.
    LinkProvider(LinkProvider),
    /// Open a billing cycle; the latest one known or later.
    StartCycle(StartCycle),
    /// Keep a payment that fits no invoice.
    HoldPayment(HoldPayment),
    /// Give a held payment to an invoice.
    ReleaseHeldPayment(ReleaseHeldPayment),
    /// Send a held payment back to whom it came from.
    ReturnHeldPayment(ReturnHeldPayment),
    /// Take a payment back from the invoice it was given to.
    RegainHeldPayment(RegainHeldPayment),
}

/// See [`SubscriptionCommand::Open`].
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// Whether the job issues invoices when their cycle has ended.
    pub auto_issue: bool,
    /// Where bills go.
    pub contact_email: Option<Sealed<String>>,
    /// The account's one currency.
    pub currency: Currency,
    /// Anchor day and time zone.
    pub cycle: CycleRule,
    /// What is included.
    pub limits: Limits,
    /// Now.
    pub opened_at: OffsetDateTime,
    /// Days from issue to due date, at most 365.
    pub payment_terms_days: u16,
    /// The plan.
    pub plan: Code,
    /// Its prices, in the account's currency, not negative.
    pub prices: Prices,
    /// How tax is rounded.
    pub rounding: Rounding,
}

/// See [`SubscriptionCommand::ChangePlan`].
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePlan {
    /// What is included.
    pub limits: Limits,
    /// The plan.
    pub plan: Code,
    /// Its prices.
    pub prices: Prices,
}

/// See [`SubscriptionCommand::ConfigureTax`].
#[derive(Debug, Clone, PartialEq)]
pub struct ConfigureTax {
    /// For example `CA-ON`.
    pub jurisdiction: Code,
    /// The rate.
    pub rate: Rate,
    /// First day on which it holds.
    pub valid_from: Date,
}

/// See [`SubscriptionCommand::StartTrial`].
#[derive(Debug, Clone, PartialEq)]
pub struct StartTrial {
    /// Last day of the trial.
    pub ends_on: Date,
}

/// See [`SubscriptionCommand::Activate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Activate {
    /// Now.
    pub activated_at: OffsetDateTime,
}

/// See [`SubscriptionCommand::MarkPastDue`].
#[derive(Debug, Clone, PartialEq)]
pub struct MarkPastDue {
    /// Now.
    pub marked_at: OffsetDateTime,
    /// Why.
    pub reason_code: Code,
}

/// See [`SubscriptionCommand::Cancel`].
#[derive(Debug, Clone, PartialEq)]
pub struct Cancel {
    /// Now.
    pub canceled_at: OffsetDateTime,
    /// Why.
    pub reason_code: Code,
}

/// See [`SubscriptionCommand::Pause`].
#[derive(Debug, Clone, PartialEq)]
pub struct Pause {
    /// Now.
    pub paused_at: OffsetDateTime,
    /// Why.
    pub reason_code: Code,
}

/// See [`SubscriptionCommand::Resume`].
#[derive(Debug, Clone, PartialEq)]
pub struct Resume {
    /// Why, if said.
    pub reason_code: Option<Code>,
    /// Now.
    pub resumed_at: OffsetDateTime,
}

/// See [`SubscriptionCommand::LinkProvider`].
#[derive(Debug, Clone, PartialEq)]
pub struct LinkProvider {
    /// The provider's customer id.
    pub customer_id: Sealed<String>,
    /// The provider's subscription id.
    pub subscription_id: Option<Sealed<String>>,
}

/// See [`SubscriptionCommand::StartCycle`].
#[derive(Debug, Clone, PartialEq)]
pub struct StartCycle {
    /// Which; its start must not lie in the future.
    pub cycle: CycleKey,
    /// Now.
    pub now: OffsetDateTime,
}

/// See [`SubscriptionCommand::HoldPayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct HoldPayment {
    /// How much came in.
    pub amount: Money,
    /// The invoice it was meant for.
    pub invoice_id: Option<Uuid>,
    /// How it came.
    pub method: PaymentMethod,
    /// Identifies the payment; a second hold of the same payment changes nothing.
    pub payment_id: Uuid,
    /// Why it fits nowhere.
    pub reason: HoldReason,
    /// The day it was received.
    pub received_on: Date,
}

/// See [`SubscriptionCommand::ReleaseHeldPayment`]. Goes with the invoice's own command, in one
/// append.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseHeldPayment {
    /// Which payment; releasing it to the same invoice again changes nothing.
    pub payment_id: Uuid,
    /// The day, not before its last move.
    pub released_on: Date,
    /// To which invoice.
    pub to: Uuid,
}

/// See [`SubscriptionCommand::ReturnHeldPayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnHeldPayment {
    /// How much: all of it.
    pub amount: Money,
    /// Which way it goes.
    pub method: PaymentMethod,
    /// Which payment; returning it again changes nothing.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day, not before its last move.
    pub returned_on: Date,
}

/// See [`SubscriptionCommand::RegainHeldPayment`]. Goes with the invoice's own command, in one
/// append.
#[derive(Debug, Clone, PartialEq)]
pub struct RegainHeldPayment {
    /// How much: all of it.
    pub amount: Money,
    /// From which invoice.
    pub from: Uuid,
    /// Which payment; regaining it from the same invoice again changes nothing.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// The day, not before its last move.
    pub regained_on: Date,
}
