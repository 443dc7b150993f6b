//! What is to be done for one org: which table of each model is filled, and how far.

use std::sync::Arc;

use ledger::{store::tenant, values::OrgId};

use super::{
    super::{EngineError, Projector, Slot, Worded},
    Run,
};

/// One model of one org.
#[derive(Clone)]
pub(super) struct Target {
    pub model: Arc<dyn Projector>,
    /// The table that answers now, and the version that filled it.
    pub active: Option<Active>,
    /// The table to fill.
    pub idle: Slot,
    /// Where the idle table stands already, if this version filled it.
    pub filled: Option<i64>,
}

impl Target {
    /// Whether an older version of the model filled the table that answers.
    pub(super) fn is_outdated(&self) -> bool {
        self.active.is_some_and(|active| active.version < self.model.version())
    }
}

/// The table that answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Active {
    pub slot: Slot,
    pub version: i32,
    /// Where it stands; `None` if nobody knows.
    pub position: Option<i64>,
    /// Whether somebody keeps it up to date.
    pub kept: bool,
}

const SQL: &str = "\
select
    a.slot,
    a.version,
    c.position,
    p.position is not null as parked
from active_slots a
left join checkpoints c
    on c.org_id = a.org_id
    and c.projector = a.model
    and c.version = a.version
    and c.slot = a.slot
left join parked p
    on p.org_id = a.org_id
    and p.projector = a.model
    and p.version = a.version
    and p.slot = a.slot
where a.org_id = $1
and a.model = $2";

const FILLED: &str = "\
select position
from checkpoints
where org_id = $1
and projector = $2
and version = $3
and slot = $4";

/// Looks at every chosen model. A model that a newer program keeps is refused.
pub(super) async fn targets(
    run: &Run,
    org: OrgId,
) -> Result<Vec<Result<Target, EngineError>>, EngineError> {
    let doing = "planning a rebuild";
    let failed = || EngineError::database(doing);
    let mut client = run.ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let active = transaction.prepare_cached(SQL).await.map_err(failed())?;
    let filled = transaction.prepare_cached(FILLED).await.map_err(failed())?;
    let mut targets = Vec::new();
    for model in &run.models {
        let (name, version) = (model.name(), model.version());
        let row = transaction.query_opt(&active, &[&org.0, &name]).await.map_err(failed())?;
        let active = match row {
            None => None,
            Some(row) => {
                let slot: &str = row.try_get(0).map_err(failed())?;
                let by: i32 = row.try_get(1).map_err(failed())?;
                let position: Option<i64> = row.try_get(2).map_err(failed())?;
                let parked: bool = row.try_get(3).map_err(failed())?;
                let slot = Slot::of_word(slot).unwrap_or(Slot::A);
                let kept = by == version && position.is_some() && !parked;
                Some(Active { slot, version: by, position, kept })
            }
        };
        if active.is_some_and(|active| active.version > version) {
            targets.push(Err(EngineError::NeedsUpgrade { org, model: name.to_owned() }));
            continue;
        }
        let idle = active.map_or(Slot::A, |active| active.slot.other());
        let values: [&(dyn postgres_types::ToSql + Sync); 4] =
            [&org.0, &name, &version, &idle.letter()];
        let row = transaction.query_opt(&filled, &values).await.map_err(failed())?;
        let filled = match row {
            Some(row) => Some(row.try_get(0).map_err(failed())?),
            None => None,
        };
        targets.push(Ok(Target { model: model.clone(), active, idle, filled }));
    }
    Ok(targets)
}

/// Orgs with their heads, the longest log first.
pub(super) async fn orgs(run: &Run, only: Option<OrgId>) -> Result<Vec<(OrgId, i64)>, EngineError> {
    let doing = "listing orgs for a rebuild";
    let failed = || EngineError::database(doing);
    let client = run.ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
    let sql = "select org_id, position\nfrom org_heads\nwhere position > 0\n\
               and ($1::uuid is null or org_id = $1)\norder by position desc, org_id";
    let only = only.map(|org| org.0);
    let rows = client.query(sql, &[&only]).await.map_err(failed())?;
    rows.iter()
        .map(|row| Ok((OrgId(row.try_get(0)?), row.try_get(1)?)))
        .collect::<Result<_, _>>()
        .map_err(failed())
}
