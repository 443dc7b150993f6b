//! The words that a statement's events use.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};
use time::Date;

use crate::values::{Code, Money, MoneyError, Sealed};

/// Where a statement stands, as people are told.
///
/// - **Source:** the sole-biller guide; `voided` is ours.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// Nothing is known under this id.
    #[default]
    Unknown,
    /// Drawn up.
    Drafted,
    /// May go out.
    Finalized,
    /// Handed over.
    Sent,
    /// Arrived.
    Delivered,
    /// Opened.
    Opened,
    /// Nothing is due any more.
    Paid,
    /// Overdue, at a level of the schedule.
    Escalated,
    /// The last attempt to deliver it failed.
    Failed,
    /// Taken back, or replaced before it was paid.
    Voided,
}

impl Lifecycle {
    /// As stored and said.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Drafted => "drafted",
            Self::Finalized => "finalized",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Opened => "opened",
            Self::Paid => "paid",
            Self::Escalated => "escalated",
            Self::Failed => "failed",
            Self::Voided => "voided",
        }
    }
}

impl fmt::Display for Lifecycle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// A way to write to a patient.
///
/// - **Source:** contract S4.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// An e-mail.
    Email,
    /// A letter on paper.
    PhysicalMail,
    /// A text message.
    Sms,
    /// The patient portal.
    PatientPortal,
}

impl Channel {
    /// All that there are.
    pub const ALL: [Self; 4] = [Self::Email, Self::PhysicalMail, Self::Sms, Self::PatientPortal];

    /// As stored and said.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhysicalMail => "physical_mail",
            Self::Sms => "sms",
            Self::PatientPortal => "patient_portal",
        }
    }
}

/// Who did something; the actor in the envelope says which key or policy it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The agent, under the founder's delegation.
    Agent,
    /// The founder.
    Founder,
    /// Somebody who works for the org.
    Staff,
}

/// One thing that was done for the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charge {
    /// What it costs.
    pub amount: Money,
    /// In words.
    pub description: Option<Sealed<String>>,
    /// As a procedure code, where it comes from a claim.
    pub procedure: Option<Code>,
    /// When it was done.
    pub service_on: Date,
}

/// How a patient can be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// E-mail address.
    pub email: Option<Sealed<String>>,
    /// The name to write to.
    pub name: Option<Sealed<String>>,
    /// In which ways the patient does not want to be written to.
    pub opted_out: BTreeSet<Channel>,
    /// Telephone number for text messages.
    pub phone: Option<Sealed<String>>,
    /// Postal address.
    pub physical_address: Option<Sealed<String>>,
    /// Whether the patient uses the portal.
    pub portal: bool,
}

impl Contacts {
    /// Whether the patient can be reached in this way, and wants to be.
    pub fn reach(&self, channel: Channel) -> bool {
        if self.opted_out.contains(&channel) {
            return false;
        }
        match channel {
            Channel::Email => self.email.is_some(),
            Channel::PhysicalMail => self.physical_address.is_some(),
            Channel::Sms => self.phone.is_some(),
            Channel::PatientPortal => self.portal,
        }
    }
}

/// A statement's money. Always: `patient_responsibility = total_charges − insurance_paid −
/// insurance_pending − adjustments` and `balance_due = patient_responsibility − patient_paid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Taken off: by contract, or given up.
    pub adjustments: Money,
    /// What is due; below zero it is the patient's money.
    pub balance_due: Money,
    /// What payers paid.
    pub insurance_paid: Money,
    /// What payers are still asked for; nothing where no claim is behind it.
    pub insurance_pending: Money,
    /// What the patient paid, less what went back.
    pub patient_paid: Money,
    /// What is the patient's to pay in all.
    pub patient_responsibility: Money,
    /// What it all costs.
    pub total_charges: Money,
}

/// The figures that the others follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Taken off.
    pub adjustments: Money,
    /// Paid by payers.
    pub insurance_paid: Money,
    /// Still asked of payers.
    pub insurance_pending: Money,
    /// Paid by the patient.
    pub patient_paid: Money,
    /// Of all charges.
    pub total_charges: Money,
}

impl Figures {
    /// The figures that follow.
    ///
    /// # Errors
    ///
    /// [`MoneyError`]: two currencies, or out of range.
    pub fn of(parts: Parts) -> Result<Self, MoneyError> {
        let Parts { adjustments, insurance_paid, insurance_pending, patient_paid, total_charges } =
            parts;
        let patient_responsibility =
            total_charges.minus(insurance_paid)?.minus(insurance_pending)?.minus(adjustments)?;
        Ok(Self {
            adjustments,
            balance_due: patient_responsibility.minus(patient_paid)?,
            insurance_paid,
            insurance_pending,
            patient_paid,
            patient_responsibility,
            total_charges,
        })
    }

    /// The figures after the patient paid more, or less than nothing.
    pub(in crate::statement) fn paying(self, amount: Money) -> Result<Self, MoneyError> {
        Self::of(Parts { patient_paid: self.patient_paid.plus(amount)?, ..self.parts() })
    }

    /// The figures after more was taken off, or less than nothing.
    pub(in crate::statement) fn adjusting(self, amount: Money) -> Result<Self, MoneyError> {
        Self::of(Parts { adjustments: self.adjustments.plus(amount)?, ..self.parts() })
    }

    const fn parts(self) -> Parts {
        Parts {
            adjustments: self.adjustments,
            insurance_paid: self.insurance_paid,
            insurance_pending: self.insurance_pending,
            patient_paid: self.patient_paid,
            total_charges: self.total_charges,
        }
    }
}
