//! What each event means for a credit note.

use ledger::{
    invoice::{CreditNoteIssued, InvoiceEvent, ItemCut},
    recorded::{LedgerEvent, Recorded},
};
use time::Date;
use uuid::Uuid;

use super::Row;
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct CreditNotes;

/// What an event means for a credit note.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It was issued.
    Issued(Box<Row>),
    /// It was voided.
    Voided {
        /// The day.
        on: Date,
        /// By whom.
        by: String,
        /// Why.
        reason_code: String,
    },
}

impl ReadModel for CreditNotes {
    const NAME: &'static str = "credit_notes";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.invoice.credit_note_")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        match happened {
            InvoiceEvent::CreditNoteIssued(note) => {
                let row = Box::new(row(event, note));
                out.extend([(note.credit_note_id, Change::Issued(row))]);
            }
            InvoiceEvent::CreditNoteVoided(note) => {
                let (by, reason_code) = (event.actor.0.clone(), note.reason_code.to_string());
                let change = Change::Voided { on: note.voided_on, by, reason_code };
                out.extend([(note.credit_note_id, change)]);
            }
            InvoiceEvent::Opened(_)
            | InvoiceEvent::Imported(_)
            | InvoiceEvent::LineAdded(_)
            | InvoiceEvent::LineRemoved(_)
            | InvoiceEvent::TotalsRecalculated(_)
            | InvoiceEvent::Issued(_)
            | InvoiceEvent::Sent(_)
            | InvoiceEvent::PaymentPending(_)
            | InvoiceEvent::PaymentSucceeded(_)
            | InvoiceEvent::PaymentFailed(_)
            | InvoiceEvent::PaymentReversed(_)
            | InvoiceEvent::PaidReported(_)
            | InvoiceEvent::Reconciled(_)
            | InvoiceEvent::OverdueMarked(_)
            | InvoiceEvent::RefundCreated(_)
            | InvoiceEvent::RefundSettled(_)
            | InvoiceEvent::RefundFailed(_)
            | InvoiceEvent::CreditReleased(_)
            | InvoiceEvent::CreditApplied(_)
            | InvoiceEvent::WrittenOff(_)
            | InvoiceEvent::Canceled(_)
            | InvoiceEvent::ProviderLinked(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::DisputeOpened(_)
            | InvoiceEvent::DisputeWon(_)
            | InvoiceEvent::DisputeLost(_)
            | InvoiceEvent::PaymentTakenOver(_)
            | InvoiceEvent::PaymentHandedBack(_)
            | InvoiceEvent::RefundCanceled(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::WriteOffReversed(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        match change {
            Change::Issued(issued) => *row = Some(*issued),
            Change::Voided { on, by, reason_code } => {
                let row = row.as_mut().expect("a credit note is issued before it is voided");
                row.voided_on = Some(on);
                row.voided_by = Some(by);
                row.void_reason_code = Some(reason_code);
            }
        }
    }
}

fn row(event: &Recorded, note: &CreditNoteIssued) -> Row {
    let sum = |of: fn(&ItemCut) -> i64| note.items.iter().map(of).sum();
    Row {
        credit_note_id: note.credit_note_id,
        invoice_id: event.aggregate_id,
        number: note.number.clone(),
        currency: Word(note.total.currency()),
        net_minor: sum(|item| item.amount.minor()),
        tax_minor: note.tax.minor(),
        total_minor: note.total.minor(),
        deferred_minor: sum(|item| item.deferred.minor()),
        applied_minor: note.applied.minor(),
        credited_minor: note.credited.minor(),
        reason_code: note.reason_code.to_string(),
        issued_on: note.issued_on,
        issued_by: event.actor.0.clone(),
        issued_at: event.recorded_at,
        issued_position: event.position,
        voided_on: None,
        voided_by: None,
        void_reason_code: None,
        note: note.note.as_ref().map(closed),
    }
}
