//! What each event means for a payment's or a refund's row.

use ledger::{
    invoice::{InvoiceEvent, PaymentMethod, RefundCreated},
    recorded::{LedgerEvent, Recorded},
    values::Money,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Kind, Row, Stands};
use crate::{
    answers::closed,
    engine::{ReadModel, Word},
};

/// See the module.
pub struct PaymentStatus;

/// What an event says about one movement; what it does not say stays as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    key: (Uuid, Uuid),
    at: OffsetDateTime,
    position: i64,
    stands: Stands,
    on: Date,
    /// What a movement begins with.
    begins: Option<Begins>,
    applied_minor: Option<i64>,
    credited_minor: Option<i64>,
    reversed_minor: i64,
    disputed_minor: i64,
    reason_code: Option<String>,
    reference: Option<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Begins {
    kind: Kind,
    payment_id: Uuid,
    method: PaymentMethod,
    amount: Money,
}

impl ReadModel for PaymentStatus {
    const NAME: &'static str = "payment_status";
    const VERSION: i32 = 2;
    type Key = (Uuid, Uuid);
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.invoice.payment_")
            || event_type.starts_with("billing.invoice.refund_")
            || event_type.starts_with("billing.invoice.dispute_")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<((Uuid, Uuid), Change)>) {
        let LedgerEvent::Invoice(happened) = &event.event else { return };
        out.extend(change(event, happened).map(|change| (change.key, change)));
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if row.is_none() {
            let begins = change.begins.as_ref();
            let begins = begins.expect("a refund is granted before anything else happens to it");
            *row = Some(begun(&change, begins));
        }
        let Some(row) = row else { return };
        row.status = Word(change.stands);
        row.changed_on = change.on;
        row.updated_at = change.at;
        row.applied_minor = change.applied_minor.unwrap_or(row.applied_minor);
        row.credited_minor = change.credited_minor.unwrap_or(row.credited_minor);
        row.reversed_minor += change.reversed_minor;
        row.disputed_minor += change.disputed_minor;
        // Part of a payment may be lost; the rest of it stands.
        if row.status.0 == Stands::ChargedBack && row.disputed_minor < row.amount_minor {
            row.status = Word(Stands::Succeeded);
        }
        row.reason_code = change.reason_code.or(row.reason_code.take());
        row.reference = change.reference.or(row.reference.take());
    }
}

