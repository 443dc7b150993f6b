//! One page of it at a time.

use ledger::{
    invoice::{InvoiceType, Status},
    store::Ledger,
    values::{Currency, InvoiceId, Money, OrgId},
};
use time::Date;
use tokio::time::Instant;
use uuid::Uuid;

use crate::{
    answers::money,
    engine::{Engine, EngineError, NotReached, ReadModel, Snapshot, Word, Worded},
    invoices::Invoices,
    payment_status::PaymentStatus,
};

/// Which invoices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Issued on or after this day.
    pub from: Date,
    /// Issued before this day.
    pub until: Date,
    /// Only in these states; any without.
    pub statuses: Vec<Status>,
}

/// One issued invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billed {
    /// Which.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// What kind.
    pub invoice_type: InvoiceType,
    /// Where it stands.
    pub status: Status,
    /// The day it was issued.
    pub issued_on: Date,
    /// When payment is due.
    pub due_on: Option<Date>,
    /// The day it was voided.
    pub canceled_on: Option<Date>,
    /// Which tax law.
    pub jurisdiction: Option<String>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Sum of the lines with a rate above zero.
    pub taxable_subtotal: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// Subtotal and tax.
    pub total: Money,
    /// Settled, credits of other invoices included.
    pub paid: Money,
    /// Still owed.
    pub balance: Money,
    /// Overpaid, neither applied elsewhere nor refunded.
    pub credit: Money,
    /// Refunds granted.
    pub refunded: Money,
    /// Taken back by credit notes.
    pub credited: Money,
    /// Written off, or lost in disputes.
    pub given_up: Money,
    /// Payments that succeeded and stand.
    pub payments: i64,
    /// What they brought.
    pub received: Money,
    /// The day of the last of them.
    pub last_payment_on: Option<Date>,
}

impl Billed {
    /// What the list goes by.
    pub fn key(&self) -> (Date, Uuid) {
        (self.issued_on, self.invoice_id.uuid())
    }
}

/// Issued invoices by day, after the one at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    after: Option<(Date, Uuid)>,
    limit: i64,
) -> Result<Vec<Billed>, EngineError> {
    let sql = include_str!("list.sql")
        .replace("{invoices}", &snapshot.model::<Invoices>().await?.table)
        .replace("{payment_status}", &snapshot.model::<PaymentStatus>().await?.table);
    let statuses: Vec<&str> = filter.statuses.iter().map(Worded::word).collect();
    let org = snapshot.org().0;
    let (day, id) = after.unzip();
    let values: [&(dyn postgres_types::ToSql + Sync); 7] =
        [&org, &filter.from, &filter.until, &statuses, &day, &id, &limit];
    let rows = snapshot.query(&sql, &values).await?;
    let read = rows.iter().map(billed).collect::<Result<_, _>>();
    read.map_err(EngineError::database("listing what was billed"))
}

fn billed(row: &tokio_postgres::Row) -> Result<Billed, tokio_postgres::Error> {
    let currency: Word<Currency> = row.try_get("currency")?;
    let sum = |name: &str| row.try_get(name).map(|minor| money(minor, currency));
    let kind: Word<InvoiceType> = row.try_get("invoice_type")?;
    let status: Word<Status> = row.try_get("status")?;
    let number: Option<String> = row.try_get("number")?;
    Ok(Billed {
        invoice_id: InvoiceId::new(row.try_get("invoice_id")?),
        number: number.unwrap_or_default(),
        invoice_type: kind.0,
        status: status.0,
        issued_on: row.try_get("issued_on")?,
        due_on: row.try_get("due_on")?,
        canceled_on: row.try_get("canceled_on")?,
        jurisdiction: row.try_get("jurisdiction")?,
        subtotal: sum("subtotal_minor")?,
        taxable_subtotal: sum("taxable_subtotal_minor")?,
        tax: sum("tax_minor")?,
        total: sum("total_minor")?,
        paid: sum("paid_minor")?,
        balance: sum("balance_minor")?,
        credit: sum("credit_minor")?,
        refunded: sum("refunded_minor")?,
        credited: sum("credited_minor")?,
        given_up: sum("given_up_minor")?,
        payments: row.try_get("payments")?,
        received: sum("received_minor")?,
        last_payment_on: row.try_get("last_payment_on")?,
    })
}

/// Attempts to find both read models at one position.
const ATTEMPTS: usize = 20;

/// A view in which both read models answer for one position, `wanted` or later, and which that is.
///
/// # Errors
///
/// [`NotReached::Deadline`] when they have not got there in time.
pub async fn open(
    engine: &Engine,
    ledger: &Ledger,
    org: OrgId,
    wanted: i64,
    deadline: Instant,
) -> Result<(Snapshot, i64), NotReached> {
    let mut wanted = wanted;
    for _ in 0..ATTEMPTS {
        for model in [Invoices::NAME, PaymentStatus::NAME] {
            engine.wait_for(org, model, wanted, deadline).await?;
        }
        let snapshot = Snapshot::open(ledger.app_pool(), org).await?;
        let invoices = snapshot.model::<Invoices>().await?.position;
        let payments = snapshot.model::<PaymentStatus>().await?.position;
        if invoices == payments && invoices >= wanted {
            return Ok((snapshot, invoices));
        }
        wanted = wanted.max(invoices).max(payments);
    }
    Err(NotReached::Engine(EngineError::Aborted))
}
