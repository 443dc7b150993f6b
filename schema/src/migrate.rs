//! Bringing a database to the schema of this program.

use refinery::{Migration, Runner};
use tokio_postgres::{Client, GenericClient};

use crate::SchemaError;

/// Name and text of every migration, by number; the build script wrote the list.
const MIGRATIONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// The advisory lock that lets one program migrate at a time: "daybook" in ASCII.
const LOCK: i64 = 0x64_6179_626f_6f6b;

/// What a migration did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The migrations that were applied now, in order, such as `V4__create_events`.
    pub names: Vec<String>,
    /// Version of the schema afterwards.
    pub version: i32,
}

/// Applies what is missing, each migration in its own transaction. Programs that do this at the
/// same time wait for each other.
///
/// # Errors
/// [`SchemaError::Migration`] when a migration fails or one that was applied earlier has changed
/// since; [`SchemaError::Newer`] when the database is ahead of this program.
pub async fn migrate(client: &mut Client) -> Result<Applied, SchemaError> {
    client.execute("select pg_advisory_lock($1)", &[&LOCK]).await?;
    let applied = apply(client).await;
    // The lock would otherwise stay as long as the connection does.
    let unlocked = client.execute("select pg_advisory_unlock($1)", &[&LOCK]).await;
    let applied = applied?;
    unlocked?;
    Ok(applied)
}

async fn apply(client: &mut Client) -> Result<Applied, SchemaError> {
    let known = latest_version();
    if let Some(applied) = applied_version(client).await?.filter(|applied| *applied > known) {
        return Err(SchemaError::Newer { applied, known });
    }
    let migrations = MIGRATIONS
        .iter()
        .map(|(name, sql)| Migration::unapplied(name, sql))
        .collect::<Result<Vec<_>, _>>()?;
    let runner = Runner::new(&migrations).set_abort_divergent(true).set_abort_missing(true);
    let report = runner.run_async(client).await?;
    let names = report.applied_migrations().iter().map(ToString::to_string).collect();
    Ok(Applied { names, version: known })
}

/// The version that this program knows; 0 when there are no migrations.
pub fn latest_version() -> i32 {
    let number =
        |(name, _): &(&str, &str)| name.strip_prefix('V')?.split_once("__")?.0.parse().ok();
    MIGRATIONS.last().and_then(number).unwrap_or(0)
}

/// The version that the database is at; `None` before the first migration.
///
/// # Errors
/// [`SchemaError::Database`] when it cannot be read, for example for want of a grant.
pub async fn applied_version<C: GenericClient>(client: &C) -> Result<Option<i32>, SchemaError> {
    let exists = "select to_regclass('refinery_schema_history') is not null";
    if !client.query_one(exists, &[]).await?.get::<_, bool>(0) {
        return Ok(None);
    }
    let latest = "select max(version) from refinery_schema_history";
    Ok(client.query_one(latest, &[]).await?.get(0))
}
