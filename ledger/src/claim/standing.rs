//! Where a claim and its money stand.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::values::{Currency, Money, MoneyError};

/// Where a claim stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing is known under this id.
    #[default]
    Unknown,
    /// Being written.
    Draft,
    /// Sent; nobody but a machine has answered.
    Submitted,
    /// On its way to the payer (277CA `A0`, `A1`).
    Received,
    /// The payer works on it (277CA `A2`).
    Accepted,
    /// Not taken in; must be mended and sent again.
    Rejected,
    /// Answered by a payer.
    Adjudicated,
    /// Answered with no.
    Denied,
    /// The answer was taken back and no other has come.
    Reversed,
    /// The answer is disputed.
    Appealed,
    /// Taken back for good.
    Voided,
    /// Nothing is left to collect.
    Closed,
}

impl Status {
    /// The word that events and answers use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Adjudicated => "adjudicated",
            Self::Denied => "denied",
            Self::Reversed => "reversed",
            Self::Appealed => "appealed",
            Self::Voided => "voided",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// A claim's money. Always: `insurance_balance + patient_balance = charge − insurance_paid −
/// adjusted_insurance − adjusted_patient − patient_paid`, and each balance is its own part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Taken off what payers owe: by contract, or given up.
    pub adjusted_insurance: Money,
    /// Taken off what the patient owes: concessions and charity.
    pub adjusted_patient: Money,
    /// What the claim asks for, as it was sent last.
    pub charge: Money,
    /// What payers still owe (account 1110).
    pub insurance_balance: Money,
    /// What payers paid.
    pub insurance_paid: Money,
    /// What the patient still owes; below zero it is the patient's money (account 1120).
    pub patient_balance: Money,
    /// What the patient paid.
    pub patient_paid: Money,
    /// What the payers left to the patient.
    pub patient_share: Money,
    /// Where the claim stands.
    pub status: Status,
}

/// By how much the figures change, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) adjusted_insurance: i64,
    pub(super) adjusted_patient: i64,
    pub(super) charge: i64,
    pub(super) insurance_paid: i64,
    pub(super) patient_paid: i64,
    pub(super) patient_share: i64,
}

impl Standing {
    /// Nothing yet.
    pub(super) fn none(currency: Currency, status: Status) -> Self {
        let zero = Money::zero(currency);
        Self {
            adjusted_insurance: zero,
            adjusted_patient: zero,
            charge: zero,
            insurance_balance: zero,
            insurance_paid: zero,
            patient_balance: zero,
            patient_paid: zero,
            patient_share: zero,
            status,
        }
    }

    /// The figures after a change; the balances follow from the rest.
    pub(super) fn after(self, change: Change, status: Status) -> Result<Self, MoneyError> {
        let currency = self.charge.currency();
        let add = |amount: Money, minor| amount.plus(Money::from_minor(minor, currency));
        let adjusted_insurance = add(self.adjusted_insurance, change.adjusted_insurance)?;
        let adjusted_patient = add(self.adjusted_patient, change.adjusted_patient)?;
        let charge = add(self.charge, change.charge)?;
        let insurance_paid = add(self.insurance_paid, change.insurance_paid)?;
        let patient_paid = add(self.patient_paid, change.patient_paid)?;
        let patient_share = add(self.patient_share, change.patient_share)?;
        Ok(Self {
            adjusted_insurance,
            adjusted_patient,
            charge,
            insurance_balance: charge
                .minus(insurance_paid)?
                .minus(adjusted_insurance)?
                .minus(patient_share)?,
            insurance_paid,
            patient_balance: patient_share.minus(adjusted_patient)?.minus(patient_paid)?,
            patient_paid,
            patient_share,
            status,
        })
    }
}
