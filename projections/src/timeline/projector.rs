//! What each event adds to which timeline.

use ledger::{
    patient_activation::PatientActivationEvent,
    recorded::{LedgerEvent, Recorded},
    subject::SubjectEvent,
    subscription::SubscriptionEvent,
    values::Money,
};
use uuid::Uuid;

use super::{Related, Row, Subject, of_invoice};
use crate::engine::{ReadModel, Word};

/// See the module.
pub struct Timeline;

/// What an entry tells besides its envelope.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Told<'a> {
    pub amount: Option<Money>,
    pub status: Option<&'a str>,
    pub related: Option<(Related, Uuid)>,
}

impl ReadModel for Timeline {
    const NAME: &'static str = "timeline";
    const VERSION: i32 = 1;
    const HEARD_ONCE: bool = true;
    type Key = (Word<Subject>, Uuid, i64, i32);
    type Change = Box<Row>;
    type Row = Row;

    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Box<Row>)>) {
        let mut entry = |subject, id, told: Told<'_>| {
            let row = row(event, subject, id, told);
            let key = (row.subject_kind, row.subject_id, row.position, row.ordinal);
            out.extend([(key, Box::new(row))]);
        };
        match &event.event {
            LedgerEvent::Invoice(happened) => of_invoice::tell(event, happened, &mut entry),
            LedgerEvent::PatientActivation(happened) => {
                entry(Subject::Patient, event.aggregate_id, of_patient(happened));
            }
            LedgerEvent::Subscription(happened) => {
                entry(Subject::Subscription, event.aggregate_id, of_account(happened));
                if let SubscriptionEvent::PaymentHeld(held) = happened {
                    let related = held.invoice_id.map(|id| (Related::Invoice, id));
                    let told = Told { amount: Some(held.amount), status: Some("held"), related };
                    entry(Subject::Payment, held.payment_id, told);
                }
            }
            LedgerEvent::Books(_) => {}
            // A patient's subject has the same UUID as their billing state.
            LedgerEvent::Subject(SubjectEvent::Erased(erased)) => {
                let told = Told { status: Some("erased"), ..Told::default() };
                entry(Subject::Patient, erased.subject.0, told);
            }
        }
    }

    fn fold(row: &mut Option<Row>, change: Box<Row>) {
        *row = Some(*change);
    }
}

fn row(event: &Recorded, subject: Subject, id: Uuid, told: Told<'_>) -> Row {
    Row {
        subject_kind: Word(subject),
        subject_id: id,
        position: event.position,
        ordinal: 0,
        event_type: event.event.name().to_owned(),
        event_id: event.event_id,
        occurred_at: event.occurred_at,
        recorded_at: event.recorded_at,
        actor: event.actor.0.clone(),
        amount_minor: told.amount.map(Money::minor),
        currency: told.amount.map(|amount| Word(amount.currency())),
        status: told.status.map(str::to_owned),
        related_kind: told.related.map(|(kind, _)| Word(kind)),
        related_id: told.related.map(|(_, id)| id),
    }
}

fn of_patient(event: &PatientActivationEvent) -> Told<'static> {
    match event {
        PatientActivationEvent::Activated(_) | PatientActivationEvent::Reactivated(_) => {
            Told { status: Some("active"), ..Told::default() }
        }
        PatientActivationEvent::Deactivated(_) => {
            Told { status: Some("inactive"), ..Told::default() }
        }
        PatientActivationEvent::CycleBilled(billed) => {
            Told { amount: Some(billed.terms.fee), ..Told::default() }
        }
    }
}

fn of_account(event: &SubscriptionEvent) -> Told<'static> {
    let status = |status| Told { status: Some(status), ..Told::default() };
    match event {
        SubscriptionEvent::Opened(_) => status("inactive"),
        SubscriptionEvent::TrialStarted(_) => status("trialing"),
        SubscriptionEvent::Activated(_) | SubscriptionEvent::Resumed(_) => status("active"),
        SubscriptionEvent::PastDueMarked(_) => status("past_due"),
        SubscriptionEvent::Canceled(_) => status("canceled"),
        SubscriptionEvent::Paused(_) => status("paused"),
        SubscriptionEvent::PaymentHeld(held) => Told {
            amount: Some(held.amount),
            related: Some((Related::Payment, held.payment_id)),
            ..Told::default()
        },
        SubscriptionEvent::PlanChanged(_)
        | SubscriptionEvent::TaxConfigured(_)
        | SubscriptionEvent::HeldPaymentReleased(_)
        | SubscriptionEvent::HeldPaymentReturned(_)
        | SubscriptionEvent::HeldPaymentRegained(_)
        | SubscriptionEvent::ProviderLinked(_)
        | SubscriptionEvent::CycleStarted(_) => Told::default(),
    }
}
