//! What finance asks about the claims of a payment.

use ledger::{
    remittance::{ParkReason, RemittedClaim},
    values::{ClaimId, RemittanceId},
};
use time::Date;

use super::{RemittanceClaims, Row, Stands};
use crate::{
    answers::{from_json, read},
    engine::{EngineError, Snapshot},
};

/// One claim of a payment, answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Place in the payment, counted from one.
    pub sequence: i32,
    /// Which claim, known or not.
    pub claim_id: ClaimId,
    /// What has become of it.
    pub status: Stands,
    /// Why it is, or was, parked.
    pub reason: Option<ParkReason>,
    /// When it was parked.
    pub parked_on: Option<Date>,
    /// When it was posted.
    pub posted_on: Option<Date>,
    /// What the payer says.
    pub advice: RemittedClaim,
}

/// The claims of a payment, in their order.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn of_payment(snapshot: &Snapshot, id: RemittanceId) -> Result<Vec<Part>, EngineError> {
    let sql = "select {columns}\nfrom {table}\nwhere org_id = $1\nand remittance_id = $2\n\
               order by sequence";
    let rows = snapshot.ask::<RemittanceClaims>(sql, &[&snapshot.org().0, &id.uuid()]).await?;
    read::<Row>(&rows)?.into_iter().map(answer).collect()
}

fn answer(row: Row) -> Result<Part, EngineError> {
    Ok(Part {
        sequence: row.sequence,
        claim_id: ClaimId::new(row.claim_id),
        status: row.status.0,
        reason: row.reason.map(|reason| reason.0),
        parked_on: row.parked_on,
        posted_on: row.posted_on,
        advice: from_json(row.advice.as_bytes())?,
    })
}
