//! What accountants ask about what was billed ahead.

use ledger::{
    invoice::{ItemType, Progress},
    values::{Currency, InvoiceId, Money},
};
use time::Date;
use uuid::Uuid;

use super::{Revenue, Row};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Word},
};

/// What an invoice billed ahead for one item type, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// On which invoice.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// What for.
    pub item_type: ItemType,
    /// Billed ahead, net of tax.
    pub billed: Money,
    /// Earned so far.
    pub recognized: Money,
    /// Taken back before it was earned.
    pub cut: Money,
    /// Neither earned nor taken back.
    pub deferred: Money,
    /// The day of issue.
    pub issued_on: Date,
    /// First day of service.
    pub starts_on: Date,
    /// Last day, if nothing interrupts it.
    pub ends_on: Date,
    /// The day up to which something was earned last.
    pub recognized_through: Option<Date>,
    /// Each stretch of service: schedule, days or months elapsed, earned, left.
    pub schedules: Vec<Progress>,
}

/// Sums of one item type in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// What for.
    pub item_type: ItemType,
    /// Billed ahead.
    pub billed: Money,
    /// Earned so far.
    pub recognized: Money,
    /// Taken back before it was earned.
    pub cut: Money,
    /// Neither.
    pub deferred: Money,
}

/// Where a page goes on: the last row's invoice and item type.
pub type After = (Uuid, ItemType);

/// What an invoice billed ahead, by item type; empty where it billed nothing ahead.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_invoice(snapshot: &Snapshot, id: InvoiceId) -> Result<Vec<Ahead>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand invoice_id = $2\n\
               order by item_type";
    let rows = snapshot.ask::<Revenue>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

/// Rows with something left to earn, by invoice and item type, after the one at `after`, at most
/// `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<Ahead>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand deferred_minor <> 0\n\
               and ($2::uuid is null or (invoice_id, item_type) > ($2, $3::text))\n\
               order by invoice_id, item_type\nlimit $4";
    let org = snapshot.org().0;
    let (id, item_type) = after.map(|(id, item_type)| (id, Word(item_type))).unzip();
    let rows = snapshot.ask::<Revenue>(sql, &[&org, &id, &item_type, &limit]).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

/// Sums by item type and currency of all that was ever billed ahead.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn totals(snapshot: &Snapshot) -> Result<Vec<Totals>, EngineError> {
    let rows = snapshot.ask::<Revenue>(include_str!("totals.sql"), &[&snapshot.org().0]).await?;
    rows.iter()
        .map(|row| {
            let currency: Word<Currency> = row.try_get("currency")?;
            let item_type: Word<ItemType> = row.try_get("item_type")?;
            let sum = |name: &str| row.try_get(name).map(|minor| money(minor, currency));
            Ok(Totals {
                item_type: item_type.0,
                billed: sum("billed_minor")?,
                recognized: sum("recognized_minor")?,
                cut: sum("cut_minor")?,
                deferred: sum("deferred_minor")?,
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("adding up revenue"))
}

fn answer(row: Row) -> Ahead {
    let money = |minor| money(minor, row.currency);
    Ahead {
        invoice_id: InvoiceId::new(row.invoice_id),
        item_type: row.item_type.0,
        billed: money(row.billed_minor),
        recognized: money(row.recognized_minor),
        cut: money(row.cut_minor),
        deferred: money(row.deferred_minor),
        issued_on: row.issued_on,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        recognized_through: row.recognized_through,
        schedules: row.progress().into_iter().map(|(_, progress)| progress).collect(),
        number: row.number,
    }
}
