//! The patient's money on the claim. The statement takes it in and enters it in the books; the
//! claim is told, in the same append, so that it knows what the patient still owes.

use super::{
    ApplyPatientPayment, Claim, ClaimError, Decision, PatientPaymentApplied,
    PatientPaymentWithdrawn, WithdrawPatientPayment, standing::Change,
};

impl Claim {
    pub(super) fn apply_patient_payment(&self, command: ApplyPatientPayment) -> Decision {
        self.known()?;
        let ApplyPatientPayment { amount, applied_on, payment_id } = command;
        if let Some(known) = self.payments.get(&payment_id) {
            return if known.amount == amount {
                Ok(vec![])
            } else {
                Err(ClaimError::PaymentExists { amount: known.amount, payment_id })
            };
        }
        if !amount.is_positive() {
            return Err(ClaimError::AmountNotPositive { amount });
        }
        let before = self.standing()?;
        let owed = before.patient_balance;
        if amount.minus(owed)?.is_positive() {
            return Err(ClaimError::MoreThanOwed { asked: amount, owed });
        }
        let change = Change { patient_paid: amount.minor(), ..Change::default() };
        let standing = before.after(change, self.open_status())?;
        Ok(vec![PatientPaymentApplied { amount, applied_on, payment_id, standing }.into()])
    }

    pub(super) fn withdraw_patient_payment(&self, command: WithdrawPatientPayment) -> Decision {
        self.known()?;
        let WithdrawPatientPayment { amount, payment_id, withdrawal_id, withdrawn_on } = command;
        if self.withdrawals.contains(&withdrawal_id) {
            return Ok(vec![]);
        }
        let known =
            self.payments.get(&payment_id).ok_or(ClaimError::UnknownPayment { payment_id })?;
        if !amount.is_positive() {
            return Err(ClaimError::AmountNotPositive { amount });
        }
        let owed = known.amount.minus(known.withdrawn)?;
        if amount.minus(owed)?.is_positive() {
            return Err(ClaimError::MoreThanOwed { asked: amount, owed });
        }
        let change = Change { patient_paid: amount.negated()?.minor(), ..Change::default() };
        let standing = self.standing()?.after(change, self.open_status())?;
        let withdrawn = PatientPaymentWithdrawn {
            amount,
            amount_in_all: known.withdrawn.plus(amount)?,
            payment_id,
            standing,
            withdrawal_id,
            withdrawn_on,
        };
        Ok(vec![withdrawn.into()])
    }
}
