//! How the read models of an org stand: where they answer, how far behind they are, and what
//! became of the last rebuild of each.

use std::collections::HashMap;
use std::sync::Arc;

use ledger::{
    store::{Ledger, tenant},
    values::OrgId,
};
use serde_json::Value;
use time::OffsetDateTime;
use tokio_postgres::Row;
use uuid::Uuid;

use super::super::{EngineError, Projector};

/// How a read model of an org stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Which.
    pub model: &'static str,
    /// The version that this program writes.
    pub version: i32,
    /// The version that filled the table that answers; `None` before anything was.
    pub answering_version: Option<i32>,
    /// The table that answers: `a` or `b`.
    pub slot: Option<String>,
    /// The last event it has handled.
    pub position: i64,
    /// The last event of the log.
    pub head: i64,
    /// Where it met an event that it cannot digest.
    pub parked_at: Option<i64>,
    /// The last rebuild that was asked for.
    pub rebuild: Option<LastRebuild>,
}

/// A rebuild that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct LastRebuild {
    /// Names it.
    pub rebuild_id: Uuid,
    /// Who asked.
    pub asked_by: String,
    /// running, waiting, done, aborted or failed.
    pub state: String,
    /// Whether its table took over.
    pub switched: bool,
    /// Events that were read.
    pub events_read: i64,
    /// Events of the log when it began; those the model does not hear are not read.
    pub events: i64,
    /// Where its table stands.
    pub position: Option<i64>,
    /// Rows that differ from the table that answered.
    pub rows_differing: i64,
    /// SHA-256 over them.
    pub digest: Option<Vec<u8>>,
    /// Which cells, and how much money: `money`, `cells`.
    pub differences: Value,
    /// Why it failed.
    pub error: Option<String>,
    /// When it began.
    pub started_at: OffsetDateTime,
    /// When it was last heard of.
    pub updated_at: OffsetDateTime,
}

const SQL: &str = "\
select
    h.position as head,
    m.model,
    a.slot,
    a.version as answering_version,
    c.position,
    p.position as parked_at,
    r.rebuild_id,
    r.asked_by,
    r.state,
    r.switched,
    r.events_read,
    r.events,
    r.position as rebuilt_position,
    r.rows_differing,
    r.digest,
    r.differences,
    r.error,
    r.started_at,
    r.updated_at
from unnest($2::text[]) as m(model)
left join org_heads h
    on h.org_id = $1
left join active_slots a
    on a.org_id = $1
    and a.model = m.model
left join checkpoints c
    on c.org_id = $1
    and c.projector = m.model
    and c.version = a.version
    and c.slot = a.slot
left join parked p
    on p.org_id = $1
    and p.projector = m.model
    and p.version = a.version
    and p.slot = a.slot
left join rebuilds r
    on r.org_id = $1
    and r.model = m.model";

/// How these read models of an org stand, in the order given.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn standing(
    ledger: &Ledger,
    org: OrgId,
    models: &[Arc<dyn Projector>],
) -> Result<Vec<Standing>, EngineError> {
    let doing = "looking at read models";
    let failed = || EngineError::database(doing);
    let mut client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let names: Vec<&str> = models.iter().map(|model| model.name()).collect();
    let rows = transaction.query(SQL, &[&org.0, &names]).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    let mut by_name: HashMap<String, Row> = HashMap::new();
    for row in rows {
        by_name.insert(row.try_get("model").map_err(failed())?, row);
    }
    let rows = models.iter().filter_map(|model| Some((model, by_name.remove(model.name())?)));
    rows.map(|(model, row)| read(model.name(), model.version(), &row))
        .collect::<Result<_, _>>()
        .map_err(failed())
}

fn read(model: &'static str, version: i32, row: &Row) -> Result<Standing, tokio_postgres::Error> {
    let position: Option<i64> = row.try_get("position")?;
    let head: Option<i64> = row.try_get("head")?;
    Ok(Standing {
        model,
        version,
        answering_version: row.try_get("answering_version")?,
        slot: row.try_get("slot")?,
        position: position.unwrap_or(0),
        head: head.unwrap_or(0),
        parked_at: row.try_get("parked_at")?,
        rebuild: rebuild(row)?,
    })
}

fn rebuild(row: &Row) -> Result<Option<LastRebuild>, tokio_postgres::Error> {
    let Some(rebuild_id) = row.try_get("rebuild_id")? else { return Ok(None) };
    let differences: &str = row.try_get("differences")?;
    Ok(Some(LastRebuild {
        rebuild_id,
        asked_by: row.try_get("asked_by")?,
        state: row.try_get("state")?,
        switched: row.try_get("switched")?,
        events_read: row.try_get("events_read")?,
        events: row.try_get("events")?,
        position: row.try_get("rebuilt_position")?,
        rows_differing: row.try_get("rows_differing")?,
        digest: row.try_get("digest")?,
        differences: serde_json::from_str(differences).unwrap_or(Value::Null),
        error: row.try_get("error")?,
        started_at: row.try_get("started_at")?,
        updated_at: row.try_get("updated_at")?,
    }))
}
