//! What a statement's events add.

use ledger::{
    recorded::Recorded,
    statement::{Lifecycle, StatementEvent},
    values::Money,
};
use uuid::Uuid;

use super::{Related, Subject, projector::Told};

/// An entry of the statement; money stands with the payment too.
pub(super) fn tell(
    event: &Recorded,
    happened: &StatementEvent,
    entry: &mut impl FnMut(Subject, Uuid, Told<'_>),
) {
    entry(Subject::Statement, event.aggregate_id, told(happened));
    let related = Some((Related::Statement, event.aggregate_id));
    let moved = match happened {
        StatementEvent::PaymentRecorded(it) => Some((it.payment_id, it.amount, "succeeded")),
        StatementEvent::PaymentReversed(it) => Some((it.payment_id, it.amount, "reversed")),
        StatementEvent::RefundCreated(it) => Some((it.payment_id, it.amount, "refunded")),
        StatementEvent::Generated(_)
        | StatementEvent::ContactsRecorded(_)
        | StatementEvent::Decided(_)
        | StatementEvent::Held(_)
        | StatementEvent::Released(_)
        | StatementEvent::Finalized(_)
        | StatementEvent::Restated(_)
        | StatementEvent::Superseded(_)
        | StatementEvent::Voided(_)
        | StatementEvent::Overridden(_)
        | StatementEvent::Sent(_)
        | StatementEvent::DeliverySucceeded(_)
        | StatementEvent::DeliveryFailed(_)
        | StatementEvent::FailoverScheduled(_)
        | StatementEvent::Delivered(_)
        | StatementEvent::Opened(_)
        | StatementEvent::Bounced(_)
        | StatementEvent::Escalated(_)
        | StatementEvent::PlanOffered(_)
        | StatementEvent::PlanAccepted(_)
        | StatementEvent::PlanDeclined(_)
        | StatementEvent::InstalmentPaid(_)
        | StatementEvent::InstalmentMissed(_)
        | StatementEvent::PlanCompleted(_)
        | StatementEvent::PlanCanceled(_)
        | StatementEvent::RefundSettled(_)
        | StatementEvent::Adjusted(_)
        | StatementEvent::Paid(_) => None,
    };
    if let Some((payment, amount, status)) = moved {
        entry(
            Subject::Payment,
            payment,
            Told { amount: Some(amount), status: Some(status), related },
        );
    }
}

fn told(event: &StatementEvent) -> Told<'static> {
    let stands = |state: Lifecycle| Told { status: Some(state.word()), ..Told::default() };
    let money = |amount: Money| Told { amount: Some(amount), ..Told::default() };
    let payment = |id, amount| Told { related: Some((Related::Payment, id)), ..money(amount) };
    match event {
        StatementEvent::Generated(it) => {
            Told { amount: Some(it.figures.balance_due), ..stands(it.lifecycle_state) }
        }
        StatementEvent::Finalized(it) => {
            Told { amount: Some(it.figures.balance_due), ..stands(it.lifecycle_state) }
        }
        StatementEvent::Restated(it) => {
            Told { amount: Some(it.figures.balance_due), ..stands(it.lifecycle_state) }
        }
        StatementEvent::Held(it) => Told { status: Some("held"), ..money(it.balance_due) },
        StatementEvent::Superseded(it) => {
            let related = Some((Related::Statement, it.superseded_by.uuid()));
            Told { related, ..stands(it.lifecycle_state) }
        }
        StatementEvent::Voided(it) => stands(it.lifecycle_state),
        StatementEvent::Overridden(it) => stands(it.lifecycle_state),
        StatementEvent::Sent(it) => stands(it.lifecycle_state),
        StatementEvent::DeliverySucceeded(it) => stands(it.lifecycle_state),
        StatementEvent::DeliveryFailed(it) => stands(it.lifecycle_state),
        StatementEvent::Delivered(it) => stands(it.lifecycle_state),
        StatementEvent::Opened(it) => stands(it.lifecycle_state),
        StatementEvent::Bounced(it) => stands(it.lifecycle_state),
        StatementEvent::Escalated(it) => {
            Told { amount: Some(it.balance_due), ..stands(it.lifecycle_state) }
        }
        StatementEvent::PlanOffered(it) => money(it.balance_due),
        StatementEvent::InstalmentPaid(it) => money(it.instalment.amount),
        StatementEvent::InstalmentMissed(it) => money(it.instalment.amount),
        StatementEvent::PaymentRecorded(it) => payment(it.payment_id, it.amount),
        StatementEvent::PaymentReversed(it) => {
            let status = Some(it.lifecycle_state.word());
            Told { status, ..payment(it.payment_id, it.amount) }
        }
        StatementEvent::RefundCreated(it) => payment(it.payment_id, it.amount),
        StatementEvent::RefundSettled(it) => {
            Told { related: Some((Related::Refund, it.refund_id)), ..money(it.amount) }
        }
        StatementEvent::Adjusted(it) => money(it.amount),
        StatementEvent::Paid(it) => stands(it.lifecycle_state),
        StatementEvent::ContactsRecorded(_)
        | StatementEvent::Decided(_)
        | StatementEvent::Released(_)
        | StatementEvent::FailoverScheduled(_)
        | StatementEvent::PlanAccepted(_)
        | StatementEvent::PlanDeclined(_)
        | StatementEvent::PlanCompleted(_)
        | StatementEvent::PlanCanceled(_) => Told::default(),
    }
}
