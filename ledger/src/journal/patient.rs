//! The provider's book: statements and the patients' money (`vectors/journal-entries.json`, B9 to
//! B11). What a claim holds, the claim enters.

use super::{Account, Entry, Posting};
use crate::statement::{AdjustmentKind, StatementEvent};

/// The entry of a statement's event.
pub(super) fn of_statement(event: &StatementEvent) -> Vec<Posting> {
    use Account::{
        ContractualAdjustments, PatientReceivables, PatientServiceRevenue, RefundsPayable,
    };
    match event {
        StatementEvent::Finalized(finalized) if finalized.claim_id.is_none() => {
            let figures = &finalized.figures;
            let due = figures.balance_due;
            let revenue = due.minor().saturating_add(figures.adjustments.minor());
            Entry::on(finalized.finalized_on)
                .debit(PatientReceivables, due)
                .debit(ContractualAdjustments, figures.adjustments)
                .line(PatientServiceRevenue, 0, revenue, due.currency())
        }
        StatementEvent::Voided(voided) => Entry::on(voided.voided_on)
            .debit(PatientServiceRevenue, voided.balance_released)
            .credit(PatientReceivables, voided.balance_released),
        StatementEvent::Adjusted(adjusted) => Entry::on(adjusted.adjusted_on)
            .debit(of_adjustment(adjusted.kind), adjusted.amount)
            .credit(PatientReceivables, adjusted.amount),
        StatementEvent::PaymentRecorded(payment) => Entry::on(payment.received_on)
            .debit(Account::of_method(payment.method), payment.amount)
            .credit(PatientReceivables, payment.amount),
        StatementEvent::PaymentReversed(reversed) => Entry::on(reversed.reversed_on)
            .debit(PatientReceivables, reversed.amount)
            .credit(Account::of_method(reversed.method), reversed.amount),
        StatementEvent::RefundCreated(refund) => Entry::on(refund.created_on)
            .debit(PatientReceivables, refund.amount)
            .credit(RefundsPayable, refund.amount),
        StatementEvent::RefundSettled(refund) => Entry::on(refund.settled_on)
            .debit(RefundsPayable, refund.amount)
            .credit(Account::of_method(refund.method), refund.amount),
        StatementEvent::Finalized(_)
        | StatementEvent::Generated(_)
        | StatementEvent::ContactsRecorded(_)
        | StatementEvent::Decided(_)
        | StatementEvent::Held(_)
        | StatementEvent::Released(_)
        | StatementEvent::Restated(_)
        | StatementEvent::Superseded(_)
        | StatementEvent::Overridden(_)
        | StatementEvent::Sent(_)
        | StatementEvent::DeliverySucceeded(_)
        | StatementEvent::DeliveryFailed(_)
        | StatementEvent::FailoverScheduled(_)
        | StatementEvent::Delivered(_)
        | StatementEvent::Opened(_)
        | StatementEvent::Bounced(_)
        | StatementEvent::Escalated(_)
        | StatementEvent::PlanOffered(_)
        | StatementEvent::PlanAccepted(_)
        | StatementEvent::PlanDeclined(_)
        | StatementEvent::InstalmentPaid(_)
        | StatementEvent::InstalmentMissed(_)
        | StatementEvent::PlanCompleted(_)
        | StatementEvent::PlanCanceled(_)
        | StatementEvent::Paid(_) => return Vec::new(),
    }
    .lines
}

/// Where what is given up goes.
const fn of_adjustment(kind: AdjustmentKind) -> Account {
    match kind {
        AdjustmentKind::CharityCare | AdjustmentKind::Correction => Account::PatientServiceRevenue,
        AdjustmentKind::PriceConcession => Account::PriceConcessions,
    }
}
