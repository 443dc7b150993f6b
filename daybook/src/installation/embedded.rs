//! The private PostgreSQL of a data folder, with its database, schema and roles.

use std::path::Path;

use anyhow::{Context, bail};
use cluster::{Cluster, ClusterOptions, Connection};
use data_encoding::HEXLOWER;
use schema::{APP, Applied, RELAY, RolePasswords, WRITER};
use tokio_postgres::error::SqlState;

use super::private_file::{create_private, make_private_folder, read_private};
use crate::config::ServiceRoles;

/// The database's name.
const DATABASE: &str = "daybook";

/// Only one program sets a cluster up at a time: "setup" in ASCII.
const LOCK: i64 = 0x73_6574_7570;

/// The cluster as it is, with a database that may be empty. Stop it.
pub struct Bare {
    /// The running server.
    pub cluster: Cluster,
    /// The database's name.
    pub database: String,
}

/// Starts or adopts the cluster, and makes the database if there is none; leaves the schema
/// alone.
///
/// # Errors
/// What is wrong, and what to do about it.
pub async fn bare(data: &Path) -> anyhow::Result<Bare> {
    let cluster = start(data).await?;
    let connection = cluster.connection();
    let ready = async {
        let guard = connection.connect("postgres").await?;
        make_database(&guard).await
    };
    match ready.await {
        Ok(()) => Ok(Bare { cluster, database: DATABASE.to_owned() }),
        Err(error) => {
            cluster.stop().await.context("cannot stop the private PostgreSQL")?;
            Err(error)
        }
    }
}

async fn start(data: &Path) -> anyhow::Result<Cluster> {
    Cluster::start(ClusterOptions::new(data))
        .await
        .with_context(|| format!("cannot use the private PostgreSQL in {}", data.display()))
}

/// Makes the database if there is none; programs that do so at once wait for each other.
async fn make_database(guard: &tokio_postgres::Client) -> anyhow::Result<()> {
    guard.execute("select pg_advisory_lock($1)", &[&LOCK]).await?;
    let exists = "select exists (select from pg_database where datname = $1)";
    if !guard.query_one(exists, &[&DATABASE]).await?.get::<_, bool>(0) {
        guard.batch_execute(&format!("create database {DATABASE}")).await?;
    }
    Ok(())
}

/// Starts or adopts the cluster and brings it up to date.
///
/// # Errors
/// What is wrong, and what to do about it.
pub(super) async fn open(data: &Path) -> anyhow::Result<(Cluster, ServiceRoles, Applied)> {
    let cluster = start(data).await?;
    match prepare(&cluster.connection(), data).await {
        Ok((roles, applied)) => Ok((cluster, roles, applied)),
        Err(error) => {
            cluster.stop().await.context("cannot stop the private PostgreSQL")?;
            Err(error)
        }
    }
}

async fn prepare(connection: &Connection, data: &Path) -> anyhow::Result<(ServiceRoles, Applied)> {
    let guard = connection.connect("postgres").await?;
    make_database(&guard).await?;
    let mut owner = connection.connect(DATABASE).await?;
    let applied = schema::migrate(&mut owner).await?;
    let passwords = passwords(data)?;
    let roles = ServiceRoles {
        app: connection.as_role(APP, &passwords.app).config(DATABASE),
        writer: connection.as_role(WRITER, &passwords.writer).config(DATABASE),
        relay: connection.as_role(RELAY, &passwords.relay).config(DATABASE),
    };
    if !known(&roles).await? {
        schema::set_role_passwords(&owner, &passwords).await?;
    }
    // The lock goes with the connection.
    drop(guard);
    Ok((roles, applied))
}

/// Whether the roles have these passwords already.
async fn known(roles: &ServiceRoles) -> anyhow::Result<bool> {
    for config in [&roles.app, &roles.writer, &roles.relay] {
        match config.connect(tokio_postgres::NoTls).await {
            Ok(_) => {}
            Err(error) if error.code() == Some(&SqlState::INVALID_PASSWORD) => return Ok(false),
            Err(error) => return Err(error).context("cannot connect as a role of the service"),
        }
    }
    Ok(true)
}

/// The passwords of the roles, drawn at the first start and kept beside the cluster.
fn passwords(data: &Path) -> anyhow::Result<RolePasswords> {
    let folder = data.join("keys");
    let path = folder.join("roles");
    let text = match read_private(&path)? {
        Some(text) => text,
        None => {
            make_private_folder(&folder)?;
            let [app, writer, relay] = [(); 3].map(|()| HEXLOWER.encode(&random()));
            let _made_by_us =
                create_private(&path, &format!("app {app}\nwriter {writer}\nrelay {relay}\n"))?;
            read_private(&path)?.unwrap_or_default()
        }
    };
    let of = |role: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once(' '));
        lines.find(|(name, _)| *name == role).map(|(_, password)| password.to_owned())
    };
    match (of("app"), of("writer"), of("relay")) {
        (Some(app), Some(writer), Some(relay)) => Ok(RolePasswords { app, writer, relay }),
        _ => bail!("{} does not name app, writer and relay: remove it", path.display()),
    }
}

/// 192 random bits.
fn random() -> [u8; 24] {
    rand::random()
}
