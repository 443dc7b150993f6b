//! What the API asks about claims.

use ledger::{
    claim::{AppealOutcome, Content, Finding, Frequency, Notice, PayerOrder, Standing, Status},
    values::{ClaimId, Money, Sealed},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Claims, Given, PostedAnswer, Row};
use crate::{
    answers::{from_json, money, read, sealed_id},
    engine::{EngineError, Snapshot, Worded},
};

/// One claim, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Which.
    pub claim_id: ClaimId,
    /// CLM01.
    pub account: String,
    /// Its money, and where it stands.
    pub standing: Standing,
    /// The patient as invoices know them.
    pub anonymous_patient_ref: String,
    /// Whom it was sent to last; before that, who is to pay first.
    pub payer_id: Option<String>,
    /// In which role.
    pub payer_order: Option<PayerOrder>,
    /// What the lines come to, sent or not.
    pub drafted: Money,
    /// Neither paid nor taken off by the answers that stand.
    pub denied: Money,
    /// How often it was sent.
    pub submission: i32,
    /// What the last submission was.
    pub frequency: Option<Frequency>,
    /// ISA13, GS06 and ST02 of the last submission.
    pub control: Option<[String; 3]>,
    /// SHA-256 of what was sent.
    pub digest: Option<String>,
    /// When it was sent last.
    pub submitted_on: Option<Date>,
    /// The furthest that was heard of the last submission.
    pub acknowledgement: Option<Notice>,
    /// Its reason.
    pub acknowledgement_reason: Option<String>,
    /// When it was heard.
    pub acknowledged_on: Option<Date>,
    /// The payer's number of the claim.
    pub payer_claim_number: Option<String>,
    /// The clearinghouse's number of the claim.
    pub clearinghouse_number: Option<String>,
    /// The first and the last day of service.
    pub service: Option<(Date, Date)>,
    /// When it was looked over.
    pub validated_on: Option<Date>,
    /// What a payer would not take; `None` until it was looked over.
    pub findings: Option<Vec<Finding>>,
    /// When a payer's answer was posted or taken back last.
    pub answered_on: Option<Date>,
    /// The latest dispute.
    pub appeal_id: Option<Uuid>,
    /// When it was filed.
    pub appeal_filed_on: Option<Date>,
    /// When the payer must have decided.
    pub appeal_due_on: Option<Date>,
    /// How it ended.
    pub appeal_outcome: Option<AppealOutcome>,
    /// When it was taken back.
    pub voided_on: Option<Date>,
    /// When it was closed last.
    pub closed_on: Option<Date>,
    /// When it was begun.
    pub created_at: OffsetDateTime,
    /// When it changed last.
    pub updated_at: OffsetDateTime,
    /// The stream's version, for `ETag`.
    pub version: i64,
    /// Where it was begun: the key that lists go by.
    pub drafted_position: i64,
    /// What payers answered, the first posted first.
    pub answers: Vec<PostedAnswer>,
    /// Decisions not to collect, the first first.
    pub write_offs: Vec<Given>,
    /// The caller's own id of the patient, sealed.
    pub patient_id: Sealed<String>,
    /// What it says.
    pub content: Content,
}

/// Which claims a list is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only in these states; any without.
    pub statuses: Vec<Status>,
    /// Only of this payer.
    pub payer_id: Option<String>,
    /// Only of this patient, as invoices know them.
    pub patient: Option<String>,
    /// Only with this CLM01.
    pub account: Option<String>,
}

/// One claim, or `None`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn get(snapshot: &Snapshot, id: ClaimId) -> Result<Option<Claim>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand claim_id = $2";
    let rows = snapshot.ask::<Claims>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(answers(&rows)?.pop())
}

/// What a claim says and the version at which it says so, or `None`.
///
/// # Errors
///
/// As [`get`].
pub async fn content(
    snapshot: &Snapshot,
    id: ClaimId,
) -> Result<Option<(Content, i64)>, EngineError> {
    Ok(get(snapshot, id).await?.map(|claim| (claim.content, claim.version)))
}

/// Claims, the latest begun first, after the one begun at `after`, at most `limit`.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Claim>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\n\
               and ($2::text[] = '{}' or status = any($2))\n\
               and ($3::text is null or payer_id = $3)\n\
               and ($4::text is null or anonymous_patient_ref = $4)\n\
               and ($5::text is null or upper(account) = upper($5))\n\
               and ($6::bigint is null or drafted_position < $6)\n\
               order by drafted_position desc\nlimit $7";
    let statuses: Vec<&str> = filter.statuses.iter().map(Worded::word).collect();
    let (org, payer, patient) = (snapshot.org().0, &filter.payer_id, &filter.patient);
    let values: [&(dyn postgres_types::ToSql + Sync); 7] =
        [&org, &statuses, payer, patient, &filter.account, &after, &limit];
    answers(&snapshot.ask::<Claims>(sql, &values).await?)
}

fn answers(rows: &[tokio_postgres::Row]) -> Result<Vec<Claim>, EngineError> {
    read::<Row>(rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Claim, EngineError> {
    let standing = standing(&row);
    let control = row.control_interchange.zip(row.control_group).zip(row.control_transaction);
    Ok(Claim {
        claim_id: ClaimId::new(row.claim_id),
        standing,
        payer_order: row.payer_order.map(|order| order.0),
        drafted: money(row.drafted_minor, row.currency),
        denied: money(row.denied_minor, row.currency),
        submission: row.submission,
        frequency: row.frequency.map(|frequency| frequency.0),
        control: control.map(|((interchange, group), set)| [interchange, group, set]),
        acknowledgement: row.acknowledgement.map(|notice| notice.0),
        service: row.service_starts_on.zip(row.service_ends_on),
        findings: row.findings.as_deref().map(|text| from_json(text.as_bytes())).transpose()?,
        appeal_outcome: row.appeal_outcome.map(|outcome| outcome.0),
        answers: from_json(row.answers.as_bytes())?,
        write_offs: from_json(row.write_offs.as_bytes())?,
        patient_id: sealed_id(&row.patient_id)?,
        content: from_json(&row.content)?,
        account: row.account,
        anonymous_patient_ref: row.anonymous_patient_ref,
        payer_id: row.payer_id,
        digest: row.digest,
        submitted_on: row.submitted_on,
        acknowledgement_reason: row.acknowledgement_reason,
        acknowledged_on: row.acknowledged_on,
        payer_claim_number: row.payer_claim_number,
        clearinghouse_number: row.clearinghouse_number,
        validated_on: row.validated_on,
        answered_on: row.answered_on,
        appeal_id: row.appeal_id,
        appeal_filed_on: row.appeal_filed_on,
        appeal_due_on: row.appeal_due_on,
        voided_on: row.voided_on,
        closed_on: row.closed_on,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        drafted_position: row.drafted_position,
    })
}

fn standing(row: &Row) -> Standing {
    let money = |minor| money(minor, row.currency);
    Standing {
        adjusted_insurance: money(row.adjusted_insurance_minor),
        adjusted_patient: money(row.adjusted_patient_minor),
        charge: money(row.charge_minor),
        insurance_balance: money(row.insurance_balance_minor),
        insurance_paid: money(row.insurance_paid_minor),
        patient_balance: money(row.patient_balance_minor),
        patient_paid: money(row.patient_paid_minor),
        patient_share: money(row.patient_share_minor),
        status: row.status.0,
    }
}
