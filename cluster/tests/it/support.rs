//! Folders that clean up after themselves, and a look at processes from outside.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cluster::{Cluster, ClusterOptions, Connection};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

/// A data folder; whatever server is left in it at the end of the test is killed.
pub(crate) struct Folder {
    root: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self::with_mode(0o711)
    }

    /// The parent of the data folder has this mode.
    pub(crate) fn with_mode(mode: u32) -> Self {
        let root = tempfile::Builder::new()
            .prefix("cluster-it-")
            .permissions(fs::Permissions::from_mode(mode))
            .tempdir_in("/tmp")
            .unwrap();
        Self { root }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.root.path().join("books")
    }

    /// The folder that holds `cluster/`: the data folder, or where its note points to.
    pub(crate) fn home(&self) -> PathBuf {
        match fs::read_to_string(self.path().join("cluster-location")) {
            Ok(text) => PathBuf::from(text.trim()),
            Err(_) => self.path(),
        }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home().join("cluster/data")
    }

    pub(crate) fn options(&self) -> ClusterOptions {
        ClusterOptions::new(self.path())
    }

    pub(crate) async fn start(&self) -> Cluster {
        Cluster::start(self.options()).await.unwrap()
    }

    /// The process that `postmaster.pid` names.
    pub(crate) fn postmaster(&self) -> Option<i32> {
        pid_in(&self.data())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(pid) = self.postmaster().filter(|pid| is_postgres(*pid)) {
            let _gone = kill(Pid::from_raw(pid), Signal::SIGQUIT);
            wait_until("the server has left", || !is_running(pid));
        }
        if self.home() != self.path() {
            let _removed = fs::remove_dir_all(self.home());
        }
    }
}

pub(crate) fn pid_in(data: &Path) -> Option<i32> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

fn is_postgres(pid: i32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.trim() == "postgres")
}

/// Running, and not merely waiting for its parent to notice that it ended.
pub(crate) fn is_running(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

pub(crate) fn kill_hard(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    wait_until("the process is gone", || !is_running(pid));
}

/// Polls, because what we wait for is another process.
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::yield_now();
    }
}

/// Writes one line that a later [`read_note`] must find.
pub(crate) async fn write_note(connection: &Connection) {
    let client = connection.connect("postgres").await.unwrap();
    let statement = "create table notes (body text); insert into notes values ('kept')";
    client.batch_execute(statement).await.unwrap();
}

pub(crate) async fn read_note(connection: &Connection) -> String {
    let client = connection.connect("postgres").await.unwrap();
    client.query_one("select body from notes", &[]).await.unwrap().get(0)
}

pub(crate) async fn show(connection: &Connection, setting: &str) -> String {
    let client = connection.connect("postgres").await.unwrap();
    client.query_one("select current_setting($1)", &[&setting]).await.unwrap().get(0)
}
