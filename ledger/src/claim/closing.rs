//! The end of a claim.

use super::{Claim, ClaimError, Close, Closed, Decision, Frequency, Status, Void};

impl Claim {
    /// Only where no payer can have it; a payer's claim is taken back by a submission.
    pub(super) fn void(&self, Void { reason_code, voided_on }: Void) -> Decision {
        self.known()?;
        let was_original =
            self.filing.as_ref().is_none_or(|filing| filing.frequency == Frequency::Original);
        match self.status() {
            Status::Voided => Ok(vec![]),
            Status::Draft => Ok(vec![self.voided(Some(reason_code), voided_on)?.into()]),
            Status::Rejected if was_original && self.posted.is_empty() => {
                if let Some((id, _)) = self.write_offs.iter().find(|(_, kept)| !kept.reversed) {
                    return Err(ClaimError::WriteOffStands { write_off_id: *id });
                }
                Ok(vec![self.voided(Some(reason_code), voided_on)?.into()])
            }
            status => Err(ClaimError::PayerHasIt { status }),
        }
    }

    /// A claim closes when nothing is left to collect or to give back.
    pub(super) fn close(&self, Close { closed_on }: Close) -> Decision {
        self.known()?;
        let standing = self.standing()?;
        match standing.status {
            Status::Closed => return Ok(vec![]),
            Status::Adjudicated | Status::Denied | Status::Reversed => {}
            status => {
                return Err(match self.appeal {
                    Some(appeal_id) => ClaimError::AppealOpen { appeal_id },
                    None => ClaimError::NotAnswered { status },
                });
            }
        }
        let (insurance, patient) = (standing.insurance_balance, standing.patient_balance);
        if !insurance.is_zero() || !patient.is_zero() {
            return Err(ClaimError::StillOwed { insurance, patient });
        }
        Ok(vec![Closed { closed_on }.into()])
    }
}
