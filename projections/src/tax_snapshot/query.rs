//! What reports ask about taxes.

use ledger::values::{Currency, InvoiceId, Money, Rounding};
use time::Date;
use uuid::Uuid;

use super::{Row, TaxSnapshot};
use crate::{
    answers::{money, read},
    engine::{self, EngineError, Word},
};

/// One invoice's taxes as they were at issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Which.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// The day it was issued.
    pub issued_on: Date,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Sum of the lines with a rate above zero.
    pub taxable_subtotal: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// Subtotal and tax.
    pub total: Money,
    /// Tax over taxable subtotal, six decimal places.
    pub tax_rate_basis: String,
    /// Which tax law.
    pub jurisdiction: Option<String>,
    /// How halves were rounded.
    pub rounding: Rounding,
    /// The day it was voided, if it was.
    pub canceled_on: Option<Date>,
}

/// Sums of a stretch of days, voided invoices left out.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxSums {
    /// Which tax law.
    pub jurisdiction: Option<String>,
    /// How many invoices.
    pub invoices: i64,
    /// Sum of their subtotals.
    pub subtotal: Money,
    /// Sum of their taxable subtotals.
    pub taxable_subtotal: Money,
    /// Sum of their taxes.
    pub tax: Money,
    /// Sum of their totals.
    pub total: Money,
}

/// One invoice's snapshot; `None` before it is issued.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(
    snapshot: &engine::Snapshot,
    id: InvoiceId,
) -> Result<Option<Snapshot>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand invoice_id = $2";
    let rows = snapshot.ask::<TaxSnapshot>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(read::<Row>(&rows)?.pop().map(answer))
}

/// Snapshots issued from one day up to but without another, by day, after the one at `after`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &engine::Snapshot,
    from: Date,
    until: Date,
    after: Option<(Date, Uuid)>,
    limit: i64,
) -> Result<Vec<Snapshot>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand issued_on >= $2\n\
               and issued_on < $3\n\
               and ($4::date is null or (issued_on, invoice_id) > ($4, $5::uuid))\n\
               order by issued_on, invoice_id\nlimit $6";
    let org = snapshot.org().0;
    let (day, id) = after.unzip();
    let values: [&(dyn postgres_types::ToSql + Sync); 6] = [&org, &from, &until, &day, &id, &limit];
    let rows = snapshot.ask::<TaxSnapshot>(sql, &values).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

/// Sums per jurisdiction and currency of what was issued from one day up to but without another;
/// without limits of all.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn sums(
    snapshot: &engine::Snapshot,
    from: Option<Date>,
    until: Option<Date>,
) -> Result<Vec<TaxSums>, EngineError> {
    let sql = include_str!("sums.sql");
    let org = snapshot.org().0;
    let rows = snapshot.ask::<TaxSnapshot>(sql, &[&org, &from, &until]).await?;
    rows.iter()
        .map(|row| {
            let currency: Word<Currency> = row.try_get("currency")?;
            let sum = |name: &str| row.try_get(name).map(|minor| money(minor, currency));
            Ok(TaxSums {
                jurisdiction: row.try_get("jurisdiction")?,
                invoices: row.try_get("invoices")?,
                subtotal: sum("subtotal_minor")?,
                taxable_subtotal: sum("taxable_subtotal_minor")?,
                tax: sum("tax_minor")?,
                total: sum("total_minor")?,
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("adding up taxes"))
}

fn answer(row: Row) -> Snapshot {
    let money = |minor| money(minor, row.currency);
    Snapshot {
        invoice_id: InvoiceId::new(row.invoice_id),
        issued_on: row.issued_on,
        subtotal: money(row.subtotal_minor),
        taxable_subtotal: money(row.taxable_subtotal_minor),
        tax: money(row.tax_minor),
        total: money(row.total_minor),
        rounding: row.rounding.0,
        canceled_on: row.canceled_on,
        number: row.number,
        tax_rate_basis: row.tax_rate_basis,
        jurisdiction: row.jurisdiction,
    }
}
