//! What the API asks about submissions.

use ledger::{
    claim::{Frequency, PayerOrder},
    values::{ClaimId, Money},
};
use time::{Date, OffsetDateTime};

use super::{ClaimFilings, Row};
use crate::{
    answers::{money, read},
    engine::{EngineError, Snapshot},
};

/// One submission, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// The how-manieth time, counted from one.
    pub submission: i32,
    /// What it is to the payer.
    pub frequency: Option<Frequency>,
    /// To whom.
    pub payer_id: Option<String>,
    /// In which role.
    pub payer_order: Option<PayerOrder>,
    /// ISA13.
    pub interchange: Option<String>,
    /// GS06.
    pub group: Option<String>,
    /// ST02.
    pub transaction: Option<String>,
    /// REF*F8.
    pub payer_claim_number: Option<String>,
    /// SHA-256 of what was sent.
    pub digest: Option<String>,
    /// What was asked for.
    pub charge: Money,
    /// The day it was sent.
    pub submitted_on: Option<Date>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
}

/// Every time a claim was sent, the first time first.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_claim(snapshot: &Snapshot, id: ClaimId) -> Result<Vec<Filing>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand claim_id = $2\n\
               and kind = 'submission'\norder by position";
    let rows = snapshot.ask::<ClaimFilings>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    Ok(read::<Row>(&rows)?.into_iter().map(answer).collect())
}

fn answer(row: Row) -> Filing {
    Filing {
        submission: row.submission.unwrap_or(0),
        frequency: row.frequency.map(|frequency| frequency.0),
        payer_id: row.payer_id,
        payer_order: row.payer_order.map(|order| order.0),
        interchange: row.control_interchange,
        group: row.control_group,
        transaction: row.control_transaction,
        payer_claim_number: row.payer_claim_number,
        digest: row.digest,
        charge: money(row.charge_minor, row.currency),
        submitted_on: row.submitted_on,
        recorded_at: row.recorded_at,
    }
}
