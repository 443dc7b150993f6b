//! What each event means for an invoice's row.

use ledger::{
    invoice::{Imported, InvoiceEvent, Issued, Opened, Standing, Status, Totals},
    recorded::{LedgerEvent, Recorded},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Row,
    begin::{begun, taken_over},
};
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct Invoices;

/// What an event means for an invoice, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub(super) invoice_id: Uuid,
    pub(super) at: OffsetDateTime,
    pub(super) position: i64,
    pub(super) sequence: i64,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Opened(Box<Opened>),
    LineAdded { totals: Totals, configured_rate: Option<String> },
    LineRemoved { totals: Totals },
    Rerated { totals: Totals, configured_rate: String },
    Issued(Box<Issued>),
    Imported(Box<Imported>),
    Sent { at: OffsetDateTime },
    Stands(Standing),
    Status(Status),
    Moved(Standing, Moved),
    Canceled { on: Date },
    ProviderLinked { id: Vec<u8> },
    Noted,
}

/// What an event adds to the sums of a row, in minor units; below zero where it takes back.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Moved {
    refunded: i64,
    written_off: i64,
    credited: i64,
    disputed: i64,
    charged_back: i64,
}

impl ReadModel for Invoices {
    const NAME: &'static str = "invoices";
    const VERSION: i32 = 2;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.invoice.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        let change = Change {
            invoice_id: event.aggregate_id,
            at: event.recorded_at,
            position: event.position,
            sequence: event.sequence,
            what: what(happened),
        };
        out.extend([(event.aggregate_id, change)]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        match (&row, &change.what) {
            (None, What::Opened(opened)) => *row = Some(begun(opened, &change)),
            (None, What::Imported(imported)) => *row = Some(taken_over(imported, &change)),
            _ => {}
        }
        let row = row.as_mut().expect("an invoice is opened before anything else happens to it");
        row.updated_at = change.at;
        row.version = change.sequence;
        row.hear(change.what);
    }
}

fn what(event: &InvoiceEvent) -> What {
    match event {
        InvoiceEvent::Opened(event) => What::Opened(Box::new(event.clone())),
        InvoiceEvent::LineAdded(event) => What::LineAdded {
            totals: event.totals,
            configured_rate: event.line.rate_configured.then(|| event.line.tax_rate.to_string()),
        },
        InvoiceEvent::LineRemoved(event) => What::LineRemoved { totals: event.totals },
        InvoiceEvent::TotalsRecalculated(event) => What::Rerated {
            totals: event.totals,
            configured_rate: event.configured_rate.to_string(),
        },
        InvoiceEvent::Issued(event) => What::Issued(Box::new(event.clone())),
        InvoiceEvent::Imported(event) => What::Imported(Box::new(event.clone())),
        InvoiceEvent::Sent(event) => What::Sent { at: event.sent_at },
        InvoiceEvent::PaymentSucceeded(event) => What::Stands(event.standing),
        InvoiceEvent::PaymentReversed(event) => What::Stands(event.standing),
        InvoiceEvent::CreditReleased(event) => What::Stands(event.standing),
        InvoiceEvent::CreditApplied(event) => What::Stands(event.standing),
        InvoiceEvent::CreditReturned(event) => What::Stands(event.standing),
        InvoiceEvent::CreditRegained(event) => What::Stands(event.standing),
        InvoiceEvent::PaymentTakenOver(event) => What::Stands(event.standing),
        InvoiceEvent::PaymentHandedBack(event) => What::Stands(event.standing),
        InvoiceEvent::PaymentFailed(event) => What::Status(event.status),
        InvoiceEvent::PaidReported(event) => What::Status(event.status),
        InvoiceEvent::Reconciled(event) => What::Status(event.after.status),
        InvoiceEvent::OverdueMarked(_) => What::Status(Status::Overdue),
        InvoiceEvent::Canceled(event) => What::Canceled { on: event.canceled_on },
        InvoiceEvent::ProviderLinked(event) => {
            What::ProviderLinked { id: closed(&event.provider_invoice_id) }
        }
        InvoiceEvent::RefundCreated(_)
        | InvoiceEvent::RefundCanceled(_)
        | InvoiceEvent::WrittenOff(_)
        | InvoiceEvent::WriteOffReversed(_)
        | InvoiceEvent::CreditNoteIssued(_)
        | InvoiceEvent::CreditNoteVoided(_)
        | InvoiceEvent::DisputeOpened(_)
        | InvoiceEvent::DisputeWon(_)
        | InvoiceEvent::DisputeLost(_) => moved(event),
        // A refund that came back is still owed, so neither changes what was granted.
        InvoiceEvent::PaymentPending(_)
        | InvoiceEvent::RevenueRecognized(_)
        | InvoiceEvent::RefundSettled(_)
        | InvoiceEvent::RefundFailed(_) => What::Noted,
    }
}

