//! What stands on a patient's statement.

use time::Date;

use super::{Issuer, Party};
use crate::values::Money;

/// One charge of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeRow {
    /// The day of service.
    pub service_on: Date,
    /// What was done.
    pub text: String,
    /// Codes and the like, in small letters.
    pub detail: Option<String>,
    /// What was charged.
    pub amount: Money,
}

/// A patient's statement as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementDocument {
    /// The practice.
    pub practice: Issuer,
    /// The patient, or whoever pays for them.
    pub patient: Party,
    /// `STMT-…`.
    pub number: String,
    /// The day it was made.
    pub issued_on: Date,
    /// When payment is due.
    pub due_on: Option<Date>,
    /// What was done.
    pub charges: Vec<ChargeRow>,
    /// Sum of the charges.
    pub charged: Money,
    /// What insurance paid.
    pub insurance_paid: Money,
    /// What insurance is still asked for.
    pub insurance_pending: Money,
    /// What was taken off: contractual write-offs, discounts.
    pub adjusted: Money,
    /// What the patient paid.
    pub paid: Money,
    /// What is owed.
    pub balance: Money,
    /// An offer to pay in instalments.
    pub plan_offer: Option<String>,
    /// What else there is to say, paragraph by paragraph.
    pub notes: Vec<String>,
}
