//! A migrated database for a test, and the roles to reach it as.
//!
//! ```no_run
//! # async fn a_test() {
//! use schema::testing::{Role, database};
//! let database = database().await;
//! let app = database.connect(Role::App).await;
//! # }
//! ```

use cluster::{Connection, throwaway};
use tokio_postgres::{Client, Config};

use crate::{APP, RELAY, RolePasswords, WRITER, migrate, set_role_passwords};

/// Who a test connects as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Owns the schema, and the throwaway cluster.
    Owner,
    /// [`APP`]
    App,
    /// [`WRITER`]
    Writer,
    /// [`RELAY`]
    Relay,
}

/// A migrated database of the test's own; keep it as long as the test runs.
#[derive(Debug)]
#[must_use = "the database is removed when this is dropped"]
pub struct TestDatabase {
    inner: throwaway::TestDatabase,
}

impl TestDatabase {
    /// The settings to connect as a role.
    pub fn config(&self, role: Role) -> Config {
        self.connection(role).config(&self.inner.name)
    }

    /// The address as a URL, for programs that want one.
    pub fn url(&self, role: Role) -> String {
        self.connection(role).url(&self.inner.name)
    }

    /// A connection as a role.
    ///
    /// # Panics
    /// When the server refuses: a test cannot go on then.
    pub async fn connect(&self, role: Role) -> Client {
        let connected = self.connection(role).connect(&self.inner.name).await;
        connected.unwrap_or_else(|error| panic!("cannot connect as {role:?}: {error:?}"))
    }

    /// Entries read in all indexes of these tables since there are any. Ends every connection of
    /// the service's roles first: what one has counted is known once it has ended.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn entries_read(&self, tables: &[&str]) -> i64 {
        let owner = self.connect(Role::Owner).await;
        let end = "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity \
                   where datname = current_database() and usename = any($1)";
        let refused = |error| panic!("cannot read what was counted: {error:?}");
        owner.query_one(end, &[&&[APP, WRITER, RELAY][..]]).await.unwrap_or_else(refused);
        let read = "select coalesce(sum(idx_tup_read), 0)::bigint from pg_stat_user_indexes \
                    where relname = any($1)";
        owner.query_one(read, &[&tables]).await.unwrap_or_else(refused).get(0)
    }

    fn connection(&self, role: Role) -> Connection {
        let owner = &self.inner.connection;
        match role {
            Role::Owner => owner.clone(),
            Role::App => owner.as_role(APP, password(APP)),
            Role::Writer => owner.as_role(WRITER, password(WRITER)),
            Role::Relay => owner.as_role(RELAY, password(RELAY)),
        }
    }
}

/// A new database with the whole schema and no rows.
///
/// # Panics
/// When there is none to be had: a test cannot go on without one.
pub async fn database() -> TestDatabase {
    let inner = throwaway::database(|connection, name| async move {
        let mut client = connection.connect(&name).await?;
        migrate(&mut client).await?;
        let (app, writer, relay) = (password(APP), password(WRITER), password(RELAY));
        set_role_passwords(&client, &RolePasswords { app, writer, relay }).await?;
        Ok(())
    })
    .await;
    TestDatabase { inner }
}

/// No secret: the cluster is reachable by this process's user alone and ends with the process.
fn password(role: &str) -> String {
    format!("{role} of a test")
}
