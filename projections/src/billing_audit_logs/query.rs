//! What the founder asks.

use std::collections::BTreeMap;

use ledger::values::{Money, Sealed};
use uuid::Uuid;

use super::{BillingAuditLogs, Row};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot},
    statement_deliveries, statements,
};

/// Who carries out what the founder delegates, in the guide's words.
///
/// - **Source:** contract S4.7.
pub const EXECUTED_BY: &str = "AI Agent under Founder billing authority";

/// One act, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As it is stored.
    pub row: Row,
    /// Where the statement stood before it.
    pub previous_state: Option<String>,
    /// The statement's number.
    pub statement_number: Option<String>,
    /// The delivery's id.
    pub delivery_id: Option<Uuid>,
    /// Whether the delivery succeeded, as far as is known.
    pub success: Option<bool>,
    /// What it all costs.
    pub total_charges: Option<Money>,
    /// What is the patient's to pay.
    pub patient_responsibility: Option<Money>,
    /// What is due.
    pub balance_due: Option<Money>,
    /// The caller's own id of the patient, sealed.
    pub patient_id: Option<Sealed<String>>,
    /// The founder's words, sealed.
    pub note: Option<Sealed<String>>,
}

/// Acts, the latest first, before the position `before`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    statement: Option<Uuid>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}, (\n\
               select p.new_state\nfrom {table} p\nwhere p.org_id = t.org_id\n\
               and p.statement_id = t.statement_id\nand p.position < t.position\n\
               and p.new_state is not null\norder by p.position desc\nlimit 1\n\
               ) as previous_state\nfrom {table} t\nwhere org_id = $1\n\
               and ($2::uuid is null or statement_id = $2)\n\
               and ($3::bigint is null or position < $3)\n\
               order by position desc\nlimit $4";
    let org = snapshot.org().0;
    let found = snapshot.ask::<BillingAuditLogs>(sql, &[&org, &statement, &before, &limit]).await?;
    let before = found
        .iter()
        .map(|row| row.try_get("previous_state"))
        .collect::<Result<Vec<Option<String>>, _>>()
        .map_err(EngineError::database("reading a read model's row"))?;
    let rows: Vec<Row> = read(&found)?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.statement_id).collect();
    let numbers = statements::numbers(snapshot, &ids).await?;
    let with_delivery: Vec<Uuid> =
        rows.iter().filter(|row| row.delivery.is_some()).map(|row| row.statement_id).collect();
    let deliveries = statement_deliveries::of(snapshot, &with_delivery).await?;
    let known: BTreeMap<(Uuid, i32), (Uuid, Option<bool>)> = deliveries
        .into_iter()
        .map(|entry| entry.row)
        .map(|row| ((row.statement_id, row.delivery), (row.delivery_id, row.success)))
        .collect();
    rows.into_iter()
        .zip(before)
        .map(|(row, previous_state)| {
            let delivery = row.delivery.and_then(|number| known.get(&(row.statement_id, number)));
            let (delivery_id, success) = delivery.copied().unzip();
            answer(row, previous_state, &numbers, (delivery_id, success.flatten()))
        })
        .collect()
}

fn answer(
    row: Row,
    previous_state: Option<String>,
    numbers: &BTreeMap<Uuid, String>,
    (delivery_id, success): (Option<Uuid>, Option<bool>),
) -> Result<Entry, EngineError> {
    let amount = |minor: Option<i64>| minor.zip(row.currency).map(|(minor, of)| money(minor, of));
    Ok(Entry {
        previous_state,
        statement_number: numbers.get(&row.statement_id).cloned(),
        delivery_id,
        success,
        total_charges: amount(row.total_charges_minor),
        patient_responsibility: amount(row.patient_responsibility_minor),
        balance_due: amount(row.balance_due_minor),
        patient_id: sealed(row.patient_id.as_deref())?,
        note: sealed(row.note.as_deref())?,
        row,
    })
}
