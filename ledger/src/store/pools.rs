//! Connections, by role.

use deadpool_postgres::{
    Client, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime, Transaction,
};
use std::time::Duration;
use tokio_postgres::{Config, IsolationLevel, NoTls};

use super::StoreError;
use crate::values::OrgId;

/// Plans made while tables are empty stay when they grow; these leave only index plans
/// (`event-store.md`, "Plan trap"), and of indexes those that give the order that is asked for.
pub(super) const INDEX_PLANS: &str = "-c enable_seqscan=off -c enable_hashjoin=off \
     -c enable_mergejoin=off -c enable_bitmapscan=off -c enable_sort=off -c jit=off";

/// A pool that recycles without resetting settings made through `options`.
pub(super) fn pool(config: &Config, size: usize) -> Result<Pool, StoreError> {
    let manager = Manager::from_config(
        config.clone(),
        NoTls,
        ManagerConfig { recycling_method: RecyclingMethod::Fast },
    );
    Pool::builder(manager)
        .max_size(size)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(10)))
        .create_timeout(Some(Duration::from_secs(10)))
        .recycle_timeout(Some(Duration::from_secs(5)))
        .build()
        .map_err(StoreError::pool("building a pool"))
}

/// A transaction of one org, for reading and writing what the app role may write.
///
/// # Errors
///
/// [`StoreError::Database`].
pub async fn tenant(client: &mut Client, org: OrgId) -> Result<Transaction<'_>, StoreError> {
    let transaction =
        client.transaction().await.map_err(StoreError::database("beginning a transaction"))?;
    transaction
        .batch_execute(&set_org(org))
        .await
        .map_err(StoreError::database("setting the org"))?;
    Ok(transaction)
}

/// One unchanging view of an org, read only.
///
/// # Errors
///
/// [`StoreError::Database`].
pub async fn tenant_snapshot(
    client: &mut Client,
    org: OrgId,
) -> Result<Transaction<'_>, StoreError> {
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await
        .map_err(StoreError::database("beginning a snapshot"))?;
    transaction
        .batch_execute(&set_org(org))
        .await
        .map_err(StoreError::database("setting the org"))?;
    Ok(transaction)
}

/// `SET` takes no parameters: the literal is formatted from a parsed UUID, never from text.
pub(super) fn set_org(org: OrgId) -> String {
    format!("set local app.current_org_id = '{}'", org.0.hyphenated())
}
