//! What a claim says.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::values::{AnonymousRef, Code, Currency, Money, Npi, PriorAuthId, Sealed, Units};

/// What a claim says, as it goes to the payer.
///
/// - **Source:** X12 837P (X222A1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// CLM01: our own number of the claim, at most 20 characters; never a number of the patient.
    pub account: Code,
    /// NM109 of loop 2010AA.
    pub billing_npi: Option<Npi>,
    /// Of all amounts.
    pub currency: Currency,
    /// HI: ICD-10 codes without the point, the principal one first; at most twelve.
    pub diagnoses: Vec<Sealed<String>>,
    /// LX: the services; at most fifty.
    pub lines: Vec<ServiceLine>,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient; its subject is the patient.
    pub patient_id: Sealed<String>,
    /// Who pays, first to last; at most three.
    pub payers: Vec<Coverage>,
    /// CLM05-1.
    pub place_of_service: Option<Code>,
    /// NM109 of loop 2310B; left out when it is the billing provider.
    pub rendering_npi: Option<Npi>,
}

/// One of the claim's payers.
///
/// - **Source:** X12 837P, SBR and loop 2010BB.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// SBR09: `CI`, `MB`, `MC`, ….
    pub filing_code: Code,
    /// NM109 of loop 2010BA: the patient's number with the payer.
    pub member_id: Option<Sealed<String>>,
    /// NM109 of loop 2010BB.
    pub payer_id: Code,
}

/// One service.
///
/// - **Source:** X12 837P, loop 2400.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLine {
    /// SV102.
    pub charge: Money,
    /// SV107: which diagnoses, counted from one; at most four.
    pub diagnosis_pointers: Vec<u8>,
    /// Names the line; goes out and comes back as REF*6R.
    pub line_id: Uuid,
    /// SV101-3 to 6; at most four.
    pub modifiers: Vec<Code>,
    /// SV105, where it is not the claim's.
    pub place_of_service: Option<Code>,
    /// The payer's permission that the line draws on.
    pub prior_auth_id: Option<PriorAuthId>,
    /// SV101-2.
    pub procedure: Code,
    /// DTP*472, the last day.
    pub service_ends_on: Date,
    /// DTP*472, the first day.
    pub service_starts_on: Date,
    /// SV104.
    pub units: Units,
}

/// A payer's place in the order.
///
/// - **Source:** X12 837P, SBR01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayerOrder {
    /// `P`.
    Primary,
    /// `S`.
    Secondary,
    /// `T`.
    Tertiary,
}

impl PayerOrder {
    /// First to last.
    pub const ALL: [Self; 3] = [Self::Primary, Self::Secondary, Self::Tertiary];

    /// Counted from nought, as the claim's payers are.
    pub const fn index(self) -> usize {
        match self {
            Self::Primary => 0,
            Self::Secondary => 1,
            Self::Tertiary => 2,
        }
    }
}

/// What a submission is to the payer.
///
/// - **Source:** X12 837P, CLM05-3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// 1: a claim of its own.
    Original,
    /// 7: in place of one the payer has.
    Replacement,
    /// 8: takes back one the payer has.
    Void,
}

/// What a line takes from an authorization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineDraw {
    /// Which line.
    pub claim_line_id: Uuid,
    /// Which authorization.
    pub prior_auth_id: PriorAuthId,
    /// First day of service.
    pub service_on: Date,
    /// How many units.
    pub units: Units,
}
