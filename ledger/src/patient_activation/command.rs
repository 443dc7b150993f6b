//! Orders about a patient's billing state.

use time::OffsetDateTime;

use super::ChargeTerms;
use crate::values::{AnonymousRef, Cycle, Sealed};

/// Orders about a patient's billing state.
#[derive(Debug, Clone, PartialEq)]
pub enum PatientActivationCommand {
    /// Bill for the patient from now on (also after a deactivation).
    Activate(Activate),
    /// Bill no longer.
    Deactivate(Deactivate),
    /// Bill one cycle, if the patient was active when it began and is not billed for it yet.
    BillCycle(BillCycle),
}

/// What the account says about the cycle in question; built from the account inside the
/// decision, never fetched by it.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleTerms {
    /// The cycle.
    pub cycle: Cycle,
    /// Price, tax and invoice dates.
    pub terms: ChargeTerms,
}

/// See [`PatientActivationCommand::Activate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Activate {
    /// When.
    pub activated_at: OffsetDateTime,
    /// The cycle that instant falls in, to be billed once.
    pub billing: CycleTerms,
    /// The patient's name.
    pub name: Option<Sealed<String>>,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient.
    pub patient_id: Sealed<String>,
}

/// See [`PatientActivationCommand::Deactivate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Deactivate {
    /// When.
    pub deactivated_at: OffsetDateTime,
}

/// See [`PatientActivationCommand::BillCycle`].
#[derive(Debug, Clone, PartialEq)]
pub struct BillCycle {
    /// The instant at which the patient must be active: the cycle's start, or the end of a
    /// pause within it.
    pub active_at: OffsetDateTime,
    /// The cycle to bill.
    pub billing: CycleTerms,
}
