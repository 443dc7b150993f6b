//! What people decide about a claim's money: further payers, write-offs, appeals.

use super::{
    AppealDecided, AppealFiled, BillPatient, Claim, ClaimError, DecideAppeal, Decision, FileAppeal,
    Frequency, PatientBilled, ReverseWriteOff, Status, WriteOff, WriteOffKind, WriteOffReversed,
    WrittenOff, adjudicating::share, aggregate::Kept, standing::Change,
};
use crate::values::Money;

impl Claim {
    /// What was kept for a further payer is the patient's to pay.
    pub(super) fn bill_patient(&self, BillPatient { billed_on }: BillPatient) -> Decision {
        let outline = self.known()?;
        if self.patient_billed {
            return Ok(vec![]);
        }
        if !self.has_standing_answer() || self.status() == Status::Voided {
            return Err(ClaimError::NotAnswered { status: self.status() });
        }
        let before = self.standing()?;
        let share = Money::from_minor(share(&self.posted, outline, true)?, outline.currency);
        let patient_share_change = share.minus(before.patient_share)?;
        let change = Change { patient_share: patient_share_change.minor(), ..Change::default() };
        let standing = before.after(change, self.open_status())?;
        Ok(vec![PatientBilled { billed_on, patient_share_change, standing }.into()])
    }

    /// A denial is never written off by itself; somebody decides, and for no more than is owed.
    pub(super) fn write_off(&self, command: WriteOff) -> Decision {
        self.known()?;
        let WriteOff { amount, kind, note, reason_code, write_off_id, written_off_on } = command;
        if let Some(known) = self.write_offs.get(&write_off_id) {
            return if (known.amount, known.kind) == (amount, kind) {
                Ok(vec![])
            } else {
                Err(ClaimError::WriteOffExists { amount: known.amount, write_off_id })
            };
        }
        let filing = self.filing.as_ref().ok_or(ClaimError::NotSubmitted)?;
        if !amount.is_positive() {
            return Err(ClaimError::AmountNotPositive { amount });
        }
        if filing.frequency == Frequency::Void && self.status() != Status::Rejected {
            return Err(ClaimError::VoidPending);
        }
        if let Some(appeal_id) = self.appeal
            && !kind.is_patients()
        {
            return Err(ClaimError::AppealOpen { appeal_id });
        }
        let before = self.standing()?;
        let owed =
            if kind.is_patients() { before.patient_balance } else { before.insurance_balance };
        if amount.minus(owed)?.is_positive() {
            return Err(ClaimError::MoreThanOwed { asked: amount, owed });
        }
        let standing = before.after(adjusted(kind, amount.minor()), self.open_status())?;
        let written_off =
            WrittenOff { amount, kind, note, reason_code, standing, write_off_id, written_off_on };
        Ok(vec![written_off.into()])
    }

    pub(super) fn reverse_write_off(&self, command: ReverseWriteOff) -> Decision {
        self.known()?;
        let ReverseWriteOff { reason_code, reversed_on, write_off_id } = command;
        let Kept { amount, kind, reversed } = *self
            .write_offs
            .get(&write_off_id)
            .ok_or(ClaimError::UnknownWriteOff { write_off_id })?;
        if reversed {
            return Ok(vec![]);
        }
        let change = adjusted(kind, amount.negated()?.minor());
        let standing = self.standing()?.after(change, self.open_status())?;
        let reversed =
            WriteOffReversed { amount, kind, reason_code, reversed_on, standing, write_off_id };
        Ok(vec![reversed.into()])
    }

    pub(super) fn file_appeal(&self, command: FileAppeal) -> Decision {
        self.known()?;
        let FileAppeal { appeal_id, due_on, filed_on, note, reason_code } = command;
        if self.appeals.contains(&appeal_id) {
            return Ok(vec![]);
        }
        match self.status() {
            Status::Adjudicated | Status::Denied => {
                Ok(vec![AppealFiled { appeal_id, due_on, filed_on, note, reason_code }.into()])
            }
            status => match self.appeal {
                Some(appeal_id) => Err(ClaimError::AppealOpen { appeal_id }),
                None => Err(ClaimError::NotAnswered { status }),
            },
        }
    }

    pub(super) fn decide_appeal(&self, command: DecideAppeal) -> Decision {
        self.known()?;
        let DecideAppeal { appeal_id, decided_on, outcome } = command;
        if self.appeal != Some(appeal_id) {
            return if self.appeals.contains(&appeal_id) {
                Ok(vec![])
            } else {
                Err(ClaimError::UnknownAppeal { appeal_id })
            };
        }
        let decided = Self { appeal: None, ..self.clone() };
        let status = decided.status_by(&decided.posted);
        Ok(vec![AppealDecided { appeal_id, decided_on, outcome, status }.into()])
    }

    /// Where the claim stands once money moves on it: closed no longer.
    pub(super) fn open_status(&self) -> Status {
        match self.status() {
            Status::Closed => self.status_by(&self.posted),
            status => status,
        }
    }
}

fn adjusted(kind: WriteOffKind, minor: i64) -> Change {
    if kind.is_patients() {
        Change { adjusted_patient: minor, ..Change::default() }
    } else {
        Change { adjusted_insurance: minor, ..Change::default() }
    }
}
