//! What each event means for a held payment.

use ledger::{
    recorded::{LedgerEvent, Recorded},
    subscription::{PaymentHeld, SubscriptionEvent},
};
use time::Date;
use uuid::Uuid;

use super::{HeldStatus, Row};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct HeldPayments;

/// What an event means for a held payment.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It came in.
    Held(Box<Row>),
    /// It went somewhere.
    Resolved {
        /// Where.
        status: HeldStatus,
        /// To this invoice.
        to: Option<Uuid>,
        /// The day.
        on: Date,
        /// By whom.
        by: String,
        /// Why.
        reason_code: Option<String>,
    },
    /// It is held again.
    Regained {
        /// Why.
        reason_code: String,
    },
}

impl ReadModel for HeldPayments {
    const NAME: &'static str = "held_payments";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        matches!(
            event_type,
            "billing.subscription.payment_held"
                | "billing.subscription.held_payment_released"
                | "billing.subscription.held_payment_returned"
                | "billing.subscription.held_payment_regained"
        )
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::Subscription(happened) = &event.event else { return };
        let by = || event.actor.0.clone();
        let change = match happened {
            SubscriptionEvent::PaymentHeld(held) => {
                (held.payment_id, Change::Held(Box::new(row(event, held))))
            }
            SubscriptionEvent::HeldPaymentReleased(released) => {
                let (status, to) = (HeldStatus::Released, Some(released.to));
                let on = released.released_on;
                let change = Change::Resolved { status, to, on, by: by(), reason_code: None };
                (released.payment_id, change)
            }
            SubscriptionEvent::HeldPaymentReturned(returned) => {
                let (status, on) = (HeldStatus::Returned, returned.returned_on);
                let reason_code = Some(returned.reason_code.to_string());
                let change = Change::Resolved { status, to: None, on, by: by(), reason_code };
                (returned.payment_id, change)
            }
            SubscriptionEvent::HeldPaymentRegained(regained) => {
                let reason_code = regained.reason_code.to_string();
                (regained.payment_id, Change::Regained { reason_code })
            }
            SubscriptionEvent::Opened(_)
            | SubscriptionEvent::PlanChanged(_)
            | SubscriptionEvent::TaxConfigured(_)
            | SubscriptionEvent::TrialStarted(_)
            | SubscriptionEvent::Activated(_)
            | SubscriptionEvent::PastDueMarked(_)
            | SubscriptionEvent::Canceled(_)
            | SubscriptionEvent::Paused(_)
            | SubscriptionEvent::Resumed(_)
            | SubscriptionEvent::ProviderLinked(_)
            | SubscriptionEvent::CycleStarted(_) => return,
        };
        out.extend([change]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let Change::Held(held) = change {
            *row = Some(*held);
            return;
        }
        let row = row.as_mut().expect("a payment is held before anything else happens to it");
        match change {
            Change::Held(_) => {}
            Change::Resolved { status, to, on, by, reason_code } => {
                row.status = Word(status);
                row.released_to = to;
                row.resolved_on = Some(on);
                row.resolved_by = Some(by);
                row.reason_code = reason_code;
            }
            Change::Regained { reason_code } => {
                row.status = Word(HeldStatus::Open);
                row.released_to = None;
                row.resolved_on = None;
                row.resolved_by = None;
                row.reason_code = Some(reason_code);
            }
        }
    }
}

fn row(event: &Recorded, held: &PaymentHeld) -> Row {
    Row {
        payment_id: held.payment_id,
        status: Word(HeldStatus::Open),
        reason: Word(held.reason),
        method: Word(held.method),
        currency: Word(held.amount.currency()),
        amount_minor: held.amount.minor(),
        meant_for: held.invoice_id,
        received_on: held.received_on,
        released_to: None,
        resolved_on: None,
        resolved_by: None,
        reason_code: None,
        held_position: event.position,
    }
}
