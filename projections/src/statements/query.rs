//! What the founder asks.

use ledger::{
    statement::{By, Charge, HoldReason, Lifecycle},
    store::StoreError,
    values::{ClaimId, Money, Sealed, StatementId},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Row, Statements};
use crate::{
    answers::{money, read, sealed},
    engine::{EngineError, Snapshot, Worded},
};

/// Which statements are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Standing here.
    pub lifecycle_state: Option<Lifecycle>,
    /// Of this patient, as invoices know them.
    pub patient: Option<String>,
    /// Only those that wait for the founder.
    pub held: bool,
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemisedCharge {
    /// What it costs.
    pub amount: Money,
    /// In words, sealed.
    pub description: Option<Sealed<String>>,
    /// As a procedure code.
    pub procedure: Option<String>,
    /// When it was done.
    pub service_on: Date,
}

/// One statement, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which.
    pub statement_id: StatementId,
    /// `STMT-YYYYMM-NNNNN`.
    pub statement_number: String,
    /// Where it stands.
    pub lifecycle_state: Lifecycle,
    /// The claim that holds the money.
    pub claim_id: Option<ClaimId>,
    /// The patient as invoices know them.
    pub anonymous_patient_ref: String,
    /// What it all costs.
    pub total_charges: Money,
    /// What payers paid.
    pub insurance_paid: Money,
    /// What payers are still asked for.
    pub insurance_pending: Money,
    /// Taken off.
    pub adjustments: Money,
    /// What is the patient's to pay in all.
    pub patient_responsibility: Money,
    /// What the patient paid.
    pub patient_paid: Money,
    /// What is due.
    pub balance_due: Money,
    /// Whether the agent drew it up.
    pub ai_generated: bool,
    /// When the agent approved it.
    pub ai_approved_at: Option<OffsetDateTime>,
    /// Whether the founder took it over.
    pub founder_override: bool,
    /// Why it waits for the founder.
    pub held: Option<HoldReason>,
    /// Who sent it first.
    pub sent_by: Option<By>,
    /// When it was sent first.
    pub sent_at: Option<OffsetDateTime>,
    /// The day of the statement.
    pub statement_date: Date,
    /// The last day to pay.
    pub due_date: Date,
    /// The statement in its place.
    pub superseded_by: Option<Uuid>,
    /// When it was drawn up.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// Where it was drawn up.
    pub generated_position: i64,
    /// What was done, line by line.
    pub itemized_charges: Vec<ItemisedCharge>,
    /// The caller's own id of the patient, sealed.
    pub patient_id: Option<Sealed<String>>,
    /// The caller's own id of the call, sealed.
    pub call_id: Option<Sealed<String>>,
}

/// One statement, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: StatementId) -> Result<Option<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand statement_id = $2";
    let rows = snapshot.ask::<Statements>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// Statements, the latest first, drawn up before `before`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::text is null or lifecycle_state = $2)\n\
               and ($3::text is null or anonymous_patient_ref = $3)\n\
               and (not $4::boolean or held <> 'not_entitled')\n\
               and ($5::bigint is null or generated_position < $5)\n\
               order by generated_position desc\nlimit $6";
    let state = filter.lifecycle_state.as_ref().map(Worded::word);
    let org = snapshot.org().0;
    let rows = snapshot
        .ask::<Statements>(sql, &[&org, &state, &filter.patient, &filter.held, &before, &limit])
        .await?;
    answers(&rows)
}

/// The numbers of some statements.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn numbers(
    snapshot: &Snapshot,
    ids: &[Uuid],
) -> Result<std::collections::BTreeMap<Uuid, String>, EngineError> {
    let sql = "select statement_id, statement_number\nfrom {table}\nwhere org_id = $1\n\
               and statement_id = any($2)";
    let rows = snapshot.ask::<Statements>(sql, &[&snapshot.org().0, &ids]).await?;
    let one = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
    rows.iter()
        .map(one)
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("reading a read model's row"))
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Entry>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn itemised(charge: Charge) -> ItemisedCharge {
    ItemisedCharge {
        amount: charge.amount,
        description: charge.description,
        procedure: charge.procedure.map(|code| code.to_string()),
        service_on: charge.service_on,
    }
}

fn answer(row: Row) -> Result<Entry, EngineError> {
    let unreadable = |error: serde_json::Error| {
        EngineError::Store(StoreError::Damaged(format!("charges of a statement: {error}")))
    };
    let charges: Vec<Charge> = serde_json::from_slice(&row.charges).map_err(unreadable)?;
    let amount = |minor| money(minor, row.currency);
    Ok(Entry {
        statement_id: StatementId::new(row.statement_id),
        lifecycle_state: row.lifecycle_state.0,
        claim_id: row.claim_id.map(ClaimId::new),
        total_charges: amount(row.total_charges_minor),
        insurance_paid: amount(row.insurance_paid_minor),
        insurance_pending: amount(row.insurance_pending_minor),
        adjustments: amount(row.adjustments_minor),
        patient_responsibility: amount(row.patient_responsibility_minor),
        patient_paid: amount(row.patient_paid_minor),
        balance_due: amount(row.balance_due_minor),
        statement_number: row.statement_number,
        anonymous_patient_ref: row.anonymous_patient_ref,
        ai_generated: row.ai_generated,
        ai_approved_at: row.ai_approved_at,
        founder_override: row.founder_override,
        held: row.held.map(|held| held.0),
        sent_by: row.sent_by.map(|by| by.0),
        sent_at: row.sent_at,
        statement_date: row.statement_date,
        due_date: row.due_date,
        superseded_by: row.superseded_by,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        generated_position: row.generated_position,
        itemized_charges: charges.into_iter().map(itemised).collect(),
        patient_id: sealed(Some(&row.patient_id))?,
        call_id: sealed(row.call_id.as_deref())?,
    })
}
