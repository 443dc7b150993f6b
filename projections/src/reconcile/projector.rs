//! What each event means for the comparison of status and money.

use ledger::{
    invoice::{InvoiceEvent, Standing, Status},
    recorded::{LedgerEvent, Recorded},
    subscription::{HoldReason, PaymentHeld, SubscriptionEvent},
    values::Money,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Kind, Mismatch, Row};
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
    /// A payment fits no invoice.
    Held(Box<Row>),
}

impl ReadModel for Reconcile {
    const NAME: &'static str = "reconcile";
    const VERSION: i32 = 1;
    type Key = (Word<Kind>, Uuid);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.invoice.issued"
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
                | "billing.subscription.payment_held"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Change)>) {
        match &event.event {
            LedgerEvent::Invoice(happened) => {
                let key = (Word(Kind::Invoice), event.aggregate_id);
                out.extend(of_invoice(event, happened).map(|change| (key, change)));
            }
            LedgerEvent::Subscription(SubscriptionEvent::PaymentHeld(held)) => {
                let key = (Word(Kind::HeldPayment), held.payment_id);
                out.extend([(key, Change::Held(Box::new(held_row(event, held))))]);
            }
            LedgerEvent::Subscription(
                SubscriptionEvent::Opened(_)
                | SubscriptionEvent::PlanChanged(_)
                | SubscriptionEvent::TaxConfigured(_)
                | SubscriptionEvent::TrialStarted(_)
                | SubscriptionEvent::Activated(_)
                | SubscriptionEvent::PastDueMarked(_)
                | SubscriptionEvent::Canceled(_)
                | SubscriptionEvent::Paused(_)
                | SubscriptionEvent::Resumed(_)
                | SubscriptionEvent::HeldPaymentReleased(_)
                | SubscriptionEvent::HeldPaymentReturned(_)
                | SubscriptionEvent::HeldPaymentRegained(_)
                | SubscriptionEvent::ProviderLinked(_)
                | SubscriptionEvent::CycleStarted(_),
            )
            | LedgerEvent::Books(_)
            | LedgerEvent::PatientActivation(_)
            | LedgerEvent::Subject(_) => {}
        }
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        match change {
            Change::Held(held) => *row = Some(*held),
            Change::Issued { invoice_id, position, number, total, due_on } => {
                *row = Some(issued(invoice_id, position, number, total, due_on));
            }
            // A draft that is voided never had money to agree with.
            Change::Canceled if row.is_none() => {}
            change => {
                let row = row.as_mut();
                row.expect("money moves only on an issued invoice").hear(change);
            }
        }
    }
}

fn of_invoice(event: &Recorded, happened: &InvoiceEvent) -> Option<Change> {
    Some(match happened {
        InvoiceEvent::Issued(issued) => Change::Issued {
            invoice_id: event.aggregate_id,
            position: event.position,
            number: issued.number.clone(),
            total: issued.totals.total,
            due_on: issued.due_on,
        },
        InvoiceEvent::PaymentSucceeded(payment) => Change::Received {
            standing: payment.standing,
            on: payment.received_on,
            at: event.occurred_at,
        },
        InvoiceEvent::PaymentReversed(event) => Change::Reversed(event.standing),
        InvoiceEvent::RefundCreated(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditReleased(event) => Change::Stands(event.standing),
        InvoiceEvent::CreditApplied(event) => Change::Stands(event.standing),
        InvoiceEvent::PaymentFailed(event) => Change::Failed(event.status),
        InvoiceEvent::PaidReported(event) => Change::Status(event.status),
        InvoiceEvent::Reconciled(event) => Change::Status(event.after.status),
        InvoiceEvent::OverdueMarked(_) => Change::Status(Status::Overdue),
        InvoiceEvent::WrittenOff(event) => Change::GivenUp(event.standing),
        InvoiceEvent::Canceled(_) => Change::Canceled,
        InvoiceEvent::Opened(_)
        | InvoiceEvent::LineAdded(_)
        | InvoiceEvent::LineRemoved(_)
        | InvoiceEvent::TotalsRecalculated(_)
        | InvoiceEvent::Sent(_)
        | InvoiceEvent::PaymentPending(_)
        | InvoiceEvent::RefundSettled(_)
        | InvoiceEvent::RefundFailed(_)
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
        | InvoiceEvent::ProviderLinked(_) => return None,
    })
}

fn issued(invoice_id: Uuid, position: i64, number: String, total: Money, due_on: Date) -> Row {
    // An invoice over nothing is paid at once.
    let status = if total.is_zero() { Status::Paid } else { Status::Sent };
    Row {
        invoice_id: Some(invoice_id),
        number: Some(number),
        status: Some(Word(status)),
        outstanding_minor: total.minor(),
        due_on: Some(due_on),
        ..empty(Kind::Invoice, invoice_id, position, total)
    }
}

fn empty(kind: Kind, subject_id: Uuid, position: i64, total: Money) -> Row {
    Row {
        kind: Word(kind),
        subject_id,
        invoice_id: None,
        number: None,
        status: None,
        currency: Word(total.currency()),
        total_minor: total.minor(),
        settled_minor: 0,
        outstanding_minor: 0,
        credit_minor: 0,
        succeeded_payments: 0,
        failed_attempts: 0,
        last_payment_on: None,
        last_payment_at: None,
        due_on: None,
        given_up: false,
        mismatch: false,
        mismatch_kind: None,
        method: None,
        opened_position: position,
    }
}

/// All of it waits for an owner: it is a mismatch until somebody resolves it.
fn held_row(event: &Recorded, held: &PaymentHeld) -> Row {
    let reason = match held.reason {
        HoldReason::CurrencyMismatch => Mismatch::CurrencyMismatch,
        HoldReason::InvoiceNotOpen => Mismatch::InvoiceNotOpen,
        HoldReason::UnknownInvoice => Mismatch::UnknownInvoice,
    };
    Row {
        invoice_id: held.invoice_id,
        credit_minor: held.amount.minor(),
        succeeded_payments: 1,
        last_payment_on: Some(held.received_on),
        last_payment_at: Some(event.occurred_at),
        mismatch: true,
        mismatch_kind: Some(Word(reason)),
        method: Some(Word(held.method)),
        ..empty(Kind::HeldPayment, held.payment_id, event.position, held.amount)
    }
}

impl Row {
    fn hear(&mut self, change: Change) {
        match change {
            Change::Issued { .. } | Change::Held(_) => {}
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
            Change::Canceled => {
                self.outstanding_minor = 0;
                self.status = Some(Word(Status::Canceled));
            }
        }
        let disagreement = self.disagreement();
        self.mismatch = disagreement.is_some();
        self.mismatch_kind = disagreement.map(Word);
    }

    fn stands(&mut self, standing: Standing) {
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
