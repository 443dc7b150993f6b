//! What the API and the job ask about authorizations.

use ledger::{
    prior_auth::{Status, Urgency},
    values::{PriorAuthId, Sealed},
};
use time::{Date, OffsetDateTime};

use super::{PriorAuths, Row};
use crate::{
    answers::{from_json, read, sealed, sealed_id},
    engine::{EngineError, Snapshot},
};

/// One authorization, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Authorization {
    /// Which.
    pub prior_auth_id: PriorAuthId,
    /// Where it stands.
    pub status: Status,
    /// The patient as invoices know them.
    pub anonymous_patient_ref: String,
    /// Whom we asked.
    pub payer_id: String,
    /// The service.
    pub procedure: String,
    /// How fast the payer must answer.
    pub urgency: Urgency,
    /// How many units were asked.
    pub units_requested: String,
    /// The first and the last day asked.
    pub asked: (Date, Date),
    /// When it was asked.
    pub requested_at: OffsetDateTime,
    /// When the payer must have answered.
    pub answer_due_at: OffsetDateTime,
    /// How many units the payer allows.
    pub units_approved: Option<String>,
    /// Taken by claim lines that stand.
    pub units_drawn: String,
    /// Approved and not drawn.
    pub units_left: String,
    /// Wanted by claim lines that wait.
    pub units_waiting: String,
    /// The first and the last day allowed.
    pub allowed: Option<(Date, Date)>,
    /// The payer's number of it.
    pub reference: Option<String>,
    /// Why it was pended, denied or canceled.
    pub reason_code: Option<String>,
    /// When the payer said what it said last.
    pub decided_on: Option<Date>,
    /// When it expired, was used up or was withdrawn.
    pub ended_on: Option<Date>,
    /// When it was first heard of.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// Where it was asked: the key that lists go by.
    pub requested_position: i64,
    /// The caller's own id of the patient, sealed.
    pub patient_id: Sealed<String>,
    /// The patient's number with the payer, sealed.
    pub member_id: Option<Sealed<String>>,
    /// What was added, sealed.
    pub note: Option<Sealed<String>>,
    /// What the payer wrote, sealed.
    pub payer_note: Option<Sealed<String>>,
    /// Diagnosis codes, each sealed.
    pub diagnoses: Vec<Sealed<String>>,
}

/// One authorization, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(
    snapshot: &Snapshot,
    id: PriorAuthId,
) -> Result<Option<Authorization>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand prior_auth_id = $2";
    let rows = snapshot.ask::<PriorAuths>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// A patient's authorizations, the latest asked first, after the one asked at `after`, at most
/// `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_patient(
    snapshot: &Snapshot,
    patient: &str,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Authorization>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and anonymous_patient_ref = $2\n\
               and ($3::bigint is null or requested_position < $3)\n\
               order by requested_position desc\nlimit $4";
    let org = snapshot.org().0;
    answers(&snapshot.ask::<PriorAuths>(sql, &[&org, &patient, &after, &limit]).await?)
}

/// Authorizations whose last day has passed and that are not marked so, by id, after the one at
/// `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn expiring(
    snapshot: &Snapshot,
    today: Date,
    after: Option<PriorAuthId>,
    limit: i64,
) -> Result<Vec<PriorAuthId>, EngineError> {
    let sql = "select prior_auth_id\nfrom {table}\nwhere org_id = $1\n\
               and status in ('approved', 'partly_approved', 'modified')\nand ends_on < $2\n\
               and ($3::uuid is null or prior_auth_id > $3)\norder by prior_auth_id\nlimit $4";
    let (org, after) = (snapshot.org().0, after.map(PriorAuthId::uuid));
    let rows = snapshot.ask::<PriorAuths>(sql, &[&org, &today, &after, &limit]).await?;
    rows.iter()
        .map(|row| row.try_get(0).map(PriorAuthId::new))
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing authorizations that expire"))
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Authorization>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Authorization, EngineError> {
    Ok(Authorization {
        prior_auth_id: PriorAuthId::new(row.prior_auth_id),
        status: row.status.0,
        urgency: row.urgency.0,
        asked: (row.asked_starts_on, row.asked_ends_on),
        allowed: row.starts_on.zip(row.ends_on),
        patient_id: sealed_id(&row.patient_id)?,
        member_id: sealed(row.member_id.as_deref())?,
        note: sealed(row.note.as_deref())?,
        payer_note: sealed(row.payer_note.as_deref())?,
        diagnoses: from_json(&row.diagnoses)?,
        anonymous_patient_ref: row.anonymous_patient_ref,
        payer_id: row.payer_id,
        procedure: row.procedure,
        units_requested: row.units_requested,
        requested_at: row.requested_at,
        answer_due_at: row.answer_due_at,
        units_approved: row.units_approved,
        units_drawn: row.units_drawn,
        units_left: row.units_left,
        units_waiting: row.units_waiting,
        reference: row.reference,
        reason_code: row.reason_code,
        decided_on: row.decided_on,
        ended_on: row.ended_on,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        requested_position: row.requested_position,
    })
}
