//! The provider's book: claims, payers and patients (`vectors/journal-entries.json`, book B).

use super::{Account, Entry, Posting};
use crate::{
    claim::{ClaimEvent, Sorted, WriteOffKind},
    remittance::{ProviderAdjustment, RemittanceEvent},
    values::Money,
};

/// The entry of a claim's event.
pub(super) fn of_claim(event: &ClaimEvent) -> Vec<Posting> {
    use Account::{InsuranceReceivables, PatientReceivables, PatientServiceRevenue};
    match event {
        ClaimEvent::Submitted(submitted) => Entry::on(submitted.submitted_on)
            .either(InsuranceReceivables, submitted.charge_change)
            .opposite(PatientServiceRevenue, submitted.charge_change),
        ClaimEvent::Voided(voided) => Entry::on(voided.voided_on)
            .either(InsuranceReceivables, voided.charge_change)
            .opposite(PatientServiceRevenue, voided.charge_change),
        ClaimEvent::Adjudicated(answered) => {
            Entry::on(answered.posted_on).answer(&answered.sorted, answered.patient_share_change)
        }
        ClaimEvent::Reversed(reversed) => {
            Entry::on(reversed.posted_on).answer(&reversed.sorted, reversed.patient_share_change)
        }
        ClaimEvent::PatientBilled(billed) => Entry::on(billed.billed_on)
            .either(PatientReceivables, billed.patient_share_change)
            .opposite(InsuranceReceivables, billed.patient_share_change),
        ClaimEvent::WrittenOff(written_off) => Entry::on(written_off.written_off_on)
            .debit(of_write_off(written_off.kind), written_off.amount)
            .credit(receivable(written_off.kind), written_off.amount),
        ClaimEvent::WriteOffReversed(reversed) => Entry::on(reversed.reversed_on)
            .debit(receivable(reversed.kind), reversed.amount)
            .credit(of_write_off(reversed.kind), reversed.amount),
        // The patient's money is entered where it comes in.
        ClaimEvent::PatientPaymentApplied(_)
        | ClaimEvent::PatientPaymentWithdrawn(_)
        | ClaimEvent::Drafted(_)
        | ClaimEvent::Revised(_)
        | ClaimEvent::Validated(_)
        | ClaimEvent::Acknowledged(_)
        | ClaimEvent::AppealFiled(_)
        | ClaimEvent::AppealDecided(_)
        | ClaimEvent::Closed(_) => return Vec::new(),
    }
    .lines
}

/// The entry of a payment's event.
pub(super) fn of_remittance(event: &RemittanceEvent) -> Vec<Posting> {
    use Account::{Cash, CustomerCredits, InsuranceClearing};
    match event {
        RemittanceEvent::Received(received) => {
            Entry::on(received.posted_on).provider_adjustments(&received.provider_adjustments)
        }
        RemittanceEvent::ClaimParked(parked) => Entry::on(parked.parked_on)
            .either(InsuranceClearing, parked.paid)
            .opposite(CustomerCredits, parked.paid),
        RemittanceEvent::ClaimPosted(posted) => Entry::on(posted.posted_on)
            .either(CustomerCredits, posted.from_parked)
            .opposite(InsuranceClearing, posted.from_parked),
        RemittanceEvent::DepositMatched(deposit) => Entry::on(deposit.deposited_on)
            .debit(Cash, deposit.amount)
            .credit(InsuranceClearing, deposit.amount),
        RemittanceEvent::ClaimAdvised(_) => return Vec::new(),
    }
    .lines
}

/// Where what is given up goes.
const fn of_write_off(kind: WriteOffKind) -> Account {
    match kind {
        WriteOffKind::CharityCare => Account::PatientServiceRevenue,
        WriteOffKind::Contractual => Account::ContractualAdjustments,
        WriteOffKind::PayerReduction => Account::OtherPayerReductions,
        WriteOffKind::PriceConcession => Account::PriceConcessions,
    }
}

/// What it is taken off.
const fn receivable(kind: WriteOffKind) -> Account {
    if kind.is_patients() { Account::PatientReceivables } else { Account::InsuranceReceivables }
}

impl Entry {
    /// A debit, or a credit for an amount below zero.
    fn either(self, account: Account, amount: Money) -> Self {
        let minor = amount.minor();
        self.line(account, minor.max(0), minor.min(0).saturating_neg(), amount.currency())
    }

    /// A credit, or a debit for an amount below zero.
    fn opposite(self, account: Account, amount: Money) -> Self {
        let minor = amount.minor();
        self.line(account, minor.min(0).saturating_neg(), minor.max(0), amount.currency())
    }

    /// What is paid, taken off and left to the patient clears what the payer owes.
    fn answer(self, sorted: &Sorted, patient_share_change: Money) -> Self {
        let cleared = [sorted.contractual, patient_share_change]
            .iter()
            .fold(sorted.paid.minor(), |sum, part| sum.saturating_add(part.minor()));
        self.either(Account::InsuranceClearing, sorted.paid)
            .either(Account::ContractualAdjustments, sorted.contractual)
            .either(Account::PatientReceivables, patient_share_change)
            .opposite(
                Account::InsuranceReceivables,
                Money::from_minor(cleared, sorted.paid.currency()),
            )
    }

    /// Positive ones cut the payment. Interest is ours, the rest is settled with the payer.
    fn provider_adjustments(self, adjustments: &[ProviderAdjustment]) -> Self {
        let Some(first) = adjustments.first() else { return self };
        let total = |is_interest: bool| {
            let of_kind = adjustments
                .iter()
                .filter(|adjustment| (adjustment.code.as_str() == "L6") == is_interest);
            of_kind.fold(0_i64, |sum, adjustment| sum.saturating_add(adjustment.amount.minor()))
        };
        let (due, interest) = (total(false), total(true));
        let sides = [
            (Account::DueToPayers, due),
            (Account::InsuranceClearing, due.saturating_add(interest).saturating_neg()),
            (Account::PayerInterest, interest),
        ];
        let currency = first.amount.currency();
        let debits = sides.iter().filter(|(_, minor)| *minor > 0);
        let credits = sides.iter().filter(|(_, minor)| *minor < 0);
        debits.chain(credits).fold(self, |entry, (account, minor)| {
            entry.either(*account, Money::from_minor(*minor, currency))
        })
    }
}
