//! How corrections are heard: credit notes, disputes, and things taken back.

use super::{
    CreditApplied, CreditNote, CreditNoteIssued, CreditNoteVoided, CreditRegained, CreditReleased,
    CreditReturned, Dispute, DisputeLost, DisputeOpened, DisputeStanding, DisputeWon, Invoice,
    ItemCut, PaymentHandedBack, PaymentStanding, PaymentTakenOver, RefundCanceled, RefundStanding,
    Taken, Undo, Wanted,
};
use crate::values::{InvoiceId, Money};

impl Invoice {
    pub(super) fn hear_credit_note(&mut self, event: CreditNoteIssued) {
        let Some(before) = self.news(event.standing) else { return };
        let items = event.items.iter().map(|item| (item.item_type, item.amount.minor()));
        let lines = event.lines.iter().map(|line| (line.line_id, line.amount.minor()));
        let mut taken = self.left.take_told(items, lines, &event.taxes, &event.components);
        taken.schedules = self.deferred_of_lines(&event);
        self.take(&taken);
        let undo = Undo {
            before,
            from_credit: event.credited,
            items: event.items.clone(),
            status: event.standing.status,
            taken,
            tax: event.tax,
        };
        self.undo.insert(event.credit_note_id, undo);
        let note = CreditNote { issued: event, voided: false };
        self.credit_notes.insert(note.issued.credit_note_id, note);
    }

    pub(super) fn hear_credit_note_voided(&mut self, event: &CreditNoteVoided) {
        self.standing = Some(event.standing);
        if let Some(note) = self.credit_notes.get_mut(&event.credit_note_id) {
            note.voided = true;
        }
        if let Some(undo) = self.undo.remove(&event.credit_note_id) {
            self.put_back(&undo.taken);
        }
    }

    pub(super) fn hear_refund_canceled(&mut self, event: &RefundCanceled) {
        self.standing = Some(event.standing);
        self.set_refund(event.refund_id, RefundStanding::Canceled);
        let Some(undo) = self.undo_refunds.remove(&event.refund_id) else { return };
        self.put_back(&undo.taken);
        let Some(payment) = self.payments.get_mut(&event.payment_id) else { return };
        payment.refunded = payment.refunded.minus(event.amount).unwrap_or(payment.refunded);
        // What the refund would have taken out of it is here after all.
        if matches!(payment.standing, PaymentStanding::Reversed | PaymentStanding::ChargedBack) {
            payment.standing = PaymentStanding::Succeeded;
        }
    }

    pub(super) fn hear_credit_released(&mut self, event: &CreditReleased) {
        if self.news(event.standing).is_some() {
            let handed = self.credits_to.entry(event.to).or_default();
            *handed = handed.saturating_add(event.amount.minor());
        }
    }

    pub(super) fn hear_credit_regained(&mut self, event: &CreditRegained) {
        if self.news(event.standing).is_some() {
            take_from(&mut self.credits_to, event.from, event.amount);
        }
    }

    pub(super) fn hear_credit_applied(&mut self, event: &CreditApplied) {
        if self.news(event.standing).is_some() {
            let applied = self.credits_from.entry(event.from).or_default();
            *applied = applied.saturating_add(event.amount.minor());
        }
    }

    pub(super) fn hear_credit_returned(&mut self, event: &CreditReturned) {
        if self.news(event.standing).is_some() {
            take_from(&mut self.credits_from, event.to, event.amount);
        }
    }

    pub(super) fn hear_dispute_opened(&mut self, event: &DisputeOpened) {
        self.standing = Some(event.standing);
        if self.disputes.contains_key(&event.dispute_id) {
            return;
        }
        let dispute = Dispute {
            amount: event.amount,
            fee: event.fee,
            from_applied: event.from_applied,
            payment_id: event.payment_id,
            standing: DisputeStanding::Open,
        };
        self.disputes.insert(event.dispute_id, dispute);
        if let Some(payment) = self.payments.get_mut(&event.payment_id) {
            payment.withdrawn = payment.withdrawn.plus(event.amount).unwrap_or(payment.amount);
        }
    }

