//! The GST report: what was collected and taken back in a period.

use std::collections::{BTreeMap, BTreeSet};

use ledger::values::{Currency, Money, Rate};
use uuid::Uuid;

use super::{Kind, Movement, Row, TaxLedger, whole};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot, Word},
    journal::Period,
};

/// One tax of one law in one currency, over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GstLine {
    /// Which tax law; none where none is configured.
    pub jurisdiction: Option<String>,
    /// The tax's name: `GST`, `HST`, `QST`, `TAX`, …
    pub component: String,
    /// Its rate.
    pub rate: Rate,
    /// Tax of invoices issued.
    pub collected: Money,
    /// Tax taken back by credit notes, refunds and voids, less what of that was undone; above
    /// zero is taken back.
    pub taken_back: Money,
    /// Collected less taken back: what is owed to the state.
    pub net: Money,
    /// What the net tax is taken on.
    pub taxable_base: Money,
}

/// Sums of one line, in minor units.
#[derive(Default)]
struct Sums {
    collected: i64,
    taken_back: i64,
    base: i64,
}

type Key = (Option<String>, String, String, String);

/// What was collected and taken back in a period, by law, name, rate and currency, from the
/// amounts that documents carry: the report of a stretch of business days up to a position is
/// the same for ever.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn gst(snapshot: &Snapshot, period: Period) -> Result<Vec<GstLine>, EngineError> {
    let mut sums: BTreeMap<Key, Sums> = BTreeMap::new();
    told_apart(snapshot, period, &mut sums).await?;
    for movement in undivided(snapshot, period).await? {
        let currency = movement.currency.code().to_owned();
        let key = (movement.jurisdiction, movement.component, movement.rate, currency);
        let sums = sums.entry(key).or_default();
        sums.taken_back -= movement.tax_minor;
        sums.base += movement.base_minor;
    }
    Ok(sums.into_iter().filter_map(line).collect())
}

/// Movements whose events name the tax, added up by the database.
async fn told_apart(
    snapshot: &Snapshot,
    period: Period,
    sums: &mut BTreeMap<Key, Sums>,
) -> Result<(), EngineError> {
    let failed = || EngineError::database("adding up taxes");
    let org = snapshot.org().0;
    let values: [&(dyn postgres_types::ToSql + Sync); 4] =
        [&org, &period.until_position, &period.from, &period.until];
    for row in snapshot.ask::<TaxLedger>(include_str!("told_apart.sql"), &values).await? {
        let currency: String = row.try_get("currency").map_err(failed())?;
        let key = (
            row.try_get("jurisdiction").map_err(failed())?,
            row.try_get("component").map_err(failed())?,
            row.try_get("rate").map_err(failed())?,
            currency,
        );
        let of = |name: &str| row.try_get::<_, i64>(name).map_err(failed());
        let sums = sums.entry(key).or_default();
        sums.collected += of("collected_minor")?;
        sums.taken_back += of("taken_back_minor")?;
        sums.base += of("base_minor")?;
    }
    Ok(())
}

/// Movements of the period whose events do not name the tax, told apart by their invoices.
async fn undivided(snapshot: &Snapshot, period: Period) -> Result<Vec<Movement>, EngineError> {
    let org = snapshot.org().0;
    let values: [&(dyn postgres_types::ToSql + Sync); 4] =
        [&org, &period.until_position, &period.from, &period.until];
    let rows = snapshot.ask::<TaxLedger>(include_str!("undivided.sql"), &values).await?;
    let rows = read::<Row>(&rows)?;
    let undivided: BTreeSet<i64> =
        rows.iter().filter(|row| row.component.is_none()).map(|row| row.position).collect();
    let mut invoices: BTreeMap<Uuid, Vec<Row>> = BTreeMap::new();
    for row in rows {
        invoices.entry(row.invoice_id).or_default().push(row);
    }
    let within = |movement: &Movement| {
        undivided.contains(&movement.position)
            && period.from.is_none_or(|from| movement.business_on >= from)
            && period.until.is_none_or(|until| movement.business_on < until)
    };
    Ok(invoices.values().flat_map(|rows| whole(rows)).filter(within).collect())
}

fn line(((jurisdiction, component, rate, currency), sums): (Key, Sums)) -> Option<GstLine> {
    let currency: Currency = currency.parse().ok()?;
    let of = |minor| money(minor, Word(currency));
    Some(GstLine {
        jurisdiction,
        component,
        rate: rate.parse().ok()?,
        collected: of(sums.collected),
        taken_back: of(sums.taken_back),
        net: of(sums.collected - sums.taken_back),
        taxable_base: of(sums.base),
    })
}

impl Movement {
    /// Whether it counts as collected; all others take back or undo that.
    pub fn is_collected(&self) -> bool {
        self.kind == Kind::Issued
    }
}
