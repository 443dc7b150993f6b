//! What the agent never does.

use serde::{Deserialize, Serialize};

/// A hard boundary of the agent.
///
/// - **Source:** contract S4.3; the last two are ours, for a founder who wants more caution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HardBoundary {
    /// It never looks at or changes medical records.
    AccessMedicalRecords,
    /// It never changes a balance or a charge.
    AlterBalancesOrCharges,
    /// It never forgives what a patient owes.
    ForgiveBalances,
    /// It never changes what a clinician wrote.
    ModifyClinicalDocumentation,
    /// It never files anything with a court or an authority.
    SubmitLegalFilings,
    /// It never triggers the last level of the escalation schedule.
    TriggerLastLevel,
    /// It never writes text messages.
    SendTextMessages,
}

impl HardBoundary {
    /// Those that stand whatever is configured.
    pub const ALWAYS: [Self; 5] = [
        Self::AccessMedicalRecords,
        Self::AlterBalancesOrCharges,
        Self::ForgiveBalances,
        Self::ModifyClinicalDocumentation,
        Self::SubmitLegalFilings,
    ];

    /// All that there are.
    pub const ALL: [Self; 7] = [
        Self::AccessMedicalRecords,
        Self::AlterBalancesOrCharges,
        Self::ForgiveBalances,
        Self::ModifyClinicalDocumentation,
        Self::SubmitLegalFilings,
        Self::TriggerLastLevel,
        Self::SendTextMessages,
    ];

    /// As stored and said.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AccessMedicalRecords => "access_medical_records",
            Self::AlterBalancesOrCharges => "alter_balances_or_charges",
            Self::ForgiveBalances => "forgive_balances",
            Self::ModifyClinicalDocumentation => "modify_clinical_documentation",
            Self::SubmitLegalFilings => "submit_legal_filings",
            Self::TriggerLastLevel => "trigger_last_level",
            Self::SendTextMessages => "send_text_messages",
        }
    }
}
