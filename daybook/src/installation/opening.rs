//! Opening an installation, and bringing its schema up to date.

use anyhow::{Context, bail};
use cluster::Cluster;
use ledger::store::operating::{KeyCheck, check_key};
use ledger::store::{Ledger, Limits, MasterKey, StoreConfig};
use schema::Applied;

use super::{embedded, external, master_key};
use crate::config::{Config, Database, ServiceRoles};

/// An open installation. [`Installation::close`] it: a private PostgreSQL would stay running.
pub struct Installation {
    cluster: Option<Cluster>,
    roles: ServiceRoles,
    master_key: MasterKey,
    key_is_from: String,
}

impl Installation {
    /// Opens the database and brings an embedded one up to date; refuses an external one that is
    /// not.
    ///
    /// # Errors
    /// What is wrong with the database or the master key, and what to do about it.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        let (cluster, roles) = match &config.database {
            Database::Embedded => {
                let (cluster, roles, applied) = embedded::open(&config.data).await?;
                log_migrations(&applied);
                (Some(cluster), roles)
            }
            Database::External { service: Some(roles), .. } => {
                external::check(roles).await?;
                (None, (**roles).clone())
            }
            Database::External { service: None, .. } => bail!(
                "DATABASE_URL is the owner's address, which only `daybook migrate` may use: set \
                 DAYBOOK_APP_DATABASE_URL, DAYBOOK_WRITER_DATABASE_URL and \
                 DAYBOOK_RELAY_DATABASE_URL for everything else"
            ),
        };
        let opened = master_key::load(config);
        let (master_key, key_is_from) = match opened {
            Ok(loaded) => loaded,
            Err(error) => {
                stop(cluster).await?;
                return Err(error);
            }
        };
        Ok(Self { cluster, roles, master_key, key_is_from })
    }

    /// The ledger, its master key compared with the one that sealed what is there.
    ///
    /// # Errors
    /// When the database cannot be used or the master key is another one.
    pub async fn ledger(&self) -> anyhow::Result<Ledger> {
        let config = StoreConfig {
            app: self.roles.app.clone(),
            writer: self.roles.writer.clone(),
            relay: self.roles.relay.clone(),
            master_key: self.master_key.clone(),
            limits: Limits::default(),
        };
        let ledger = Ledger::open(config).await.context("cannot open the ledger")?;
        match check_key(&ledger).await.context("cannot check the master key")? {
            KeyCheck::First | KeyCheck::Same => Ok(ledger),
            KeyCheck::Other => bail!(
                "the master key ({}) is not the one this database was made with: what is sealed \
                 would stay closed and references would not match. Restore the key, or point \
                 DAYBOOK_DATA or the database addresses at the installation it belongs to",
                self.key_is_from
            ),
        }
    }

    /// Where the service's roles connect.
    pub fn roles(&self) -> &ServiceRoles {
        &self.roles
    }

    /// Stops the private PostgreSQL, unless another process still uses it.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn close(self) -> anyhow::Result<()> {
        stop(self.cluster).await
    }
}

/// Applies the schema: to the private PostgreSQL, or to `DATABASE_URL` as its owner.
///
/// # Errors
/// When the database cannot be reached or a migration fails.
pub async fn migrate(config: &Config) -> anyhow::Result<Applied> {
    match &config.database {
        Database::Embedded => {
            let (cluster, _, applied) = embedded::open(&config.data).await?;
            cluster.stop().await.context("cannot stop the private PostgreSQL")?;
            Ok(applied)
        }
        Database::External { owner: Some(owner), .. } => {
            external::migrate(owner, config.role_passwords.as_ref()).await
        }
        Database::External { owner: None, .. } => {
            bail!("migrating needs the owner's address: set DATABASE_URL")
        }
    }
}

async fn stop(cluster: Option<Cluster>) -> anyhow::Result<()> {
    match cluster {
        Some(cluster) => cluster.stop().await.context("cannot stop the private PostgreSQL"),
        None => Ok(()),
    }
}

fn log_migrations(applied: &Applied) {
    if !applied.names.is_empty() {
        tracing::info!(
            migrations = applied.names.len(),
            version = applied.version,
            "the schema is up to date"
        );
    }
}
