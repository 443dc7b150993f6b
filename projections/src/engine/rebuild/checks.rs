//! Going through all orgs, one after the other for ever, to see whether their read models still say
//! what their logs say.

use std::{sync::Arc, time::Duration};

use ledger::{
    store::{Ledger, tenant},
    values::OrgId,
};
use postgres_types::ToSql;

use super::{
    super::{EngineError, Projector},
    rederive::{Rederived, rederive},
};

/// What is known of all checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// Orgs whose read models differed when they were last looked at.
    pub differing: i64,
    /// Orgs that were never looked at.
    pub unchecked: i64,
    /// Age of the oldest check.
    pub oldest: Option<Duration>,
    /// The position up to which the last one went.
    pub last_position: i64,
    /// Rebuilt tables that differ and wait for somebody who accepts that.
    pub waiting: i64,
}

const DUE: &str = "\
select h.org_id
from org_heads h
left join model_checks c
    on c.org_id = h.org_id
where h.position > 0
order by c.checked_at nulls first, h.org_id
limit $1";

const KEEP: &str = "\
insert into model_checks (org_id, position, models, rows_differing, found)
values ($1, $2, $3, $4, $5)
on conflict (org_id) do update
set position = excluded.position, models = excluded.models,
    rows_differing = excluded.rows_differing, found = excluded.found, checked_at = now()";

const ALL: &str = "\
select
    count(*) filter (where c.found <> '') as differing,
    count(*) filter (where c.org_id is null) as unchecked,
    extract(epoch from now() - min(c.checked_at))::bigint as oldest,
    coalesce((array_agg(c.position order by c.checked_at desc nulls last))[1], 0) as last_position,
    (select count(*) from rebuilds where state = 'waiting') as waiting
from org_heads h
left join model_checks c
    on c.org_id = h.org_id
where h.position > 0";

/// Orgs whose turn it is: those that were never checked, then those that wait longest.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn due_checks(ledger: &Ledger, orgs: i64) -> Result<Vec<OrgId>, EngineError> {
    let doing = "choosing orgs to check";
    let failed = || EngineError::database(doing);
    let mut client = ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = client.transaction().await.map_err(failed())?;
    transaction.batch_execute("set local row_security = off").await.map_err(failed())?;
    let rows = transaction.query(DUE, &[&orgs]).await.map_err(failed())?;
    rows.iter().map(|row| row.try_get(0).map(OrgId)).collect::<Result<_, _>>().map_err(failed())
}

/// Checks an org's read models and keeps what came of it.
///
/// # Errors
///
/// [`EngineError`] when the database fails. A model that cannot digest its log any more is found,
/// not an error.
pub async fn check(
    ledger: &Ledger,
    org: OrgId,
    models: &[Arc<dyn Projector>],
) -> Result<Rederived, EngineError> {
    let (rederived, found) = match rederive(ledger, org, models).await {
        Ok(rederived) => {
            let found: Vec<&str> = rederived.disagreements.iter().map(|one| &*one.model).collect();
            let found = found.join(", ");
            (Ok(rederived), found)
        }
        Err(error @ EngineError::Poison { .. }) => {
            let found = error.to_string();
            (Err(error), found)
        }
        Err(error) => return Err(error),
    };
    let empty = Rederived::default();
    let known = rederived.as_ref().unwrap_or(&empty);
    let rows: i64 = known.disagreements.iter().map(|one| one.rows).sum();
    let count = i32::try_from(known.models).unwrap_or(i32::MAX);
    let doing = "keeping what a check found";
    let failed = || EngineError::database(doing);
    let mut client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let values: [&(dyn ToSql + Sync); 5] = [&org.0, &known.position, &count, &rows, &found];
    transaction.execute(KEEP, &values).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    if !found.is_empty() {
        tracing::error!(%org, position = known.position, found, "read models differ from the log");
    }
    rederived
}

/// What is known of all checks.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn checks(ledger: &Ledger) -> Result<Checks, EngineError> {
    let doing = "looking at the checks";
    let failed = || EngineError::database(doing);
    let mut client = ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = client.transaction().await.map_err(failed())?;
    transaction.batch_execute("set local row_security = off").await.map_err(failed())?;
    let row = transaction.query_one(ALL, &[]).await.map_err(failed())?;
    let oldest: Option<i64> = row.try_get("oldest").map_err(failed())?;
    Ok(Checks {
        differing: row.try_get("differing").map_err(failed())?,
        unchecked: row.try_get("unchecked").map_err(failed())?,
        oldest: oldest.map(|seconds| Duration::from_secs(seconds.max(0).unsigned_abs())),
        last_position: row.try_get("last_position").map_err(failed())?,
        waiting: row.try_get("waiting").map_err(failed())?,
    })
}
