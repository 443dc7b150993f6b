//! The rows of the accounting export.

use ledger::{
    invoice::{InvoiceType, Status},
    values::{Currency, InvoiceId, Money},
};
use time::Date;
use uuid::Uuid;

use crate::{
    answers::money,
    engine::{EngineError, Snapshot, Word, Worded},
    invoices::Invoices,
    payment_status::PaymentStatus,
    tax_snapshot::TaxSnapshot,
};

/// One issued invoice as the export tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountingRow {
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
    /// Sum of the lines, as issued.
    pub subtotal: Money,
    /// Sum of the lines with a rate above zero, as issued.
    pub taxable_subtotal: Money,
    /// Tax, as issued.
    pub tax: Money,
    /// Subtotal and tax, as issued.
    pub total: Money,
    /// Tax over taxable subtotal, six decimal places, as issued.
    pub tax_rate_basis: String,
    /// Which tax law.
    pub jurisdiction: Option<String>,
    /// How many payments succeeded and stand.
    pub payments: i64,
    /// Their sum.
    pub payments_total: Money,
    /// The day the last of them was received.
    pub last_payment_on: Option<Date>,
    /// Refunds granted.
    pub refunded: Money,
    /// Taken back by credit notes.
    pub credited: Money,
    /// Written off, or lost in disputes.
    pub given_up: Money,
    /// Overpaid and not used.
    pub credit: Money,
    /// Still owed.
    pub balance: Money,
}

/// Where a page goes on: the last row's day of issue and id.
pub type After = (Date, Uuid);

/// Invoices issued from one day up to but without another, in these states (any without), by
/// day, after the row at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn rows(
    snapshot: &Snapshot,
    from: Date,
    until: Date,
    statuses: &[Status],
    after: Option<After>,
    limit: i64,
) -> Result<Vec<AccountingRow>, EngineError> {
    let sql = include_str!("rows.sql")
        .replace("{tax_snapshot}", &snapshot.model::<TaxSnapshot>()?.table)
        .replace("{invoices}", &snapshot.model::<Invoices>()?.table)
        .replace("{payment_status}", &snapshot.model::<PaymentStatus>()?.table);
    let statuses: Vec<&str> = statuses.iter().map(Worded::word).collect();
    let (org, (day, id)) = (snapshot.org().0, after.unzip());
    let values: [&(dyn postgres_types::ToSql + Sync); 7] =
        [&org, &from, &until, &statuses, &day, &id, &limit];
    let rows = snapshot.query(&sql, &values).await?;
    rows.iter()
        .map(row)
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("reading the accounting export"))
}

fn row(row: &tokio_postgres::Row) -> Result<AccountingRow, tokio_postgres::Error> {
    let currency: Word<Currency> = row.try_get("currency")?;
    let minor = |name: &str| row.try_get(name).map(|minor| money(minor, currency));
    let (status, invoice_type): (Word<Status>, Word<InvoiceType>) =
        (row.try_get("status")?, row.try_get("invoice_type")?);
    Ok(AccountingRow {
        invoice_id: InvoiceId::new(row.try_get("invoice_id")?),
        number: row.try_get("number")?,
        invoice_type: invoice_type.0,
        status: status.0,
        issued_on: row.try_get("issued_on")?,
        due_on: row.try_get("due_on")?,
        canceled_on: row.try_get("canceled_on")?,
        subtotal: minor("subtotal_minor")?,
        taxable_subtotal: minor("taxable_subtotal_minor")?,
        tax: minor("tax_minor")?,
        total: minor("total_minor")?,
        tax_rate_basis: row.try_get("tax_rate_basis")?,
        jurisdiction: row.try_get("jurisdiction")?,
        payments: row.try_get("payments")?,
        payments_total: minor("payments_minor")?,
        last_payment_on: row.try_get("last_payment_on")?,
        refunded: minor("refunded_minor")?,
        credited: minor("credited_minor")?,
        given_up: minor("given_up_minor")?,
        credit: minor("credit_minor")?,
        balance: minor("balance_minor")?,
    })
}
