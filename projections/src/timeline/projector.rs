//! What each event adds to which timeline.

use ledger::{
    books::{BooksEvent, Side},
    facesheet::FacesheetEvent,
    patient_activation::PatientActivationEvent,
    recorded::{LedgerEvent, Recorded},
    subject::SubjectEvent,
    subscription::SubscriptionEvent,
    values::Money,
};
use uuid::Uuid;

use super::{Related, Row, Subject, of_claim, of_invoice, of_statement};
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
    const VERSION: i32 = 3;
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
                if let Some((payment, told)) = of_held_payment(happened) {
                    entry(Subject::Payment, payment, told);
                }
            }
            LedgerEvent::Books(happened) => {
                entry(Subject::Books, event.aggregate_id, of_books(happened));
            }
            // The list of exceptions tells how each of them went.
            LedgerEvent::Exception(_) => {}
            LedgerEvent::Operation(_) => {}
            // A patient's facesheet has the same UUID as their billing state.
            LedgerEvent::Facesheet(happened) => {
                entry(Subject::Patient, event.aggregate_id, of_facesheet(happened));
            }
            LedgerEvent::Claim(happened) => {
                entry(Subject::Claim, event.aggregate_id, of_claim::claim(event.org, happened));
            }
            LedgerEvent::PriorAuth(happened) => {
                entry(Subject::PriorAuth, event.aggregate_id, of_claim::prior_auth(happened));
            }
            // What became of a payment's claims stands with them.
            LedgerEvent::Remittance(_) => {}
            LedgerEvent::Delegation(_) | LedgerEvent::Import(_) | LedgerEvent::Switch(_) => {}
            LedgerEvent::Statement(happened) => of_statement::tell(event, happened, &mut entry),
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

fn of_facesheet(event: &FacesheetEvent) -> Told<'static> {
    let status = match event {
        FacesheetEvent::Requested(_) => Some("facesheet_requested"),
        FacesheetEvent::Received(_) => Some("facesheet_received"),
        FacesheetEvent::OverdueMarked(_) => Some("facesheet_overdue"),
        FacesheetEvent::Canceled(_) => Some("facesheet_canceled"),
        FacesheetEvent::Widened(_) => None,
    };
    Told { status, ..Told::default() }
}

fn of_account(event: &SubscriptionEvent) -> Told<'static> {
    let status = |status| Told { status: Some(status), ..Told::default() };
    let payment = |id, amount| Told {
        amount: Some(amount),
        related: Some((Related::Payment, id)),
        ..Told::default()
    };
    match event {
        SubscriptionEvent::Opened(_) => status("inactive"),
        SubscriptionEvent::TrialStarted(_) => status("trialing"),
        SubscriptionEvent::Activated(_) | SubscriptionEvent::Resumed(_) => status("active"),
        SubscriptionEvent::PastDueMarked(_) => status("past_due"),
        SubscriptionEvent::Canceled(_) => status("canceled"),
        SubscriptionEvent::Paused(_) => status("paused"),
        SubscriptionEvent::PaymentHeld(held) => payment(held.payment_id, held.amount),
        SubscriptionEvent::HeldPaymentReleased(it) => payment(it.payment_id, it.amount),
        SubscriptionEvent::HeldPaymentReturned(it) => payment(it.payment_id, it.amount),
        SubscriptionEvent::HeldPaymentRegained(it) => payment(it.payment_id, it.amount),
        SubscriptionEvent::PlanChanged(_)
        | SubscriptionEvent::TaxConfigured(_)
        | SubscriptionEvent::ProviderLinked(_)
        | SubscriptionEvent::CycleStarted(_) => Told::default(),
    }
}

/// What a payment itself hears of it. Where it goes to an invoice and comes back, the invoice's
/// own event says so.
fn of_held_payment(event: &SubscriptionEvent) -> Option<(Uuid, Told<'static>)> {
    let (payment, amount, status, related) = match event {
        SubscriptionEvent::PaymentHeld(held) => {
            (held.payment_id, held.amount, "held", held.invoice_id)
        }
        SubscriptionEvent::HeldPaymentReturned(it) => (it.payment_id, it.amount, "returned", None),
        SubscriptionEvent::HeldPaymentReleased(_)
        | SubscriptionEvent::HeldPaymentRegained(_)
        | SubscriptionEvent::Opened(_)
        | SubscriptionEvent::TrialStarted(_)
        | SubscriptionEvent::Activated(_)
        | SubscriptionEvent::Resumed(_)
        | SubscriptionEvent::PastDueMarked(_)
        | SubscriptionEvent::Canceled(_)
        | SubscriptionEvent::Paused(_)
        | SubscriptionEvent::PlanChanged(_)
        | SubscriptionEvent::TaxConfigured(_)
        | SubscriptionEvent::ProviderLinked(_)
        | SubscriptionEvent::CycleStarted(_) => return None,
    };
    let related = related.map(|id| (Related::Invoice, id));
    Some((payment, Told { amount: Some(amount), status: Some(status), related }))
}

fn of_books(event: &BooksEvent) -> Told<'static> {
    match event {
        BooksEvent::PeriodClosed(_) => Told { status: Some("closed"), ..Told::default() },
        BooksEvent::PeriodReopened(_) => Told { status: Some("reopened"), ..Told::default() },
        BooksEvent::EntryPosted(posted) => {
            let debits = posted.lines.iter().filter(|line| line.side == Side::Debit);
            Told {
                amount: total(debits.map(|line| line.amount)),
                related: Some((Related::Entry, posted.entry_id)),
                ..Told::default()
            }
        }
    }
}

/// The sum, where there is one: nothing, or several currencies, have none.
pub(super) fn total(mut amounts: impl Iterator<Item = Money>) -> Option<Money> {
    let first = amounts.next()?;
    amounts.try_fold(first, |sum, amount| sum.plus(amount).ok())
}
