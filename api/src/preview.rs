//! What a dry run answers: the events, and what they would mean in figures.

use ledger::{
    Decider,
    invoice::{Invoice, Status},
    journal::postings,
    recorded::LedgerEvent,
    store::Outcome,
    values::{InvoiceId, Money},
};
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{error::ApiError, state::AppState};

/// What a command would do; nothing was appended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Preview {
    /// True.
    dry_run: bool,
    /// The position at which it was decided.
    position: i64,
    /// The events that would be appended.
    events: Vec<PreviewEvent>,
    /// What they would enter into the journal, one entry per event that moves money.
    entries: Vec<PreviewEntry>,
    /// The invoices they are about, before and after.
    invoices: Vec<PreviewInvoice>,
}

/// An event by name and content; personal data in it is sealed.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewEvent {
    /// What would happen.
    r#type: &'static str,
    /// The version of its shape.
    version: u16,
    /// The stream it would happen to.
    subject: Uuid,
    /// Its content.
    #[schema(value_type = Option<Object>)]
    data: Option<Value>,
}

/// An entry that an event would make.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewEntry {
    /// The event's name.
    r#type: &'static str,
    /// The stream it would happen to.
    subject: Uuid,
    /// The day the entry belongs to.
    date: Date,
    /// Debits and credits are the same.
    lines: Vec<PreviewLine>,
}

/// One line of an entry.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewLine {
    /// Number in the chart of accounts.
    account: &'static str,
    /// Name in the chart of accounts.
    account_name: &'static str,
    /// On the left.
    debit: String,
    /// On the right.
    credit: String,
    /// ISO 4217.
    currency: String,
}

/// An invoice before and after.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewInvoice {
    /// Which.
    invoice_id: Uuid,
    /// As it stands; null where it is new.
    before: Option<PreviewStanding>,
    /// As it would stand.
    after: Option<PreviewStanding>,
}

/// Where an invoice stands.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
struct PreviewStanding {
    /// draft, sent, partial, paid, overdue, failed or canceled.
    status: String,
    /// ISO 4217.
    currency: String,
    /// Subtotal and tax.
    total_amount: String,
    /// Settled so far.
    amount_paid: String,
    /// Still owed.
    balance_due: String,
    /// Overpaid, neither applied elsewhere nor refunded.
    unapplied_credit: String,
}

impl Preview {
    /// Reads the invoices as they stand, and lets the decided events happen to copies of them.
    pub(crate) async fn of(state: &AppState, outcome: &Outcome) -> Result<Self, ApiError> {
        let mut invoices = Vec::new();
        for id in invoices_of(outcome) {
            let (before, _) = state.ledger.load::<Invoice>(outcome.org, id).await?;
            let happening = happened(outcome).filter(|(subject, _)| *subject == id.uuid());
            let events = happening.filter_map(|(_, event)| match event {
                LedgerEvent::Invoice(event) => Some(event.clone()),
                _ => None,
            });
            let after = after(before.clone(), events);
            let (before, after) = (PreviewStanding::of(&before), PreviewStanding::of(&after));
            invoices.push(PreviewInvoice { invoice_id: id.uuid(), before, after });
        }
        Ok(Self {
            dry_run: true,
            position: outcome.position,
            events: happened(outcome)
                .map(|(subject, event)| PreviewEvent::of(subject, event))
                .collect(),
            entries: happened(outcome)
                .filter_map(|(subject, event)| PreviewEntry::of(subject, event))
                .collect(),
            invoices,
        })
    }
}

fn happened(outcome: &Outcome) -> impl Iterator<Item = (Uuid, &LedgerEvent)> {
    outcome.subjects.iter().copied().zip(&outcome.decided)
}

/// The invoices that something would happen to, each once, in order.
fn invoices_of(outcome: &Outcome) -> Vec<InvoiceId> {
    let mut found = Vec::new();
    for (subject, event) in happened(outcome) {
        let id = InvoiceId::new(subject);
        if matches!(event, LedgerEvent::Invoice(_)) && !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

fn after<A: Decider>(mut aggregate: A, events: impl Iterator<Item = A::Event>) -> A {
    events.for_each(|event| aggregate.apply(event));
    aggregate
}

impl PreviewEvent {
    fn of(subject: Uuid, event: &LedgerEvent) -> Self {
        let bytes = event.encode().ok();
        let data = bytes.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        Self { r#type: event.name(), version: event.version(), subject, data }
    }
}

impl PreviewEntry {
    fn of(subject: Uuid, event: &LedgerEvent) -> Option<Self> {
        let postings = postings(event);
        let date = postings.first()?.business_date;
        let line = |posting: &ledger::journal::Posting| PreviewLine {
            account: posting.account.number(),
            account_name: posting.account.name(),
            debit: Money::from_minor(posting.debit_minor, posting.currency).to_string(),
            credit: Money::from_minor(posting.credit_minor, posting.currency).to_string(),
            currency: posting.currency.to_string(),
        };
        let lines = postings.iter().map(line).collect();
        Some(Self { r#type: event.name(), subject, date, lines })
    }
}

impl PreviewStanding {
    fn of(invoice: &Invoice) -> Option<Self> {
        let total = invoice.totals()?.total;
        let zero = Money::zero(total.currency());
        let (paid, balance, credit) = match invoice.standing() {
            Some(standing) if standing.status != Status::Draft => {
                (standing.paid, standing.balance, standing.credit)
            }
            _ => (zero, zero, zero),
        };
        Some(Self {
            status: invoice.status().to_string(),
            currency: total.currency().to_string(),
            total_amount: total.to_string(),
            amount_paid: paid.to_string(),
            balance_due: balance.to_string(),
            unapplied_credit: credit.to_string(),
        })
    }
}
