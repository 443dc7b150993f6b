//! What a payer says about one claim, as typed data.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::values::{Code, Money, Quantity};

/// Which payment it belongs to. A payment is known by this and not by the file it came in.
///
/// - **Source:** X12 835, TRN03 and TRN02.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentKey {
    /// The payer.
    pub payer_id: Code,
    /// Number of the check or transfer.
    pub trace: Code,
}

/// In which role, and how, the payer answered.
///
/// - **Source:** X12 835, CLP02 (the number in the comment).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdviceStatus {
    /// 1.
    Primary,
    /// 2.
    Secondary,
    /// 3.
    Tertiary,
    /// 4: nothing is paid.
    Denied,
    /// 19: sent on to the next payer.
    PrimaryForwarded,
    /// 20: sent on to the next payer.
    SecondaryForwarded,
    /// 21: sent on to the next payer.
    TertiaryForwarded,
    /// 22: an earlier answer is taken back.
    Reversal,
    /// 23: not this payer's claim, sent on.
    NotOursForwarded,
    /// 25: what would be paid; nothing is.
    Predetermination,
}

impl AdviceStatus {
    /// The status of a CLP02, if the standard knows it.
    pub fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "1" => Self::Primary,
            "2" => Self::Secondary,
            "3" => Self::Tertiary,
            "4" => Self::Denied,
            "19" => Self::PrimaryForwarded,
            "20" => Self::SecondaryForwarded,
            "21" => Self::TertiaryForwarded,
            "22" => Self::Reversal,
            "23" => Self::NotOursForwarded,
            "25" => Self::Predetermination,
            _ => return None,
        })
    }

    /// Whether the balance goes to the next payer and not to the patient.
    pub const fn is_forwarded(self) -> bool {
        matches!(
            self,
            Self::PrimaryForwarded
                | Self::SecondaryForwarded
                | Self::TertiaryForwarded
                | Self::NotOursForwarded
        )
    }
}

/// Who answers for an adjustment.
///
/// - **Source:** X12 835, CAS01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Group {
    /// The contract, or the payer without one: never the patient.
    Co,
    /// Somebody else, mostly an earlier payer (23).
    Oa,
    /// The payer, without a contract.
    Pi,
    /// The patient.
    Pr,
}

/// Why less (or, below zero, more) is paid than was charged.
///
/// - **Source:** X12 835, CAS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// How much less.
    pub amount: Money,
    /// Who answers for it.
    pub group: Group,
    /// How many units less.
    pub quantity: Option<Quantity>,
    /// Claim adjustment reason code.
    pub reason: Code,
}

/// What a payer says about a service line.
///
/// - **Source:** X12 835, SVC and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemittedLine {
    /// CAS of the line.
    pub adjustments: Vec<Adjustment>,
    /// SVC02.
    pub charge: Money,
    /// REF*6R: our line, if the payer repeats it.
    pub claim_line_id: Option<Uuid>,
    /// SVC03.
    pub paid: Money,
    /// SVC01, without qualifier and modifiers.
    pub procedure: Code,
    /// LQ*HE.
    pub remarks: Vec<Code>,
    /// SVC05.
    pub units: Option<Quantity>,
}

/// What a payer says about a claim.
///
/// - **Source:** X12 835, CLP and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemittedClaim {
    /// CLP01: the account we sent as CLM01.
    pub account: Code,
    /// CAS of the claim itself.
    pub adjustments: Vec<Adjustment>,
    /// CLP03.
    pub charge: Money,
    /// The lines, if the payer names any.
    pub lines: Vec<RemittedLine>,
    /// CLP04.
    pub paid: Money,
    /// CLP05; informational, and absent on a reversal.
    pub patient_responsibility: Option<Money>,
    /// CLP07.
    pub payer_claim_number: Option<Code>,
    /// CLP02.
    pub status: AdviceStatus,
}

impl RemittedClaim {
    /// Every adjustment, of the claim and of its lines.
    pub fn all_adjustments(&self) -> impl Iterator<Item = &Adjustment> {
        self.adjustments.iter().chain(self.lines.iter().flat_map(|line| &line.adjustments))
    }
}
