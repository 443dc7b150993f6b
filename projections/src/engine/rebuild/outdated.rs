//! Which tables were filled by an older version of their model: a rebuild is due.

use std::sync::Arc;

use ledger::store::Ledger;

use super::super::{EngineError, Projector};

/// A model that answers from tables of an older version in some orgs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// Which.
    pub model: String,
    /// In how many orgs.
    pub orgs: i64,
}

const SQL: &str = "\
select
    a.model,
    count(*)
from active_slots a
join unnest($1::text[], $2::integer[]) as m(model, version)
    on m.model = a.model
    and m.version > a.version
group by a.model
order by a.model";

/// Models that nobody keeps up to date any more, because their version was raised; they answer
/// as of where the older program left them until [`rebuild`](super::rebuild) has run.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn outdated(
    ledger: &Ledger,
    models: &[Arc<dyn Projector>],
) -> Result<Vec<Outdated>, EngineError> {
    let doing = "looking for outdated read models";
    let failed = || EngineError::database(doing);
    let names: Vec<&str> = models.iter().map(|model| model.name()).collect();
    let versions: Vec<i32> = models.iter().map(|model| model.version()).collect();
    let client = ledger.relay_pool().get().await.map_err(EngineError::pool(doing))?;
    let rows = client.query(SQL, &[&names, &versions]).await.map_err(failed())?;
    rows.iter()
        .map(|row| Ok(Outdated { model: row.try_get(0)?, orgs: row.try_get(1)? }))
        .collect::<Result<_, _>>()
        .map_err(failed())
}
