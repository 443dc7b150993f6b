//! What the API asks about patients.

use ledger::{
    store::StoreError,
    values::{CycleKey, PatientActivationId, Sealed},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Patients, Row};
use crate::{
    answers::{read, sealed},
    engine::{EngineError, Snapshot},
};

/// One patient, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Patient {
    /// Which; also the key that lists go by.
    pub patient_id: PatientActivationId,
    /// The patient as invoices know them; for internal tracking only.
    pub anonymous_patient_ref: String,
    /// Whether the org is billed for them.
    pub is_active_for_billing: bool,
    /// Since when, the last time.
    pub activated_at: OffsetDateTime,
    /// Since when no longer.
    pub deactivated_at: Option<OffsetDateTime>,
    /// The latest cycle that was billed.
    pub last_billed_cycle: Option<CycleKey>,
    /// When they were first heard of.
    pub created_at: OffsetDateTime,
    /// When they changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// The caller's id, sealed.
    pub foreign_id: Sealed<String>,
    /// The name, sealed.
    pub name: Option<Sealed<String>>,
}

/// One patient, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(
    snapshot: &Snapshot,
    id: PatientActivationId,
) -> Result<Option<Patient>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand patient_id = $2";
    let rows = snapshot.ask::<Patients>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// Patients by id, after `after`, at most `limit`; only active or inactive ones if asked.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    active: Option<bool>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Patient>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::boolean is null or is_active_for_billing = $2)\n\
               and ($3::uuid is null or patient_id > $3)\norder by patient_id\nlimit $4";
    let org = snapshot.org().0;
    answers(&snapshot.ask::<Patients>(sql, &[&org, &active, &after, &limit]).await?)
}

/// How many patients the org is billed for.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn active_count(snapshot: &Snapshot) -> Result<i64, EngineError> {
    let sql = "select count(*)\nfrom {table}\nwhere org_id = $1\nand is_active_for_billing";
    let rows = snapshot.ask::<Patients>(sql, &[&snapshot.org().0]).await?;
    let count = rows.first().map_or(Ok(0), |row| row.try_get(0));
    count.map_err(EngineError::database("counting patients"))
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Patient>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Patient, EngineError> {
    let foreign_id = sealed(Some(&row.foreign_id))?;
    let foreign_id = foreign_id.ok_or_else(|| {
        EngineError::Store(StoreError::Damaged("a patient without an id".to_owned()))
    })?;
    Ok(Patient {
        patient_id: PatientActivationId::new(row.patient_id),
        anonymous_patient_ref: row.anonymous_patient_ref,
        is_active_for_billing: row.is_active_for_billing,
        activated_at: row.activated_at,
        deactivated_at: row.deactivated_at,
        last_billed_cycle: row.last_billed_cycle.as_deref().and_then(|cycle| cycle.parse().ok()),
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        foreign_id,
        name: sealed(row.name.as_deref())?,
    })
}
