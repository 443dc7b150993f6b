//! Taking over a server that is already running, after it has proved to be ours.

use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;
use tokio_postgres::error::SqlState;

use crate::identity::Identity;
use crate::postmaster::{self, Claim, Postmaster};
use crate::server::{PATIENCE, Server};
use crate::{ClusterError, Connection};

/// What a running server answered.
enum Answer {
    Ours,
    NotYet,
}

/// The connection to our running server, or `None` when there is none and one may be started.
///
/// # Errors
/// [`ClusterError::Foreign`] when a server runs there that does not know our password or is
/// another system; [`ClusterError::Silent`] when it neither answers nor goes away.
pub(crate) async fn running(
    server: &Server,
    user: &str,
    password: &str,
) -> Result<Option<Connection>, ClusterError> {
    let data = server.home.data();
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = match postmaster::claim(&data) {
            Claim::Nobody => return Ok(None),
            Claim::Reused => {
                postmaster::disown(&data, server.account)?;
                return Ok(None);
            }
            Claim::Server(found) => found,
        };
        let connection = Connection {
            socket_dir: found.socket_dir.clone(),
            port: found.port,
            user: user.to_owned(),
            password: password.to_owned(),
        };
        match ask(&connection, &found, server).await? {
            Answer::Ours => return Ok(Some(connection)),
            Answer::NotYet if Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Answer::NotYet => {
                return Err(ClusterError::Silent { folder: data, waited_s: PATIENCE.as_secs() });
            }
        }
    }
}

/// Asks the server who it is. A server that starts, recovers or stops is asked again later.
async fn ask(
    connection: &Connection,
    found: &Postmaster,
    server: &Server,
) -> Result<Answer, ClusterError> {
    if found.socket_dir.as_os_str().is_empty() {
        return Ok(Answer::NotYet);
    }
    let data = server.home.data();
    let client = match connection.connect("postgres").await {
        Ok(client) => client,
        Err(ClusterError::Database(error)) => return judge(error, found, &data),
        Err(error) => return Err(error),
    };
    let row = client
        .query_one(
            "select system_identifier, current_setting('data_directory') from pg_control_system()",
            &[],
        )
        .await?;
    let system: i64 = row.get(0);
    let folder: String = row.get(1);
    let identity = Identity::saved(&server.home)?;
    // The catalogue shows the unsigned number as a signed one.
    if system.cast_unsigned() != identity.system || Path::new(&folder) != data {
        let reason = format!("process {} serves other data, {folder}", found.pid);
        return Err(ClusterError::foreign(&data, reason));
    }
    Ok(Answer::Ours)
}

/// What a refused connection means.
fn judge(
    error: tokio_postgres::Error,
    found: &Postmaster,
    data: &Path,
) -> Result<Answer, ClusterError> {
    match error.code() {
        // No answer at all: the socket is not there yet, or not any more.
        None => Ok(Answer::NotYet),
        Some(&SqlState::CANNOT_CONNECT_NOW) => Ok(Answer::NotYet),
        Some(code) if code.code().starts_with("28") => {
            let reason = format!("process {} runs there and refuses our password", found.pid);
            Err(ClusterError::foreign(data, reason))
        }
        Some(_) => Err(error.into()),
    }
}
