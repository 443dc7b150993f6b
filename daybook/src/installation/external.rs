//! Somebody's PostgreSQL: the owner migrates it, the service only uses it.

use anyhow::{Context, bail};
use schema::{Applied, RolePasswords};
use tokio_postgres::{Client, Config as PgConfig, NoTls};

use crate::config::{Place, ServiceRoles};

/// Applies the schema as its owner, and gives the service's roles their passwords if told to.
///
/// # Errors
/// When the database cannot be reached or refuses.
pub(super) async fn migrate(
    owner: &PgConfig,
    passwords: Option<&RolePasswords>,
) -> anyhow::Result<Applied> {
    let mut client = connect(owner).await?;
    let applied = schema::migrate(&mut client).await?;
    if let Some(passwords) = passwords {
        schema::set_role_passwords(&client, passwords)
            .await
            .context("cannot set the passwords of the service's roles")?;
    }
    Ok(applied)
}

/// Refuses a database whose schema is not this program's.
///
/// # Errors
/// When a role cannot connect, or the schema is older or newer.
pub(super) async fn check(roles: &ServiceRoles) -> anyhow::Result<()> {
    for config in [&roles.app, &roles.writer, &roles.relay] {
        let client = connect(config).await?;
        let known = schema::latest_version();
        let applied =
            schema::applied_version(&client).await.context("cannot read the schema's version")?;
        match applied {
            Some(applied) if applied == known => {}
            Some(applied) if applied > known => bail!(
                "{} has schema {applied} and this program knows it up to {known}: use a newer \
                 program",
                Place(config)
            ),
            Some(applied) => bail!(
                "{} has schema {applied} and this program needs {known}: run `daybook migrate`",
                Place(config)
            ),
            None => bail!("{} has no schema yet: run `daybook migrate`", Place(config)),
        }
    }
    Ok(())
}

/// Connects; the connection's own work runs as a task.
///
/// # Errors
/// When the server refuses.
pub(super) async fn connect(config: &PgConfig) -> anyhow::Result<Client> {
    let connected = config.connect(NoTls).await;
    let (client, connection) =
        connected.with_context(|| format!("cannot connect to {}", Place(config)))?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a database connection ended");
        }
    });
    Ok(client)
}
