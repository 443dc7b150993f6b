//! A log that is put back from a file: policies learn from it, and do none of it again.

use ledger::{store::Ledger, values::OrgId};

use super::super::{EngineError, NO_SLOT, policies};

/// No policy has this version, so that each takes over from it silently.
const BEFORE: i32 = 0;

/// Says of an org without events that everything up to a position will be history: whatever
/// policies would do about it was done, and is in the log as well.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn as_history(ledger: &Ledger, org: OrgId, position: i64) -> Result<(), EngineError> {
    let failed = || EngineError::database("setting policies up");
    let client = ledger.relay_pool().get().await;
    let client = client.map_err(EngineError::pool("setting policies up"))?;
    let names: Vec<&str> = policies().iter().map(|policy| policy.name()).collect();
    let sql = "insert into checkpoints (org_id, projector, version, slot, position)\n\
               select $1, p.name, $3, $4, $5\nfrom unnest($2::text[]) as p (name)\n\
               on conflict on constraint checkpoints_once do update\nset position = excluded.position";
    client.execute(sql, &[&org.0, &names, &BEFORE, &NO_SLOT, &position]).await.map_err(failed())?;
    Ok(())
}
