//! What a claim remembers of what it says: enough to look it over and to recognize its lines.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::Date;
use uuid::Uuid;

use super::{ClaimError, Content, Finding, LineDraw, Problem, ServiceLine};
use crate::values::{AnonymousRef, Code, Currency, Money, Npi, PriorAuthId, Units};

/// X12 837P: loop 2400.
const MOST_LINES: usize = 50;
/// X12 837P: HI.
const MOST_DIAGNOSES: usize = 12;
/// X12 837P: SV101-3 to 6 and SV107.
const MOST_PER_LINE: usize = 4;
/// X12 837P: CLM01 has 38, but not every payer returns more than 20.
const MOST_ACCOUNT: usize = 20;

/// The content without what is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Outline {
    pub(super) account: Code,
    pub(super) billing_npi: Option<Npi>,
    pub(super) currency: Currency,
    pub(super) diagnoses: usize,
    pub(super) has_place: bool,
    pub(super) lines: Vec<OutlineLine>,
    pub(super) patient: AnonymousRef,
    pub(super) payers: Vec<OutlinePayer>,
    pub(super) rendering_npi: Option<Npi>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OutlinePayer {
    pub(super) has_member: bool,
    pub(super) payer_id: Code,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OutlineLine {
    pub(super) charge_minor: i64,
    pub(super) ends_on: Date,
    pub(super) line_id: Uuid,
    pub(super) pointers: Vec<u8>,
    pub(super) prior_auth_id: Option<PriorAuthId>,
    pub(super) procedure: Code,
    pub(super) starts_on: Date,
    pub(super) units: Units,
}

impl Outline {
    pub(super) fn of(content: &Content) -> Self {
        let payers = content.payers.iter().map(|payer| OutlinePayer {
            has_member: payer.member_id.is_some(),
            payer_id: payer.payer_id.clone(),
        });
        Self {
            account: content.account.clone(),
            billing_npi: content.billing_npi,
            currency: content.currency,
            diagnoses: content.diagnoses.len(),
            has_place: content.place_of_service.is_some(),
            lines: content.lines.iter().map(OutlineLine::of).collect(),
            patient: content.patient.clone(),
            payers: payers.collect(),
            rendering_npi: content.rendering_npi,
        }
    }

    /// What the lines come to: CLM02 is the sum of SV102.
    pub(super) fn charge(&self) -> Result<Money, ClaimError> {
        let total = self.lines.iter().try_fold(0_i64, |sum, line| {
            sum.checked_add(line.charge_minor).ok_or(ClaimError::AmountOutOfRange)
        })?;
        Ok(Money::from_minor(total, self.currency))
    }

    /// What the lines take from authorizations.
    pub(super) fn draws(&self) -> Vec<LineDraw> {
        let draw = |line: &OutlineLine| {
            Some(LineDraw {
                claim_line_id: line.line_id,
                prior_auth_id: line.prior_auth_id?,
                service_on: line.starts_on,
                units: line.units,
            })
        };
        self.lines.iter().filter_map(draw).collect()
    }

    /// Our line behind a line of an answer: the one the payer names, or the only one with the
    /// procedure.
    pub(super) fn recognize(&self, named: Option<Uuid>, procedure: &Code) -> Option<Uuid> {
        if let Some(line) = self.lines.iter().find(|line| Some(line.line_id) == named) {
            return Some(line.line_id);
        }
        let mut alike = self.lines.iter().filter(|line| line.procedure == *procedure);
        match (alike.next(), alike.next()) {
            (Some(only), None) => Some(only.line_id),
            _ => None,
        }
    }

    /// What a payer would not take. An empty list means that the claim can go.
    pub(super) fn findings(&self, today: Date) -> Vec<Finding> {
        let total: i64 =
            self.lines.iter().fold(0, |sum, line| sum.saturating_add(line.charge_minor));
        let of_claim = [
            (self.lines.is_empty(), Problem::NoLine),
            (!self.lines.is_empty() && total <= 0, Problem::ChargeNotPositive),
            (self.billing_npi.is_none(), Problem::BillingNpiMissing),
            (self.billing_npi.is_some_and(|npi| !npi.checks_out()), Problem::BillingNpiInvalid),
            (self.rendering_npi.is_some_and(|npi| !npi.checks_out()), Problem::RenderingNpiInvalid),
            (
                self.rendering_npi.is_some() && self.rendering_npi == self.billing_npi,
                Problem::RenderingIsBilling,
            ),
            (self.payers.is_empty(), Problem::PayerMissing),
            (self.payers.iter().any(|payer| !payer.has_member), Problem::MemberIdMissing),
            (self.diagnoses == 0, Problem::DiagnosisMissing),
            (!self.has_place, Problem::PlaceOfServiceMissing),
        ];
        let of_claim = of_claim.into_iter().filter(|(is_so, _)| *is_so);
        let mut findings: Vec<Finding> =
            of_claim.map(|(_, problem)| Finding { line: None, problem }).collect();
        for (number, line) in (1_u8..).zip(&self.lines) {
            let problems = line.problems(self.diagnoses, today);
            findings.extend(problems.map(|problem| Finding { line: Some(number), problem }));
        }
        findings
    }

    pub(super) fn weight(&self) -> usize {
        let lines: usize = self.lines.iter().map(|line| 160 + line.pointers.capacity()).sum();
        256 + lines + self.payers.len() * 64
    }
}

impl OutlineLine {
    fn of(line: &ServiceLine) -> Self {
        Self {
            charge_minor: line.charge.minor(),
            ends_on: line.service_ends_on,
            line_id: line.line_id,
            pointers: line.diagnosis_pointers.clone(),
            prior_auth_id: line.prior_auth_id,
            procedure: line.procedure.clone(),
            starts_on: line.service_starts_on,
            units: line.units,
        }
    }

    fn problems(&self, diagnoses: usize, today: Date) -> impl Iterator<Item = Problem> + use<> {
        let outside = |pointer: &u8| *pointer == 0 || usize::from(*pointer) > diagnoses;
        let problems = [
            (self.units.is_zero(), Problem::UnitsMissing),
            (self.pointers.is_empty(), Problem::PointerMissing),
            (self.pointers.iter().any(outside), Problem::PointerOutOfRange),
            (self.ends_on < self.starts_on, Problem::ServiceDatesBackwards),
            (self.ends_on.max(self.starts_on) > today, Problem::ServiceInFuture),
        ];
        problems.into_iter().filter(|(is_so, _)| *is_so).map(|(_, problem)| problem)
    }
}

/// What no claim can hold, whatever a payer would say.
pub(super) fn check(content: &Content) -> Result<(), ClaimError> {
    let most = |what: Part, count: usize, most: usize| {
        if count > most { Err(ClaimError::TooMany { count, most, part: what }) } else { Ok(()) }
    };
    most(Part::AccountCharacters, content.account.as_str().len(), MOST_ACCOUNT)?;
    most(Part::Lines, content.lines.len(), MOST_LINES)?;
    most(Part::Diagnoses, content.diagnoses.len(), MOST_DIAGNOSES)?;
    most(Part::Payers, content.payers.len(), super::PayerOrder::ALL.len())?;
    let mut ids = std::collections::BTreeSet::new();
    for line in &content.lines {
        most(Part::Modifiers, line.modifiers.len(), MOST_PER_LINE)?;
        most(Part::Pointers, line.diagnosis_pointers.len(), MOST_PER_LINE)?;
        if line.charge.currency() != content.currency {
            let (given, claim) = (line.charge.currency(), content.currency);
            return Err(ClaimError::CurrencyMismatch { claim, given });
        }
        if line.charge.is_negative() {
            return Err(ClaimError::ChargeNegative { charge: line.charge });
        }
        if !ids.insert(line.line_id) {
            return Err(ClaimError::LineTwice { line_id: line.line_id });
        }
    }
    Ok(())
}

/// What a claim can have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Of CLM01.
    AccountCharacters,
    /// HI.
    Diagnoses,
    /// LX.
    Lines,
    /// SV101.
    Modifiers,
    /// SBR.
    Payers,
    /// SV107.
    Pointers,
}

/// Tells one content from another, sealed parts included.
pub(super) fn fingerprint(content: &Content) -> String {
    // Our contents always have a JSON form.
    let bytes = crate::canonical(content).unwrap_or_default();
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
