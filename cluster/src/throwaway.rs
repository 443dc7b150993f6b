//! A database for a test: one throwaway cluster per test process, migrated once into a template,
//! and a clone of that template for each test.
//!
//! The cluster is fast because it is not durable, and it cannot outlive the process: a watchdog
//! reads from a pipe that we hold open, and when the process ends, however it ends, the kernel
//! closes the pipe and the watchdog stops the server and removes its folder.

use std::error::Error;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::OnceCell;

use crate::{Cluster, ClusterOptions, Connection};

/// The migrated database that every test's own is copied from.
const TEMPLATE: &str = "daybook_template";

/// Waits for the end of our process, then stops the server at once and removes everything.
const WATCHDOG: &str = r#"
trap '' HUP INT TERM
read -r _
pid=$(head -n 1 "$1/cluster/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
    kill -QUIT "$pid"
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 200 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
fi
rm -rf "$1"
"#;

static SHARED: OnceCell<Shared> = OnceCell::const_new();
static MIGRATED: OnceCell<()> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// The process's cluster, kept until the process ends.
struct Shared {
    cluster: Cluster,
    _watchdog: Child,
}

/// A test's own database. It is removed when this value is dropped, so keep it as long as the
/// test runs.
#[derive(Debug)]
#[must_use = "the database is removed when this is dropped"]
pub struct TestDatabase {
    /// The cluster, as its owner.
    pub connection: Connection,
    /// The database's name.
    pub name: String,
}

/// A new database, migrated. `migrate` is told where the template is and runs once per process;
/// the first caller's counts.
///
/// # Panics
/// When there is no database to be had: a test cannot go on without one.
pub async fn database<F, Fut>(migrate: F) -> TestDatabase
where
    F: FnOnce(Connection, String) -> Fut + Send + 'static,
    Fut: Future<Output = Result<(), Box<dyn Error + Send + Sync>>>,
{
    let shared = SHARED.get_or_init(start).await;
    let connection = shared.cluster.connection();
    MIGRATED.get_or_init(|| make_template(connection.clone(), migrate)).await;
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    execute(&connection, &format!("create database {name} template {TEMPLATE}")).await;
    TestDatabase { connection, name }
}

/// A further, empty cluster-wide connection for tests of roles and of clusters themselves.
///
/// # Panics
/// As [`database`].
pub async fn connection() -> Connection {
    SHARED.get_or_init(start).await.cluster.connection()
}

async fn start() -> Shared {
    let folder = tempfile::Builder::new()
        .prefix("daybook-test-")
        // The server's account, which may not be ours, must get through.
        .permissions(Permissions::from_mode(0o711))
        .tempdir_in("/tmp")
        .expect("a test needs a folder for its cluster")
        .keep();
    let watchdog = watch(&folder);
    let options = ClusterOptions { durable: false, ..ClusterOptions::new(&folder) };
    let cluster = Cluster::start(options).await;
    let cluster = cluster.unwrap_or_else(|error| panic!("no cluster for tests: {error}"));
    Shared { cluster, _watchdog: watchdog }
}

/// In a process group of its own, so that the interrupt of a terminal does not end it first.
fn watch(folder: &Path) -> Child {
    Command::new("/bin/sh")
        .args(["-c", WATCHDOG, "watchdog"])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a test needs a shell to clean up after it")
}

async fn make_template<F, Fut>(connection: Connection, migrate: F)
where
    F: FnOnce(Connection, String) -> Fut + Send + 'static,
    Fut: Future<Output = Result<(), Box<dyn Error + Send + Sync>>>,
{
    // An earlier caller may have failed halfway.
    execute(&connection, &format!("drop database if exists {TEMPLATE} with (force)")).await;
    execute(&connection, &format!("create database {TEMPLATE}")).await;
    let migrated = migrate(connection.clone(), TEMPLATE.to_owned()).await;
    migrated.unwrap_or_else(|error| panic!("the template database was not migrated: {error:?}"));
    // A session left on the template would make copying it fail.
    execute(&connection, &format!("alter database {TEMPLATE} allow_connections false")).await;
}

async fn execute(connection: &Connection, statement: &str) {
    try_execute(connection, statement)
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error:?}"));
}

async fn try_execute(connection: &Connection, statement: &str) -> Result<(), crate::ClusterError> {
    let client = connection.connect("postgres").await?;
    Ok(client.batch_execute(statement).await?)
}

/// Gives the space back. On a thread of its own, since a drop cannot wait and the test's runtime
/// is about to end; if the process ends first, the watchdog removes everything anyway.
impl Drop for TestDatabase {
    fn drop(&mut self) {
        let connection = self.connection.clone();
        let statement = format!("drop database if exists {} with (force)", self.name);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                let _best_effort = runtime.block_on(try_execute(&connection, &statement));
            }
        });
    }
}
