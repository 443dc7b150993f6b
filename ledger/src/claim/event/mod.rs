//! What happened to a claim.

mod filing;
mod paying;

pub use filing::*;
pub use paying::*;

use super::upcast;

events! {
    /// What happened to a claim.
    pub enum ClaimEvent {
        /// It was begun.
        Drafted(Drafted) = "billing.claim.drafted" @ 1;
        /// It says something else now; the payer does not know yet.
        Revised(Revised) = "billing.claim.revised" @ 1;
        /// It was looked over.
        Validated(Validated) = "billing.claim.validated" @ 1;
        /// It went to a payer.
        Submitted(Submitted) = "billing.claim.submitted" @ 2, from 1 => upcast::submitted_v1;
        /// Somebody on the way to the payer, or the payer, answered whether it was taken in.
        Acknowledged(Acknowledged) = "billing.claim.acknowledged" @ 1;
        /// A payer answered: paid, reduced or denied.
        Adjudicated(Adjudicated) = "billing.claim.adjudicated" @ 1;
        /// A payer took an answer back.
        Reversed(Reversed) = "billing.claim.reversed" @ 1;
        /// What was kept for a further payer is the patient's to pay.
        PatientBilled(PatientBilled) = "billing.claim.patient_billed" @ 1;
        /// Somebody decided not to collect an amount.
        WrittenOff(WrittenOff) = "billing.claim.written_off" @ 1;
        /// That decision was taken back.
        WriteOffReversed(WriteOffReversed) = "billing.claim.write_off_reversed" @ 1;
        /// Money of the patient settles part of the patient's share.
        PatientPaymentApplied(PatientPaymentApplied) = "billing.claim.patient_payment_applied" @ 1;
        /// Money of the patient was taken off the claim again.
        PatientPaymentWithdrawn(PatientPaymentWithdrawn)
            = "billing.claim.patient_payment_withdrawn" @ 1;
        /// The payer's answer is disputed.
        AppealFiled(AppealFiled) = "billing.claim.appeal_filed" @ 1;
        /// The dispute is over.
        AppealDecided(AppealDecided) = "billing.claim.appeal_decided" @ 1;
        /// It is taken back for good.
        Voided(Voided) = "billing.claim.voided" @ 1;
        /// Nothing is left to collect.
        Closed(Closed) = "billing.claim.closed" @ 1;
    }
}
