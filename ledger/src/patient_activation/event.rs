//! What happened to a patient's billing state.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, serde::rfc3339};

use crate::values::{AnonymousRef, Currency, CycleKey, Money, Rate, Rounding, Sealed};

events! {
    /// What happened to a patient's billing state.
    pub enum PatientActivationEvent {
        /// The plan was sent to the patient for the first time: billed for from now on.
        Activated(Activated) = "billing.patient_activation.activated" @ 1;
        /// No longer billed for.
        Deactivated(Deactivated) = "billing.patient_activation.deactivated" @ 1;
        /// Billed for again.
        Reactivated(Reactivated) = "billing.patient_activation.reactivated" @ 1;
        /// The fee of one cycle fell due; at most once per patient and cycle.
        CycleBilled(CycleBilled) = "billing.patient_activation.cycle_billed" @ 1;
    }
}

/// See [`PatientActivationEvent::Activated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activated {
    /// When.
    #[serde(with = "rfc3339")]
    pub activated_at: OffsetDateTime,
    /// The patient's name, if it was given.
    pub name: Option<Sealed<String>>,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient.
    pub patient_id: Sealed<String>,
}

/// See [`PatientActivationEvent::Deactivated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deactivated {
    /// When.
    #[serde(with = "rfc3339")]
    pub deactivated_at: OffsetDateTime,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
}

/// See [`PatientActivationEvent::Reactivated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reactivated {
    /// When.
    #[serde(with = "rfc3339")]
    pub activated_at: OffsetDateTime,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
}

/// Why a cycle was billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingCause {
    /// Activated during the cycle.
    Activation,
    /// Active when the cycle began (or when a pause ended within it).
    CycleStart,
}

/// What an invoice needs to know to take the charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeTerms {
    /// The account's currency.
    pub currency: Currency,
    /// What one cycle costs.
    pub fee: Money,
    /// Days from issue to due date.
    pub payment_terms_days: u16,
    /// First day of the cycle after.
    pub period_ends_on: Date,
    /// First day of the cycle.
    pub period_starts_on: Date,
    /// How the invoice's tax is rounded.
    pub rounding: Rounding,
    /// The tax rate configured for that day.
    pub tax_rate: Rate,
}

/// See [`PatientActivationEvent::CycleBilled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CycleBilled {
    /// Why.
    pub cause: BillingCause,
    /// Which cycle.
    pub cycle: CycleKey,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// For which amount, on which invoice.
    pub terms: ChargeTerms,
}
