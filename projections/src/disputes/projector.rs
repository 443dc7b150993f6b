//! What each event means for a dispute.

use ledger::{
    invoice::{DisputeOpened, InvoiceEvent},
    recorded::{LedgerEvent, Recorded},
};
use time::Date;
use uuid::Uuid;

use super::{DisputeStatus, Row};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Disputes;

/// What an event means for a dispute.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It began.
    Opened(Box<Row>),
    /// It was decided.
    Closed {
        /// How.
        status: DisputeStatus,
        /// The day.
        on: Date,
        /// How much of the fee came back.
        fee_returned_minor: i64,
        /// How much was given up as a loss.
        loss_minor: i64,
    },
}

impl ReadModel for Disputes {
    const NAME: &'static str = "disputes";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.invoice.dispute_")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        match happened {
            InvoiceEvent::DisputeOpened(dispute) => {
                let row = Box::new(row(event, dispute));
                out.extend([(dispute.dispute_id, Change::Opened(row))]);
            }
            InvoiceEvent::DisputeWon(dispute) => {
                let change = Change::Closed {
                    status: DisputeStatus::Won,
                    on: dispute.closed_on,
                    fee_returned_minor: dispute.fee.minor(),
                    loss_minor: 0,
                };
                out.extend([(dispute.dispute_id, change)]);
            }
            InvoiceEvent::DisputeLost(dispute) => {
                let change = Change::Closed {
                    status: DisputeStatus::Lost,
                    on: dispute.closed_on,
                    fee_returned_minor: 0,
                    loss_minor: dispute.loss.minor(),
                };
                out.extend([(dispute.dispute_id, change)]);
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
            | InvoiceEvent::CreditNoteIssued(_)
            | InvoiceEvent::CreditNoteVoided(_)
            | InvoiceEvent::CreditReturned(_)
            | InvoiceEvent::CreditRegained(_)
            | InvoiceEvent::PaymentTakenOver(_)
            | InvoiceEvent::PaymentHandedBack(_)
            | InvoiceEvent::RefundCanceled(_)
            | InvoiceEvent::RevenueRecognized(_)
            | InvoiceEvent::WriteOffReversed(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        match change {
            Change::Opened(opened) => *row = Some(*opened),
            Change::Closed { status, on, fee_returned_minor, loss_minor } => {
                let row = row.as_mut().expect("a dispute is opened before it is decided");
                row.status = Word(status);
                row.closed_on = Some(on);
                row.fee_returned_minor = fee_returned_minor;
                row.loss_minor = loss_minor;
            }
        }
    }
}

fn row(event: &Recorded, dispute: &DisputeOpened) -> Row {
    Row {
        dispute_id: dispute.dispute_id,
        invoice_id: event.aggregate_id,
        payment_id: dispute.payment_id,
        status: Word(DisputeStatus::Open),
        method: Word(dispute.method),
        currency: Word(dispute.amount.currency()),
        amount_minor: dispute.amount.minor(),
        fee_minor: dispute.fee.minor(),
        fee_returned_minor: 0,
        loss_minor: 0,
        reason_code: dispute.reason_code.to_string(),
        opened_on: dispute.opened_on,
        closed_on: None,
        opened_position: event.position,
    }
}