    pub(super) fn hear_dispute_won(&mut self, event: &DisputeWon) {
        self.standing = Some(event.standing);
        let Some(dispute) = self.disputes.get_mut(&event.dispute_id) else { return };
        if dispute.standing == DisputeStanding::Won {
            return;
        }
        dispute.standing = DisputeStanding::Won;
        if let Some(payment) = self.payments.get_mut(&event.payment_id) {
            payment.withdrawn = payment.withdrawn.minus(event.amount).unwrap_or(payment.withdrawn);
        }
    }

    pub(super) fn hear_dispute_lost(&mut self, event: &DisputeLost) {
        self.standing = Some(event.standing);
        let Some(dispute) = self.disputes.get_mut(&event.dispute_id) else { return };
        if dispute.standing == DisputeStanding::Lost {
            return;
        }
        dispute.standing = DisputeStanding::Lost;
        self.lost_minor = self.lost_minor.saturating_add(event.loss.minor());
        if event.loss.is_positive() && event.standing.balance.is_zero() {
            self.given_up = true;
        }
        if let Some(payment) = self.payments.get_mut(&event.payment_id)
            && payment.left().is_zero()
        {
            payment.standing = PaymentStanding::ChargedBack;
        }
    }

    pub(super) fn hear_taken_over(&mut self, event: &PaymentTakenOver) {
        self.standing = Some(event.standing);
        let standing = PaymentStanding::Succeeded;
        self.hear_payment(event.payment_id, event.amount, event.method, standing);
        if let Some(payment) = self.payments.get_mut(&event.payment_id) {
            payment.taken_over = Some(event.credited);
        }
    }

    pub(super) fn hear_handed_back(&mut self, event: &PaymentHandedBack) {
        self.standing = Some(event.standing);
        if let Some(payment) = self.payments.get_mut(&event.payment_id) {
            payment.standing = PaymentStanding::HandedBack;
        }
    }

    /// Takes it off what is left, and off what is still to be earned.
    pub(super) fn take(&mut self, taken: &Taken) {
        self.left.take(taken);
        for (earning, minor) in self.earnings.iter_mut().zip(&taken.schedules) {
            earning.cut(*minor);
        }
    }

    fn put_back(&mut self, taken: &Taken) {
        self.left.put_back(taken);
        for (earning, minor) in self.earnings.iter_mut().zip(&taken.schedules) {
            earning.cut(minor.saturating_neg());
        }
    }

    /// Which schedules a credit note's deferred part came from: those of its lines, if it named
    /// any and they come to what it says.
    fn deferred_of_lines(&self, event: &CreditNoteIssued) -> Vec<i64> {
        let wanted = event.lines.iter().map(|line| self.wanted(line.line_id, line.amount.minor()));
        let wanted: Vec<Wanted> = wanted.flatten().collect();
        let figures = self.unearned(&wanted).unwrap_or_default();
        let as_told =
            |item: &ItemCut| self.deferred_of(&figures, item.item_type) == item.deferred.minor();
        if !wanted.is_empty() && event.items.iter().all(as_told) {
            return figures;
        }
        self.deferred_told(&event.items)
    }

    /// Which schedules a deferred part came from, where only item types are told.
    pub(super) fn deferred_told(&self, items: &[ItemCut]) -> Vec<i64> {
        let wanted = |item: &ItemCut| Wanted {
            item_type: item.item_type,
            minor: item.deferred.minor(),
            place: None,
        };
        let wanted: Vec<Wanted> = items.iter().map(wanted).collect();
        self.unearned(&wanted).unwrap_or_default()
    }
}

fn take_from(
    credits: &mut std::collections::BTreeMap<InvoiceId, i64>,
    invoice: InvoiceId,
    amount: Money,
) {
    if let Some(minor) = credits.get_mut(&invoice) {
        *minor = minor.saturating_sub(amount.minor());
    }
    credits.retain(|_, minor| *minor != 0);
}
