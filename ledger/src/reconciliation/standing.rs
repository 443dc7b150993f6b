//! What each event says about an invoice's money.

use uuid::Uuid;

use super::{Facts, InvoiceFigures};
use crate::{
    invoice::{Imported, InvoiceEvent, Issued, Standing, Status},
    values::Money,
};

impl Facts {
    pub(super) fn hear_standing(&mut self, id: Uuid, event: &InvoiceEvent) {
        match event {
            InvoiceEvent::Issued(issued) => self.hear_issued(id, issued),
            InvoiceEvent::Imported(imported) => self.hear_imported(id, imported),
            InvoiceEvent::Canceled(_) => self.hear_canceled(id),
            InvoiceEvent::PaymentFailed(e) => self.status(id, e.status),
            InvoiceEvent::PaidReported(e) => self.status(id, e.status),
            InvoiceEvent::Reconciled(e) => self.status(id, e.after.status),
            InvoiceEvent::OverdueMarked(_) => self.status(id, Status::Overdue),
            InvoiceEvent::PaymentSucceeded(e) => self.stands(id, e.standing),
            InvoiceEvent::PaymentReversed(e) => self.stands(id, e.standing),
            InvoiceEvent::RefundCreated(e) => self.stands(id, e.standing),
            InvoiceEvent::RefundCanceled(e) => self.stands(id, e.standing),
            InvoiceEvent::CreditReleased(e) => self.stands(id, e.standing),
            InvoiceEvent::CreditApplied(e) => self.stands(id, e.standing),
            InvoiceEvent::CreditReturned(e) => self.stands(id, e.standing),
            InvoiceEvent::CreditRegained(e) => self.stands(id, e.standing),
            InvoiceEvent::CreditNoteIssued(e) => self.stands(id, e.standing),
            InvoiceEvent::CreditNoteVoided(e) => self.stands(id, e.standing),
            InvoiceEvent::WrittenOff(e) => self.stands(id, e.standing),
            InvoiceEvent::WriteOffReversed(e) => self.stands(id, e.standing),
            InvoiceEvent::DisputeOpened(e) => self.stands(id, e.standing),
            InvoiceEvent::DisputeWon(e) => self.stands(id, e.standing),
            InvoiceEvent::DisputeLost(e) => self.stands(id, e.standing),
            InvoiceEvent::PaymentTakenOver(e) => self.stands(id, e.standing),
            InvoiceEvent::PaymentHandedBack(e) => self.stands(id, e.standing),
            InvoiceEvent::Opened(_)
            | InvoiceEvent::LineAdded(_)
            | InvoiceEvent::LineRemoved(_)
            | InvoiceEvent::TotalsRecalculated(_)
            | InvoiceEvent::Sent(_)
            | InvoiceEvent::PaymentPending(_)
            | InvoiceEvent::RefundSettled(_)
            | InvoiceEvent::RefundFailed(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::ProviderLinked(_) => {}
        }
    }

    fn hear_issued(&mut self, id: Uuid, issued: &Issued) {
        let (total, tax) = (issued.totals.total, issued.totals.tax);
        let zero = Money::zero(total.currency());
        // An invoice over nothing is paid at once.
        let status = if total.is_zero() { Status::Paid } else { Status::Sent };
        let on = issued.issued_on;
        let figures =
            InvoiceFigures { settled: zero, outstanding: total, credit: zero, status, on };
        self.invoices.insert(id, figures);
        self.taxes.insert(id, (total, tax));
    }

    /// Its taxes were reported elsewhere: no snapshot of ours has them.
    fn hear_imported(&mut self, id: Uuid, imported: &Imported) {
        let Standing { balance, credit, paid, status } = imported.standing;
        let on = imported.issued_on;
        let figures = InvoiceFigures { settled: paid, outstanding: balance, credit, status, on };
        self.invoices.insert(id, figures);
    }

    fn hear_canceled(&mut self, id: Uuid) {
        if let Some(figures) = self.invoices.get_mut(&id) {
            figures.outstanding = Money::zero(figures.outstanding.currency());
            figures.status = Status::Canceled;
        }
    }
}
