//! What those who bill ask.

use ledger::{
    facesheet::{Source, Status},
    values::{ClaimId, FacesheetId, Sealed},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Facesheets, Row};
use crate::{
    answers::{read, sealed},
    engine::{EngineError, Snapshot, Worded},
};

/// Which facesheets are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that an answer is waited for.
    Open,
    /// Those that stand here.
    In(Status),
}

/// One facesheet, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which; the patient's.
    pub facesheet_id: FacesheetId,
    /// Where it stands.
    pub status: Status,
    /// What is asked for, as codes.
    pub missing: Vec<String>,
    /// What was not on the one that came.
    pub still_missing: Vec<String>,
    /// How it came.
    pub source: Option<Source>,
    /// Its name in the store of documents.
    pub document: Option<String>,
    /// The claim that lacks something.
    pub claim_id: Option<ClaimId>,
    /// The patient as invoices know them.
    pub anonymous_patient_ref: String,
    /// The day it was asked for last.
    pub requested_on: Date,
    /// The day by which an answer is expected.
    pub due_on: Date,
    /// The day it came.
    pub received_on: Option<Date>,
    /// Why it was canceled.
    pub reason_code: Option<String>,
    /// How often it was asked for.
    pub times_requested: i64,
    /// When it was asked for first.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// Where it was asked for last.
    pub requested_position: i64,
    /// The caller's own id of the patient, sealed.
    pub patient_id: Option<Sealed<String>>,
    /// Whom we asked, sealed.
    pub asked_of: Option<Sealed<String>>,
}

/// One patient's facesheet, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: FacesheetId) -> Result<Option<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand facesheet_id = $2";
    let rows = snapshot.ask::<Facesheets>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// Facesheets, the latest request first, asked for before `before`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::text[] is null or status = any($2))\n\
               and ($3::bigint is null or requested_position < $3)\n\
               order by requested_position desc\nlimit $4";
    let open = [Status::Requested, Status::Overdue];
    let statuses: Option<Vec<&str>> = match &filter {
        Filter::All => None,
        Filter::Open => Some(open.iter().map(Worded::word).collect()),
        Filter::In(status) => Some(vec![status.word()]),
    };
    let org = snapshot.org().0;
    let rows = snapshot.ask::<Facesheets>(sql, &[&org, &statuses, &before, &limit]).await?;
    answers(&rows)
}

/// Requests that were due before a day and are not overdue yet, after the one at `after`, at most
/// `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn due_before(
    snapshot: &Snapshot,
    day: Date,
    after: Option<FacesheetId>,
    limit: i64,
) -> Result<Vec<FacesheetId>, EngineError> {
    let sql = "select facesheet_id\nfrom {table}\nwhere org_id = $1\nand status = 'requested'\n\
               and due_on < $2\nand ($3::uuid is null or facesheet_id > $3)\n\
               order by facesheet_id\nlimit $4";
    let (org, after) = (snapshot.org().0, after.map(FacesheetId::uuid));
    let rows = snapshot.ask::<Facesheets>(sql, &[&org, &day, &after, &limit]).await?;
    let id = |row: &tokio_postgres::Row| row.try_get::<_, Uuid>(0).map(FacesheetId::new);
    rows.iter()
        .map(id)
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("reading a read model's row"))
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Entry>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Entry, EngineError> {
    Ok(Entry {
        facesheet_id: FacesheetId::new(row.facesheet_id),
        status: row.status.0,
        missing: words(&row.missing),
        still_missing: words(&row.still_missing),
        source: row.source.map(|source| source.0),
        document: row.document,
        claim_id: row.claim_id.map(ClaimId::new),
        anonymous_patient_ref: row.anonymous_patient_ref,
        requested_on: row.requested_on,
        due_on: row.due_on,
        received_on: row.received_on,
        reason_code: row.reason_code,
        times_requested: row.times_requested,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        requested_position: row.requested_position,
        patient_id: sealed(Some(&row.patient_id))?,
        asked_of: sealed(row.asked_of.as_deref())?,
    })
}

fn words(joined: &str) -> Vec<String> {
    joined.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
