//! What finance asks.

use ledger::{
    invoice::{PaymentMethod, Status, status_by_funds},
    values::{InvoiceId, Money},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Kind, Mismatch, Reconcile, Row};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot},
};

/// Which rows are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Where status and money disagree, and payments that are held.
    Mismatch,
    /// All of them.
    All,
}

/// One row, answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// An invoice.
    Invoice(InvoiceEntry),
    /// A payment that fits no invoice.
    HeldPayment(Held),
}

impl Entry {
    /// The key that lists go by.
    pub fn position(&self) -> i64 {
        match self {
            Self::Invoice(entry) => entry.opened_position,
            Self::HeldPayment(held) => held.position,
        }
    }
}

/// An invoice's status beside its money.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceEntry {
    /// Which.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: Option<String>,
    /// Where it says it stands.
    pub status: Status,
    /// Where funds and due date say it stands today; what reconciling would set.
    pub expected_status: Status,
    /// How status and money disagree, if they do.
    pub mismatch: Option<Mismatch>,
    /// What was billed.
    pub total: Money,
    /// Settled funds.
    pub settled: Money,
    /// Still owed.
    pub outstanding: Money,
    /// Overpaid and not used.
    pub credit: Money,
    /// Payments that succeeded and stand.
    pub succeeded_payments: i64,
    /// Attempts to collect that failed.
    pub failed_attempts: i64,
    /// The day the last money was received.
    pub last_payment_on: Option<Date>,
    /// When the last money was received.
    pub last_payment_at: Option<OffsetDateTime>,
    /// When payment is due.
    pub due_on: Option<Date>,
    /// Whether what was owed is written off.
    pub given_up: bool,
    /// Where it was begun.
    pub opened_position: i64,
}

/// A payment that fits no invoice.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Which.
    pub payment_id: Uuid,
    /// The invoice it was meant for.
    pub invoice_id: Option<InvoiceId>,
    /// How much.
    pub amount: Money,
    /// Why it fits nowhere.
    pub reason: Option<Mismatch>,
    /// How it came.
    pub method: Option<PaymentMethod>,
    /// The day it was received.
    pub received_on: Option<Date>,
    /// Where it was heard of.
    pub position: i64,
}

/// Rows, the latest begun first, after the one begun at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    which: Which,
    today: Date,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let only = match which {
        Which::Mismatch => "and mismatch\n",
        Which::All => "and not resolved\n",
    };
    let sql = format!(
        "select {{columns}}\nfrom {{table}}\nwhere org_id = $1\n{only}\
         and ($2::bigint is null or opened_position < $2)\n\
         order by opened_position desc\nlimit $3"
    );
    let org = snapshot.org().0;
    let rows = snapshot.ask::<Reconcile>(&sql, &[&org, &after, &limit]).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(|row| answer(row, today)).collect())
}

/// One invoice's row, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(
    snapshot: &Snapshot,
    id: InvoiceId,
    today: Date,
) -> Result<Option<InvoiceEntry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand kind = 'invoice'\n\
               and subject_id = $2";
    let rows = snapshot.ask::<Reconcile>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(read::<Row>(&rows)?.pop().map(|row| invoice(row, today)))
}

fn answer(row: Row, today: Date) -> Entry {
    match row.kind.0 {
        Kind::Invoice => Entry::Invoice(invoice(row, today)),
        Kind::HeldPayment => Entry::HeldPayment(Held {
            payment_id: row.subject_id,
            invoice_id: row.invoice_id.map(InvoiceId::new),
            amount: money(row.total_minor, row.currency),
            reason: row.mismatch_kind.map(|kind| kind.0),
            method: row.method.map(|method| method.0),
            received_on: row.last_payment_on,
            position: row.opened_position,
        }),
    }
}

fn invoice(row: Row, today: Date) -> InvoiceEntry {
    let status = row.status.map_or(Status::Draft, |status| status.0);
    let (outstanding, settled) =
        (money(row.outstanding_minor, row.currency), money(row.settled_minor, row.currency));
    let fixed = row.given_up || matches!(status, Status::Draft | Status::Canceled);
    let expected_status = if fixed {
        status
    } else {
        status_by_funds(status, outstanding, settled, row.due_on, today)
    };
    InvoiceEntry {
        invoice_id: InvoiceId::new(row.subject_id),
        status,
        expected_status,
        mismatch: row.mismatch_kind.map(|kind| kind.0),
        total: money(row.total_minor, row.currency),
        settled,
        outstanding,
        credit: money(row.credit_minor, row.currency),
        succeeded_payments: row.succeeded_payments,
        failed_attempts: row.failed_attempts,
        last_payment_on: row.last_payment_on,
        last_payment_at: row.last_payment_at,
        due_on: row.due_on,
        given_up: row.given_up,
        opened_position: row.opened_position,
        number: row.number,
    }
}
