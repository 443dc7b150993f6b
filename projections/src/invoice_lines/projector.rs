//! What each event means for a line's row.

use ledger::{
    invoice::{InvoiceEvent, Line},
    recorded::{LedgerEvent, Recorded},
};
use uuid::Uuid;

use super::Row;
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct InvoiceLines;

/// What an event means for a line: what it says now, or nothing any more.
type Change = Option<Box<Row>>;

impl ReadModel for InvoiceLines {
    const NAME: &'static str = "invoice_lines";
    const VERSION: i32 = 2;
    type Key = (Uuid, Uuid);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.invoice.imported"
                | "billing.invoice.line_added"
                | "billing.invoice.line_removed"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((Uuid, Uuid), Change)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        let invoice_id = event.aggregate_id;
        match happened {
            InvoiceEvent::LineAdded(added) => {
                let row = row(invoice_id, event.position, &added.line);
                out.extend([((invoice_id, added.line.line_id), Some(Box::new(row)))]);
            }
            InvoiceEvent::Imported(imported) => {
                let row = row(invoice_id, event.position, &imported.line);
                out.extend([((invoice_id, imported.line.line_id), Some(Box::new(row)))]);
            }
            InvoiceEvent::LineRemoved(removed) => {
                out.extend([((invoice_id, removed.line_id), None)]);
            }
            InvoiceEvent::Opened(_)
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
            | InvoiceEvent::CreditNoteIssued(_)
            | InvoiceEvent::CreditNoteVoided(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::DisputeOpened(_)
            | InvoiceEvent::DisputeWon(_)
            | InvoiceEvent::DisputeLost(_)
            | InvoiceEvent::PaymentTakenOver(_)
            | InvoiceEvent::PaymentHandedBack(_)
            | InvoiceEvent::RefundCanceled(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::WriteOffReversed(_)
            | InvoiceEvent::ProviderLinked(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        *row = change.map(|row| *row);
    }
}

fn row(invoice_id: Uuid, position: i64, line: &Line) -> Row {
    Row {
        invoice_id,
        line_id: line.line_id,
        item_type: Word(line.item_type),
        quantity: line.quantity,
        unit_price_minor: line.unit_price.minor(),
        total_price_minor: line.total_price.minor(),
        currency: Word(line.unit_price.currency()),
        tax_rate: line.tax_rate.to_string(),
        rate_configured: line.rate_configured,
        service_on: line.service_on,
        anonymous_patient_ref: line.charge.as_ref().map(|charge| charge.patient.0.clone()),
        cycle: line.charge.as_ref().map(|charge| charge.cycle.to_string()),
        added_position: position,
        description: line.description.as_ref().map(closed),
        covers_starts_on: line.covers.map(|covers| covers.starts_on),
        covers_ends_on: line.covers.map(|covers| covers.ends_on),
    }
}
