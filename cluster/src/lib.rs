//! Daybook's own private PostgreSQL, from the programs that the machine has: nothing to set up,
//! nothing shared, durable from the first start.
//!
//! [`Cluster::start`] initialises an empty data folder, starts what is there, or adopts a server
//! of its own that survived an earlier process. What another PostgreSQL made is never touched.
//! When we are root the server runs as `postgres`, since PostgreSQL refuses to be root. The
//! server listens on a unix socket in a folder of its own, and knows one password, kept in a file
//! that only its account can read.
//!
//! Any number of processes may use a data folder at once: the first starts the server, the last
//! one that [stops](Cluster::stop) stops it.
//!
//! To add a setting, add a line to `settings.rs`; to support another way that a machine keeps
//! PostgreSQL's programs, add it to `installed` in `binaries.rs`. Tests take a database each from
//! [`throwaway`].

mod account;
mod adopt;
mod binaries;
mod connection;
mod error;
mod folder;
mod identity;
mod postmaster;
mod server;
mod settings;
pub mod throwaway;

use std::fs::File;
use std::path::PathBuf;

pub use connection::Connection;
pub use error::ClusterError;

use folder::DataFolder;
use server::Server;

/// What to start, and where.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// Where the cluster lives; made if it is missing.
    pub data_dir: PathBuf,
    /// Name of the owner role; it counts when the cluster is initialised.
    pub superuser: String,
    /// False gives up safety for speed and is for throwaway tests only.
    pub durable: bool,
    /// Further settings of the server; they win over ours.
    pub settings: Vec<(String, String)>,
}

impl ClusterOptions {
    /// A durable cluster in `data_dir`, owned by `daybook_owner`.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            superuser: "daybook_owner".to_owned(),
            durable: true,
            settings: Vec::new(),
        }
    }
}

/// A running cluster that this process uses. Dropping it leaves the server running, to be adopted
/// by the next start; [`Cluster::stop`] stops it.
#[derive(Debug)]
pub struct Cluster {
    folder: DataFolder,
    server: Server,
    connection: Connection,
    /// Shared lock: we use the server. The kernel gives it back even if we are killed.
    users: File,
}

impl Cluster {
    /// Initialises, starts or adopts the cluster of a data folder.
    ///
    /// # Errors
    /// [`ClusterError`] says which part failed and what to do about it.
    pub async fn start(options: ClusterOptions) -> Result<Cluster, ClusterError> {
        let port = settings::port(&options.settings)?;
        let (folder, start_lock, options) = blocking(move || {
            let folder = DataFolder::open(&options.data_dir)?;
            let lock = folder.lock_file("cluster.lock")?;
            lock.lock().map_err(ClusterError::file("lock", folder.path()))?;
            Ok((folder, lock, options))
        })
        .await?;
        let (folder, server, options) = blocking(move || {
            let server = Server::prepare(&folder, &options)?;
            Ok((folder, server, options))
        })
        .await?;
        let password = server.home.password()?;
        let user = options.superuser.clone();
        let adopted = adopt::running(&server, &user, &password).await?;
        let (folder, server, connection) = blocking(move || {
            let connection = match adopted {
                Some(connection) => connection,
                None => Connection { socket_dir: server.start(&options)?, port, user, password },
            };
            Ok((folder, server, connection))
        })
        .await?;
        let users = folder.lock_file("cluster.users")?;
        users.lock_shared().map_err(ClusterError::file("lock", folder.path()))?;
        drop(start_lock);
        Ok(Cluster { folder, server, connection, users })
    }

    /// How to reach the cluster as its owner.
    pub fn connection(&self) -> Connection {
        self.connection.clone()
    }

    /// The folder of the server's programs: `pg_dump` must be as new as the server.
    pub fn programs(&self) -> &std::path::Path {
        &self.server.binaries.folder
    }

    /// Stops the server, unless another process still uses it: then the last one stops it.
    ///
    /// # Errors
    /// [`ClusterError::Program`] when it does not stop.
    pub async fn stop(self) -> Result<(), ClusterError> {
        blocking(move || {
            let locked = ClusterError::file("lock", self.folder.path());
            // Nobody can begin to use the server while we hold this.
            let start_lock = self.folder.lock_file("cluster.lock")?;
            start_lock.lock().map_err(locked)?;
            let given_back = self.users.unlock();
            given_back.map_err(ClusterError::file("unlock", self.folder.path()))?;
            match self.users.try_lock() {
                Ok(()) => self.server.stop(),
                Err(_) => Ok(()),
            }
        })
        .await
    }
}

/// Runs file and process work where it may wait.
async fn blocking<T, F>(work: F) -> Result<T, ClusterError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, ClusterError> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(error) => Err(ClusterError::File {
                doing: "wait for work on",
                path: PathBuf::from("the cluster"),
                source: std::io::Error::other(error),
            }),
        },
    }
}
