//! How to reach the cluster: a unix socket and a password.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::{Client, Config, NoTls};

use crate::ClusterError;

/// An address and a credential; everything that speaks to the cluster starts here.
#[derive(Clone)]
pub struct Connection {
    /// Folder of the server's unix socket.
    pub socket_dir: PathBuf,
    /// Port, which names the socket file, and the TCP port when that is switched on.
    pub port: u16,
    /// Role to connect as.
    pub user: String,
    /// That role's password.
    pub password: String,
}

impl Connection {
    /// The settings to connect to `database`.
    pub fn config(&self, database: &str) -> Config {
        let mut config = Config::new();
        config
            .host_path(&self.socket_dir)
            .port(self.port)
            .user(&self.user)
            .password(&self.password)
            .dbname(database)
            .application_name("daybook")
            .connect_timeout(Duration::from_secs(10));
        config
    }

    /// Connects to `database`; the connection's own work runs as a task of the current runtime.
    ///
    /// # Errors
    /// [`ClusterError::Database`] when the server refuses.
    pub async fn connect(&self, database: &str) -> Result<Client, ClusterError> {
        let (client, connection) = self.config(database).connect(NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection to the private PostgreSQL ended");
            }
        });
        Ok(client)
    }

    /// The same server as another role.
    #[must_use]
    pub fn as_role(&self, user: impl Into<String>, password: impl Into<String>) -> Connection {
        let (user, password) = (user.into(), password.into());
        Connection { user, password, socket_dir: self.socket_dir.clone(), port: self.port }
    }

    /// The address as a URL that `psql` and `DATABASE_URL` understand. It holds the password.
    pub fn url(&self, database: &str) -> String {
        let host = percent(path_text(&self.socket_dir));
        let (user, password, database) =
            (percent(&self.user), percent(&self.password), percent(database));
        format!("postgresql://{user}:{password}@{host}:{}/{database}", self.port)
    }
}

/// The password stays out of logs and panics.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("socket_dir", &self.socket_dir)
            .field("port", &self.port)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Socket folders are chosen by us and are plain ASCII, so nothing is lost here.
fn path_text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

/// Everything but RFC 3986's unreserved characters is escaped.
fn percent(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection() -> Connection {
        let socket_dir = PathBuf::from("/tmp/a b");
        Connection { socket_dir, port: 5433, user: "o@x".into(), password: "p/w:%".into() }
    }

    #[test]
    fn a_url_reads_back_as_the_same_address() {
        let config: Config = connection().url("day/book").parse().unwrap();
        assert_eq!(config.get_user(), Some("o@x"));
        assert_eq!(config.get_password(), Some("p/w:%".as_bytes()));
        assert_eq!(config.get_dbname(), Some("day/book"));
        assert_eq!(config.get_ports(), [5433]);
        let host = tokio_postgres::config::Host::Unix("/tmp/a b".into());
        assert_eq!(config.get_hosts(), [host]);
    }

    #[test]
    fn a_password_is_not_shown_by_debug() {
        assert!(!format!("{:?}", connection()).contains("p/w"));
    }
}
