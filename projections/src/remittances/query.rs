//! What finance asks about payments of payers.

use ledger::{
    remittance::ProviderAdjustment,
    values::{Money, RemittanceId},
};
use time::{Date, OffsetDateTime};

use super::{Remittances, Row};
use crate::{
    answers::{from_json, money, read},
    engine::{EngineError, Snapshot},
};

/// One payment, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// Which.
    pub remittance_id: RemittanceId,
    /// Who pays.
    pub payer_id: String,
    /// TRN02.
    pub trace: String,
    /// BPR04.
    pub method: String,
    /// BPR02.
    pub paid: Money,
    /// PLB in all: by how much it is cut outside of any claim.
    pub adjusted: Money,
    /// Paid for claims that are parked.
    pub parked_amount: Money,
    /// BPR16.
    pub paid_on: Date,
    /// The day of the entry.
    pub posted_on: Date,
    /// How many claims it is for.
    pub claims: i64,
    /// How many are posted.
    pub posted: i64,
    /// How many are parked.
    pub parked: i64,
    /// Posted lines that do not add up although their claim does.
    pub unbalanced_lines: i64,
    /// When it reached the bank.
    pub deposited_on: Option<Date>,
    /// The bank's number of it.
    pub deposit_reference: Option<String>,
    /// SHA-256 of the content.
    pub digest: String,
    /// PLB.
    pub adjustments: Vec<ProviderAdjustment>,
    /// When it came.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// Where it came: the key that lists go by.
    pub received_position: i64,
}

/// Which payments a list is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only of this payer.
    pub payer_id: Option<String>,
    /// Only with claims that are parked, or without any.
    pub parked: Option<bool>,
}

/// One payment, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: RemittanceId) -> Result<Option<Payment>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand remittance_id = $2";
    let rows = snapshot.ask::<Remittances>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// Payments, the latest first, after the one that came at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Payment>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::text is null or payer_id = $2)\n\
               and ($3::boolean is null or (parked > 0) = $3)\n\
               and ($4::bigint is null or received_position < $4)\n\
               order by received_position desc\nlimit $5";
    let org = snapshot.org().0;
    let values: [&(dyn postgres_types::ToSql + Sync); 5] =
        [&org, &filter.payer_id, &filter.parked, &after, &limit];
    answers(&snapshot.ask::<Remittances>(sql, &values).await?)
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Payment>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Payment, EngineError> {
    let money = |minor| money(minor, row.currency);
    Ok(Payment {
        remittance_id: RemittanceId::new(row.remittance_id),
        paid: money(row.paid_minor),
        adjusted: money(row.adjusted_minor),
        parked_amount: money(row.parked_minor),
        adjustments: from_json(row.adjustments.as_bytes())?,
        payer_id: row.payer_id,
        trace: row.trace,
        method: row.method,
        paid_on: row.paid_on,
        posted_on: row.posted_on,
        claims: row.claims,
        posted: row.posted,
        parked: row.parked,
        unbalanced_lines: row.unbalanced_lines,
        deposited_on: row.deposited_on,
        deposit_reference: row.deposit_reference,
        digest: row.digest,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        received_position: row.received_position,
    })
}
