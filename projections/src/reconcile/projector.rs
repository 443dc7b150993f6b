//! What changes mean for the comparison of status and money.

use ledger::{
    invoice::{Standing, Status},
    recorded::{LedgerEvent, Recorded},
    values::Money,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Kind, Mismatch, Row,
    heard::{issued, of_account, of_invoice},
};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Reconcile;

/// What an event says about a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// An invoice was issued over so much.
    Issued {
        /// Which.
        invoice_id: Uuid,
        /// Where.
        position: i64,
        /// Under this number.
        number: String,
        /// Over so much.
        total: Money,
        /// Due then.
        due_on: Date,
    },
    /// An invoice of another system was taken over.
    Imported(Box<Row>),
    /// Money arrived.
    Received {
        /// What stands now.
        standing: Standing,
        /// The day.
        on: Date,
        /// The instant.
        at: OffsetDateTime,
    },
    /// Money went back.
    Reversed(Standing),
    /// What stands changed in another way.
    Stands(Standing),
    /// An attempt failed.
    Failed(Status),
    /// The status was set.
    Status(Status),
    /// What is owed was given up.
    GivenUp(Standing),
    /// It is void.
    Canceled,
    /// What was given up is owed again.
    OwedAgain(Standing),
    /// A payment fits no invoice.
    Held(Box<Row>),
    /// A held payment went to an invoice or back to the payer.
    Resolved,
    /// A payment that was given to an invoice is held again.
    HeldAgain,
}

impl ReadModel for Reconcile {
    const NAME: &'static str = "reconcile";
    const VERSION: i32 = 2;
    type Key = (Word<Kind>, Uuid);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.invoice.imported"
                | "billing.invoice.issued"
                | "billing.invoice.payment_succeeded"
                | "billing.invoice.payment_failed"
                | "billing.invoice.payment_reversed"
                | "billing.invoice.paid_reported"
                | "billing.invoice.reconciled"
                | "billing.invoice.overdue_marked"
                | "billing.invoice.refund_created"
                | "billing.invoice.credit_released"
                | "billing.invoice.credit_applied"
                | "billing.invoice.written_off"
                | "billing.invoice.canceled"
                | "billing.invoice.credit_note_issued"
                | "billing.invoice.credit_note_voided"
                | "billing.invoice.credit_returned"
                | "billing.invoice.credit_regained"
                | "billing.invoice.dispute_opened"
                | "billing.invoice.dispute_won"
                | "billing.invoice.dispute_lost"
                | "billing.invoice.payment_taken_over"
                | "billing.invoice.payment_handed_back"
                | "billing.invoice.refund_canceled"
                | "billing.invoice.write_off_reversed"
                | "billing.subscription.payment_held"
                | "billing.subscription.held_payment_released"
                | "billing.subscription.held_payment_returned"
                | "billing.subscription.held_payment_regained"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Change)>) {
        match &event.event {
            LedgerEvent::Invoice(happened) => {
                let key = (Word(Kind::Invoice), event.aggregate_id);
                out.extend(of_invoice(event, happened).map(|change| (key, change)));
            }
            LedgerEvent::Subscription(happened) => {
                let of_payment = of_account(event, happened);
                out.extend(of_payment.map(|(id, change)| ((Word(Kind::HeldPayment), id), change)));
            }
            LedgerEvent::Books(_)
            | LedgerEvent::Claim(_)
            | LedgerEvent::Delegation(_)
            | LedgerEvent::Exception(_)
            | LedgerEvent::Facesheet(_)
            | LedgerEvent::Operation(_)
            | LedgerEvent::Import(_)
            | LedgerEvent::Switch(_)
            | LedgerEvent::PatientActivation(_)
            | LedgerEvent::PriorAuth(_)
            | LedgerEvent::Remittance(_)
            | LedgerEvent::Statement(_)
            | LedgerEvent::Subject(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        match change {
            Change::Held(held) => *row = Some(*held),
            Change::Issued { invoice_id, position, number, total, due_on } => {
                *row = Some(issued(invoice_id, position, number, total, due_on));
            }
            Change::Imported(taken_over) => *row = Some(*taken_over),
            // A draft that is voided never had money to agree with.
            Change::Canceled if row.is_none() => {}
            change => {
                let row = row.as_mut();
                row.expect("money moves on issued invoices, and held payments are held first")
                    .hear(change);
            }
        }
    }
}

impl Row {
    fn hear(&mut self, change: Change) {
        match change {
            Change::Issued { .. } | Change::Imported(_) | Change::Held(_) => {}
            Change::Resolved => self.resolved = true,
            Change::HeldAgain => self.resolved = false,
            Change::Received { standing, on, at } => {
                self.stands(standing);
                self.succeeded_payments += 1;
                self.last_payment_on = self.last_payment_on.max(Some(on));
                self.last_payment_at = self.last_payment_at.max(Some(at));
            }
            Change::Reversed(standing) => {
                self.stands(standing);
                self.succeeded_payments -= 1;
            }
            Change::Stands(standing) => self.stands(standing),
            Change::Failed(status) => {
                self.failed_attempts += 1;
                self.status = Some(Word(status));
            }
            Change::Status(status) => self.status = Some(Word(status)),
            Change::GivenUp(standing) => {
                self.stands(standing);
                self.given_up = true;
            }
            Change::OwedAgain(standing) => {
                self.stands(standing);
                self.given_up = false;
            }
            Change::Canceled => {
                self.outstanding_minor = 0;
                self.status = Some(Word(Status::Canceled));
            }
        }
        if self.kind.0 == Kind::HeldPayment {
            self.mismatch = !self.resolved;
            return;
        }
        let disagreement = self.disagreement();
        self.mismatch = disagreement.is_some();
        self.mismatch_kind = disagreement.map(Word);
    }

    pub(super) fn stands(&mut self, standing: Standing) {
        self.settled_minor = standing.paid.minor();
        self.outstanding_minor = standing.balance.minor();
        self.credit_minor = standing.credit.minor();
        self.status = Some(Word(standing.status));
    }

    /// See the module.
    fn disagreement(&self) -> Option<Mismatch> {
        let owed = self.outstanding_minor > 0;
        let settled = self.settled_minor > 0;
        match self.status?.0 {
            _ if self.given_up => None,
            Status::Draft | Status::Canceled => None,
            Status::Paid => owed.then_some(Mismatch::PaidWithoutFunds),
            _ if !owed => Some(Mismatch::SettledNotPaid),
            Status::Partial => (!settled).then_some(Mismatch::PartialWithoutFunds),
            // Part of an overdue invoice may be paid.
            Status::Overdue => None,
            Status::Sent | Status::Failed => settled.then_some(Mismatch::PartlySettled),
        }
    }
}