fn change(event: &Recorded, happened: &InvoiceEvent) -> Option<Change> {
    Some(match happened {
        InvoiceEvent::PaymentPending(e) => Change {
            begins: payment(e.payment_id, e.method, e.amount),
            reference: e.reference.as_ref().map(closed),
            ..news(event, e.payment_id, Stands::Pending, e.received_on)
        },
        InvoiceEvent::PaymentSucceeded(e) => Change {
            begins: payment(e.payment_id, e.method, e.amount),
            applied_minor: Some(e.applied.minor()),
            credited_minor: Some(e.credited.minor()),
            reference: e.reference.as_ref().map(closed),
            ..news(event, e.payment_id, Stands::Succeeded, e.received_on)
        },
        InvoiceEvent::PaymentFailed(e) => Change {
            begins: payment(e.payment_id, e.method, e.amount),
            reason_code: e.reason_code.as_ref().map(ToString::to_string),
            ..news(event, e.payment_id, Stands::Failed, e.failed_on)
        },
        InvoiceEvent::PaymentReversed(e) => Change {
            begins: payment(e.payment_id, e.method, e.amount),
            reversed_minor: e.amount.minor(),
            reason_code: Some(e.reason_code.to_string()),
            ..news(event, e.payment_id, Stands::Reversed, e.reversed_on)
        },
        InvoiceEvent::PaymentTakenOver(e) => Change {
            begins: payment(e.payment_id, e.method, e.amount),
            applied_minor: Some(e.applied.minor()),
            credited_minor: Some(e.credited.minor()),
            ..news(event, e.payment_id, Stands::Succeeded, e.taken_over_on)
        },
        InvoiceEvent::PaymentHandedBack(e) => Change {
            applied_minor: Some(0),
            credited_minor: Some(0),
            reason_code: Some(e.reason_code.to_string()),
            ..news(event, e.payment_id, Stands::HandedBack, e.handed_back_on)
        },
        InvoiceEvent::DisputeOpened(e) => Change {
            disputed_minor: e.amount.minor(),
            reason_code: Some(e.reason_code.to_string()),
            ..news(event, e.payment_id, Stands::Disputed, e.opened_on)
        },
        InvoiceEvent::DisputeWon(e) => Change {
            disputed_minor: -e.amount.minor(),
            ..news(event, e.payment_id, Stands::Succeeded, e.closed_on)
        },
        InvoiceEvent::DisputeLost(e) => news(event, e.payment_id, Stands::ChargedBack, e.closed_on),
        InvoiceEvent::RefundCreated(e) => granted(event, e),
        InvoiceEvent::RefundCanceled(e) => Change {
            reason_code: Some(e.reason_code.to_string()),
            ..news(event, e.refund_id, Stands::Canceled, e.canceled_on)
        },
        InvoiceEvent::RefundSettled(e) => news(event, e.refund_id, Stands::Settled, e.settled_on),
        InvoiceEvent::RefundFailed(e) => news(event, e.refund_id, Stands::Failed, e.failed_on),
        InvoiceEvent::Opened(_)
        | InvoiceEvent::LineAdded(_)
        | InvoiceEvent::LineRemoved(_)
        | InvoiceEvent::TotalsRecalculated(_)
        | InvoiceEvent::Issued(_)
        | InvoiceEvent::Sent(_)
        | InvoiceEvent::PaidReported(_)
        | InvoiceEvent::Reconciled(_)
        | InvoiceEvent::OverdueMarked(_)
        | InvoiceEvent::CreditReleased(_)
        | InvoiceEvent::CreditApplied(_)
        | InvoiceEvent::WrittenOff(_)
        | InvoiceEvent::Canceled(_)
        | InvoiceEvent::CreditNoteIssued(_)
        | InvoiceEvent::CreditNoteVoided(_)
        | InvoiceEvent::CreditReturned(_)
        | InvoiceEvent::CreditRegained(_)
        | InvoiceEvent::RevenueRecognized(_)
        | InvoiceEvent::Imported(_)
        | InvoiceEvent::WriteOffReversed(_)
        | InvoiceEvent::ProviderLinked(_) => return None,
    })
}

fn granted(event: &Recorded, refund: &RefundCreated) -> Change {
    let RefundCreated { amount, method, payment_id, .. } = *refund;
    Change {
        begins: Some(Begins { kind: Kind::Refund, payment_id, method, amount }),
        credited_minor: Some(refund.from_credit.minor()),
        reason_code: Some(refund.reason_code.to_string()),
        ..news(event, refund.refund_id, Stands::Created, refund.created_on)
    }
}

fn news(event: &Recorded, id: Uuid, stands: Stands, on: Date) -> Change {
    Change {
        key: (event.aggregate_id, id),
        at: event.recorded_at,
        position: event.position,
        stands,
        on,
        begins: None,
        applied_minor: None,
        credited_minor: None,
        reversed_minor: 0,
        disputed_minor: 0,
        reason_code: None,
        reference: None,
    }
}

fn payment(payment_id: Uuid, method: PaymentMethod, amount: Money) -> Option<Begins> {
    Some(Begins { kind: Kind::Payment, payment_id, method, amount })
}

fn begun(change: &Change, begins: &Begins) -> Row {
    Row {
        invoice_id: change.key.0,
        movement_id: change.key.1,
        kind: Word(begins.kind),
        payment_id: begins.payment_id,
        status: Word(change.stands),
        method: Word(begins.method),
        currency: Word(begins.amount.currency()),
        amount_minor: begins.amount.minor(),
        applied_minor: 0,
        credited_minor: 0,
        reversed_minor: 0,
        began_on: change.on,
        changed_on: change.on,
        reason_code: None,
        created_at: change.at,
        updated_at: change.at,
        began_position: change.position,
        reference: None,
        disputed_minor: 0,
    }
}
