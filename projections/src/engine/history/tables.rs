//! Temporary tables in the shape of a read model's own.

use deadpool_postgres::ClientWrapper;
use ledger::values::OrgId;
use tokio_postgres::Client;

use super::super::{EngineError, ReadModel};

/// Makes the table of a model, empty: with the columns and indexes of the live one.
pub(super) async fn create<M: ReadModel>(client: &Client, name: &str) -> Result<(), EngineError> {
    let sql = format!(
        "drop table if exists pg_temp.{name}; create temp table {name} \
         (like {}_a including defaults including generated including indexes)",
        M::NAME,
    );
    client.batch_execute(&sql).await.map_err(EngineError::database("making a table of the past"))
}

/// Refuses where a newer program keeps the model: this one must not guess what its rows mean.
pub(super) async fn ours<M: ReadModel>(
    client: &ClientWrapper,
    org: OrgId,
) -> Result<(), EngineError> {
    let failed = || EngineError::database("asking for a model's version");
    let sql = "select 1 from active_slots where org_id = $1 and model = $2 and version > $3";
    let statement = client.prepare_cached(sql).await.map_err(failed())?;
    let newer = client.query_opt(&statement, &[&org.0, &M::NAME, &M::VERSION]).await;
    let newer = newer.map_err(failed())?;
    match newer {
        Some(_) => Err(EngineError::NeedsUpgrade { org, model: M::NAME.to_owned() }),
        None => Ok(()),
    }
}
