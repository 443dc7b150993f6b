//! What the API asks about lines.

use ledger::{
    invoice::ItemType,
    values::{CycleKey, InvoiceId, Money, Rate, Sealed},
};
use time::Date;
use uuid::Uuid;

use super::{InvoiceLines, Row};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot},
};

/// One line, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which.
    pub line_id: Uuid,
    /// What it is for.
    pub item_type: ItemType,
    /// How many.
    pub quantity: i64,
    /// The price of one.
    pub unit_price: Money,
    /// Quantity times unit price.
    pub total_price: Money,
    /// Tax on top.
    pub tax_rate: Rate,
    /// Whether the rate follows the account's configuration until issue.
    pub rate_configured: bool,
    /// The day of service.
    pub service_on: Date,
    /// The patient as invoices know them; for internal tracking only.
    pub anonymous_patient_ref: Option<String>,
    /// The cycle it charges.
    pub cycle: Option<CycleKey>,
    /// First day it covers and first day after, where they are not the invoice's.
    pub covers: Option<(Date, Date)>,
    /// Where it was added: the key that lists go by.
    pub added_position: i64,
    /// What to call it, sealed; without, the item type's standard text.
    pub description: Option<Sealed<String>>,
}

/// An invoice's lines in the order they were added, after the one added at `after`, at most
/// `limit`. `configured_rate` is the invoice's own, from the same snapshot.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_invoice(
    snapshot: &Snapshot,
    id: InvoiceId,
    configured_rate: Option<Rate>,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Line>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand invoice_id = $2\n\
               and ($3::bigint is null or added_position > $3)\n\
               order by added_position, line_id\nlimit $4";
    let (org, id) = (snapshot.org().0, id.uuid());
    let rows = snapshot.ask::<InvoiceLines>(sql, &[&org, &id, &after, &limit]).await?;
    read::<Row>(&rows)?.into_iter().map(|row| answer(row, configured_rate)).collect()
}

fn answer(row: Row, configured_rate: Option<Rate>) -> Result<Line, EngineError> {
    let own: Rate = row.tax_rate.parse().unwrap_or_default();
    let followed = configured_rate.filter(|_| row.rate_configured);
    Ok(Line {
        line_id: row.line_id,
        item_type: row.item_type.0,
        quantity: row.quantity,
        unit_price: money(row.unit_price_minor, row.currency),
        total_price: money(row.total_price_minor, row.currency),
        tax_rate: followed.unwrap_or(own),
        rate_configured: row.rate_configured,
        service_on: row.service_on,
        cycle: row.cycle.as_deref().and_then(|cycle| cycle.parse().ok()),
        covers: row.covers_starts_on.zip(row.covers_ends_on),
        added_position: row.added_position,
        description: sealed(row.description.as_deref())?,
        anonymous_patient_ref: row.anonymous_patient_ref,
    })
}
