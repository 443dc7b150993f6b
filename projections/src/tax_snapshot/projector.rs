//! What each event means for an invoice's tax snapshot.

use ledger::{
    invoice::{InvoiceEvent, Issued},
    recorded::{LedgerEvent, Recorded},
    values::Money,
};
use rust_decimal::{Decimal, RoundingStrategy};
use time::Date;
use uuid::Uuid;

use super::Row;
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct TaxSnapshot;

/// What an event means for a snapshot.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It is fixed.
    Issued(Box<Row>),
    /// The invoice is void.
    Canceled(Date),
}

impl ReadModel for TaxSnapshot {
    const NAME: &'static str = "tax_snapshot";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(event_type, "billing.invoice.issued" | "billing.invoice.canceled")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        let invoice_id = event.aggregate_id;
        match happened {
            InvoiceEvent::Issued(issued) => {
                out.extend([(invoice_id, Change::Issued(Box::new(row(invoice_id, issued))))]);
            }
            InvoiceEvent::Canceled(canceled) => {
                out.extend([(invoice_id, Change::Canceled(canceled.canceled_on))]);
            }
            InvoiceEvent::Opened(_)
            | InvoiceEvent::LineAdded(_)
            | InvoiceEvent::LineRemoved(_)
            | InvoiceEvent::TotalsRecalculated(_)
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
            | InvoiceEvent::Imported(_)
            | InvoiceEvent::WriteOffReversed(_)
            | InvoiceEvent::ProviderLinked(_) => {}
        }
    }

    /// A draft that is voided was never issued and has no snapshot.
    fn fold(row: &mut Option<Row>, change: Change) {
        match (row, change) {
            (row, Change::Issued(issued)) => *row = Some(*issued),
            (Some(row), Change::Canceled(on)) => {
                row.canceled = true;
                row.canceled_on = Some(on);
            }
            (None, Change::Canceled(_)) => {}
        }
    }
}

fn row(invoice_id: Uuid, issued: &Issued) -> Row {
    let totals = &issued.totals;
    Row {
        invoice_id,
        number: issued.number.clone(),
        issued_on: issued.issued_on,
        currency: Word(totals.total.currency()),
        subtotal_minor: totals.subtotal.minor(),
        taxable_subtotal_minor: totals.taxable_subtotal.minor(),
        tax_minor: totals.tax.minor(),
        total_minor: totals.total.minor(),
        tax_rate_basis: basis(totals.tax, totals.taxable_subtotal),
        jurisdiction: issued.tax.jurisdiction.as_ref().map(ToString::to_string),
        rounding: Word(issued.tax.rounding),
        canceled: false,
        canceled_on: None,
    }
}

/// The effective rate, half away from zero at the sixth decimal place; nothing taxable has none.
fn basis(tax: Money, taxable: Money) -> String {
    let exact = Decimal::from(tax.minor()).checked_div(Decimal::from(taxable.minor()));
    let rate = exact.unwrap_or_default();
    format!("{:.6}", rate.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero))
}
