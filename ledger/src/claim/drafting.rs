//! Writing a claim, and looking it over.

use time::Date;

use super::{
    Claim, ClaimError, Decision, Draft, Drafted, Finding, Revise, Revised, Status, Validate,
    Validated,
    outline::{Outline, check, fingerprint},
};

impl Claim {
    pub(super) fn draft(&self, Draft { content }: Draft) -> Decision {
        check(&content)?;
        if let Some(known) = &self.outline {
            // The data of a person is sealed anew each time, so it cannot be compared.
            return if *known == Outline::of(&content) {
                Ok(vec![])
            } else {
                Err(ClaimError::Exists { status: self.status() })
            };
        }
        Ok(vec![Drafted { content }.into()])
    }

    /// Until it is over; what the payer has changes with the next submission only.
    pub(super) fn revise(&self, Revise { content }: Revise) -> Decision {
        let known = self.known()?;
        if matches!(self.status(), Status::Closed | Status::Voided) {
            return Err(ClaimError::NotOpen { status: self.status() });
        }
        if (&known.account, &known.patient) != (&content.account, &content.patient) {
            return Err(ClaimError::OtherClaim);
        }
        if known.currency != content.currency {
            let (claim, given) = (known.currency, content.currency);
            return Err(ClaimError::CurrencyMismatch { claim, given });
        }
        check(&content)?;
        if self.fingerprint == fingerprint(&content) {
            return Ok(vec![]);
        }
        Ok(vec![Revised { content }.into()])
    }

    pub(super) fn validate(&self, Validate { today }: Validate) -> Decision {
        let findings = self.known()?.findings(today);
        if self.validated.as_ref() == Some(&findings) {
            return Ok(vec![]);
        }
        Ok(vec![Validated { findings, validated_on: today }.into()])
    }

    /// What a payer would not take if it were sent on a day; `None` for a claim not known.
    pub fn findings(&self, today: Date) -> Option<Vec<Finding>> {
        self.outline.as_ref().map(|outline| outline.findings(today))
    }

    pub(super) fn known(&self) -> Result<&Outline, ClaimError> {
        self.outline.as_ref().ok_or(ClaimError::Unknown)
    }
}
