//! The PostgreSQL that is killed and brought back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use cluster::{Cluster, ClusterOptions, Connection};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::{Instant, sleep};
use tokio_postgres::{Client, NoTls};

/// Crash recovery, and orphans that have not noticed yet.
const PATIENCE: Duration = Duration::from_secs(180);

/// A server of our own. It is stopped at once when this is dropped.
#[derive(Debug)]
pub struct Postgres {
    options: ClusterOptions,
    cluster: Option<Cluster>,
    connection: Connection,
}

impl Postgres {
    /// Makes and starts one in a folder, with these settings.
    ///
    /// # Errors
    /// When PostgreSQL cannot be started.
    pub async fn start(folder: &Path, settings: &[(&str, &str)]) -> anyhow::Result<Self> {
        let mut options = ClusterOptions::new(folder);
        // A small machine's log; the kills write it again and again.
        let ours = [("min_wal_size", "64MB"), ("max_wal_size", "512MB")];
        options.settings = ours.iter().chain(settings).map(owned).collect();
        let cluster = Cluster::start(options.clone()).await.context("cannot start PostgreSQL")?;
        let connection = cluster.connection();
        Ok(Self { options, cluster: Some(cluster), connection })
    }

    /// How to reach it as its owner.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The folder of its programs.
    pub fn programs(&self) -> Option<PathBuf> {
        self.cluster.as_ref().map(|cluster| cluster.programs().to_owned())
    }

    /// Its unix socket.
    pub fn socket(&self) -> PathBuf {
        self.connection.socket_dir.join(format!(".s.PGSQL.{}", self.connection.port))
    }

    /// Connects to a database as the owner.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn owner(&self, database: &str) -> anyhow::Result<Client> {
        let mut config = self.connection.config(database);
        config.application_name("torture");
        let (client, connection) = config.connect(NoTls).await?;
        tokio::spawn(async move {
            // Whoever asks hears of it.
            let _ended = connection.await;
        });
        Ok(client)
    }

    /// Carries out as the owner.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn execute(&self, database: &str, text: &str) -> anyhow::Result<()> {
        let client = self.owner(database).await?;
        client.batch_execute(text).await.with_context(|| format!("cannot run {text:?}"))
    }

    /// `kill -9` of the postmaster; its children end by themselves when they notice.
    ///
    /// # Errors
    /// When there is none.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        let pid = postmaster(&self.options.data_dir).context("PostgreSQL does not run")?;
        kill(pid, Signal::SIGKILL).context("cannot kill PostgreSQL")?;
        self.cluster = None;
        Ok(())
    }

    /// Starts it again, however long the orphans of the killed one take.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn revive(&mut self) -> anyhow::Result<()> {
        self.cluster = None;
        let deadline = Instant::now() + PATIENCE;
        loop {
            match Cluster::start(self.options.clone()).await {
                Ok(cluster) => {
                    self.connection = cluster.connection();
                    self.cluster = Some(cluster);
                    return Ok(());
                }
                Err(error) if Instant::now() >= deadline => {
                    return Err(error).context("PostgreSQL does not come back");
                }
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Waits until it lets the owner in, as it does after a crash of its own.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn answers(&self) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while self.owner("postgres").await.is_err() {
            if Instant::now() >= deadline {
                bail!("PostgreSQL does not answer any more");
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// `kill -9` of one of its children: it then restarts itself and recovers.
    ///
    /// # Errors
    /// When there is none, or it cannot be asked.
    pub async fn kill_a_backend(&self) -> anyhow::Result<()> {
        let client = self.owner("postgres").await?;
        let ask = "select pid from pg_stat_activity where application_name = 'daybook-writer' \
                   or backend_type in ('walwriter', 'checkpointer') order by random() limit 1";
        let pid: i32 = client.query_one(ask, &[]).await?.get(0);
        kill(Pid::from_raw(pid), Signal::SIGKILL).context("cannot kill a backend")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(pid) = postmaster(&self.options.data_dir) {
            let _gone = kill(pid, Signal::SIGQUIT);
        }
    }
}

/// The server's process, as its own file says. A cluster in a place that PostgreSQL's account
/// cannot reach lives elsewhere; ours never is.
fn postmaster(folder: &Path) -> Option<Pid> {
    let text = std::fs::read_to_string(folder.join("cluster/data/postmaster.pid")).ok()?;
    let pid = text.lines().next()?.trim().parse().ok()?;
    let running = std::fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    running.starts_with("postgres").then(|| Pid::from_raw(pid))
}

fn owned((name, value): &(&str, &str)) -> (String, String) {
    ((*name).to_owned(), (*value).to_owned())
}
