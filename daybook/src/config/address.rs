//! Addresses of databases, without their passwords in any message.

use std::fmt;
use std::str::FromStr;

use tokio_postgres::Config;
use tokio_postgres::config::Host;

use super::reader::Reader;

/// Reads a database address that may be missing.
pub(super) fn database(reader: &mut Reader<'_>, name: &'static str) -> Option<Config> {
    let text = reader.secret(name)?;
    match Config::from_str(text.reveal()) {
        Ok(mut config) => {
            config.application_name("daybook");
            Some(config)
        }
        Err(_) => {
            reader.problem(name, "postgresql://user:password@host:port/database is expected");
            None
        }
    }
}

/// A database address as it may be shown: where, which database, as whom.
pub(crate) struct Place<'a>(pub(crate) &'a Config);

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let database = self.0.get_dbname().unwrap_or("(default)");
        let user = self.0.get_user().unwrap_or("(default)");
        write!(formatter, "database {database} as {user}")?;
        match self.0.get_hosts().first() {
            Some(Host::Tcp(host)) => write!(formatter, " at {host}"),
            Some(Host::Unix(folder)) => write!(formatter, " at {}", folder.display()),
            None => Ok(()),
        }
    }
}