/// Events that count in one of the sums.
fn moved(event: &InvoiceEvent) -> What {
    let none = Moved::default();
    let (standing, moved) = match event {
        InvoiceEvent::RefundCreated(event) => {
            (event.standing, Moved { refunded: event.amount.minor(), ..none })
        }
        InvoiceEvent::RefundCanceled(event) => {
            (event.standing, Moved { refunded: -event.amount.minor(), ..none })
        }
        InvoiceEvent::WrittenOff(event) => {
            (event.standing, Moved { written_off: event.amount.minor(), ..none })
        }
        InvoiceEvent::WriteOffReversed(event) => {
            (event.standing, Moved { written_off: -event.amount.minor(), ..none })
        }
        InvoiceEvent::CreditNoteIssued(event) => {
            (event.standing, Moved { credited: event.total.minor(), ..none })
        }
        InvoiceEvent::CreditNoteVoided(event) => {
            (event.standing, Moved { credited: -event.total.minor(), ..none })
        }
        InvoiceEvent::DisputeOpened(event) => {
            (event.standing, Moved { disputed: event.amount.minor(), ..none })
        }
        InvoiceEvent::DisputeWon(event) => {
            (event.standing, Moved { disputed: -event.amount.minor(), ..none })
        }
        InvoiceEvent::DisputeLost(event) => {
            let (disputed, charged_back) = (-event.amount.minor(), event.loss.minor());
            (event.standing, Moved { disputed, charged_back, ..none })
        }
        InvoiceEvent::Opened(_)
        | InvoiceEvent::LineAdded(_)
        | InvoiceEvent::LineRemoved(_)
        | InvoiceEvent::TotalsRecalculated(_)
        | InvoiceEvent::Issued(_)
        | InvoiceEvent::Imported(_)
        | InvoiceEvent::Sent(_)
        | InvoiceEvent::PaymentPending(_)
        | InvoiceEvent::PaymentSucceeded(_)
        | InvoiceEvent::PaymentFailed(_)
        | InvoiceEvent::PaymentReversed(_)
        | InvoiceEvent::PaidReported(_)
        | InvoiceEvent::Reconciled(_)
        | InvoiceEvent::OverdueMarked(_)
        | InvoiceEvent::RefundSettled(_)
        | InvoiceEvent::RefundFailed(_)
        | InvoiceEvent::CreditReleased(_)
        | InvoiceEvent::CreditApplied(_)
        | InvoiceEvent::CreditReturned(_)
        | InvoiceEvent::CreditRegained(_)
        | InvoiceEvent::PaymentTakenOver(_)
        | InvoiceEvent::PaymentHandedBack(_)
        | InvoiceEvent::RevenueRecognized(_)
        | InvoiceEvent::Canceled(_)
        | InvoiceEvent::ProviderLinked(_) => return What::Noted,
    };
    What::Moved(standing, moved)
}

impl Row {
    fn hear(&mut self, what: What) {
        match what {
            What::Opened(_) | What::Imported(_) | What::Noted => {}
            What::LineAdded { totals, configured_rate } => {
                self.adds_up(&totals);
                self.line_count += 1;
                self.configured_rate = configured_rate.or(self.configured_rate.take());
            }
            What::LineRemoved { totals } => {
                self.adds_up(&totals);
                self.line_count -= 1;
            }
            What::Rerated { totals, configured_rate } => {
                self.adds_up(&totals);
                self.configured_rate = Some(configured_rate);
            }
            What::Issued(issued) => self.issued(&issued),
            What::Sent { at } => self.sent_at = Some(at),
            What::Stands(standing) => self.stands(&standing),
            What::Status(status) => self.status = Word(status),
            What::Moved(standing, moved) => {
                self.stands(&standing);
                self.refunded_minor += moved.refunded;
                self.written_off_minor += moved.written_off;
                self.credited_minor += moved.credited;
                self.disputed_minor += moved.disputed;
                self.charged_back_minor += moved.charged_back;
            }
            What::Canceled { on } => {
                self.canceled_on = Some(on);
                self.status = Word(Status::Canceled);
                self.balance_minor = 0;
            }
            What::ProviderLinked { id } => self.provider_invoice_id = Some(id),
        }
    }

    pub(super) fn adds_up(&mut self, totals: &Totals) {
        self.subtotal_minor = totals.subtotal.minor();
        self.taxable_subtotal_minor = totals.taxable_subtotal.minor();
        self.tax_minor = totals.tax.minor();
        self.total_minor = totals.total.minor();
    }

    /// An invoice over nothing is paid at once.
    fn issued(&mut self, issued: &Issued) {
        self.adds_up(&issued.totals);
        self.number = Some(issued.number.clone());
        self.issued_on = Some(issued.issued_on);
        self.due_on = Some(issued.due_on);
        self.jurisdiction = issued.tax.jurisdiction.as_ref().map(ToString::to_string);
        self.balance_minor = issued.totals.total.minor();
        self.status = Word(if self.balance_minor == 0 { Status::Paid } else { Status::Sent });
    }

    pub(super) fn stands(&mut self, standing: &Standing) {
        self.paid_minor = standing.paid.minor();
        self.balance_minor = standing.balance.minor();
        self.credit_minor = standing.credit.minor();
        self.status = Word(standing.status);
    }
}
