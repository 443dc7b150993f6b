//! `daybook serve`, killed and started again, as a supervisor would.

use std::fs::{self, OpenOptions};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::{Context, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use tokio::process::Child;
use tokio::time::{Instant, sleep};

use crate::ground::Books;

/// Longer than a start takes on a busy machine, a recovery of PostgreSQL included.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where the service answers at the moment; clients look again before every request.
#[derive(Debug, Clone, Default)]
pub struct Door(Arc<RwLock<Option<SocketAddr>>>);

impl Door {
    /// The address, while there is one.
    pub fn address(&self) -> Option<SocketAddr> {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, address: Option<SocketAddr>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = address;
    }
}

/// A process, and the log of all its lives.
#[derive(Debug)]
pub struct Service {
    books: Books,
    child: Option<Child>,
    door: Door,
    log: PathBuf,
    settings: Vec<(&'static str, String)>,
    through: Option<u16>,
}

impl Service {
    /// Starts one; to the database through a proxy on this port, if one is named.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn start(books: &Books, name: &str, through: Option<u16>) -> anyhow::Result<Self> {
        Self::start_with(books, name, through, vec![]).await
    }

    /// The same, with further settings.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn start_with(
        books: &Books,
        name: &str,
        through: Option<u16>,
        settings: Vec<(&'static str, String)>,
    ) -> anyhow::Result<Self> {
        let (books, log) = (books.clone(), books.data.join(format!("{name}.log")));
        let (child, door) = (None, Door::default());
        let mut service = Self { books, child, door, log, settings, through };
        service.revive().await?;
        Ok(service)
    }

    /// Where it answers, also after its next start.
    pub fn door(&self) -> Door {
        self.door.clone()
    }

    /// Where it answers now.
    pub fn address(&self) -> Option<SocketAddr> {
        self.door.address()
    }

    /// Starts it again, however often it gives up because its database is not there yet.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn revive(&mut self) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let before = fs::metadata(&self.log).map_or(0, |log| log.len());
            let file = OpenOptions::new().create(true).append(true).open(&self.log)?;
            let mut command = self.books.command(&["serve"], self.through);
            command.envs(self.settings.iter().map(|(name, value)| (*name, value)));
            command.stdout(Stdio::null()).stderr(file);
            let mut child = command.spawn().context("cannot start the service")?;
            while child.try_wait()?.is_none() && Instant::now() < deadline {
                if let Some(address) = serving(&since(&self.log, before)?) {
                    self.door.set(Some(address));
                    self.child = Some(child);
                    return Ok(());
                }
                sleep(Duration::from_millis(10)).await;
            }
            if Instant::now() >= deadline {
                let said = since(&self.log, 0)?;
                bail!("the service does not come up: {}", last_line(&said));
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// `kill -9`, and nothing left of it.
    ///
    /// # Errors
    /// When it does not die.
    pub async fn kill(&mut self) -> anyhow::Result<()> {
        self.door.set(None);
        if let Some(mut child) = self.child.take() {
            child.kill().await.context("the service does not die")?;
        }
        Ok(())
    }

    /// Asks it to end, and waits: its exit code.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn stop(&mut self) -> anyhow::Result<Option<i32>> {
        self.door.set(None);
        let Some(mut child) = self.child.take() else { return Ok(None) };
        if let Some(pid) = child.id().and_then(|pid| i32::try_from(pid).ok()) {
            kill(Pid::from_raw(pid), Signal::SIGTERM)?;
        }
        let ended = tokio::time::timeout(PATIENCE, child.wait()).await;
        Ok(ended.context("the service does not end")??.code())
    }

    /// Whether it still runs; a service that ends by itself has not stood the fault.
    pub fn runs(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// The log of all its lives.
    pub fn log(&self) -> &Path {
        &self.log
    }
}

/// What a log says after its first `from` bytes.
fn since(log: &Path, from: u64) -> anyhow::Result<String> {
    let bytes = fs::read(log)?;
    let from = usize::try_from(from)?;
    Ok(String::from_utf8_lossy(bytes.get(from..).unwrap_or_default()).into_owned())
}

fn serving(log: &str) -> Option<SocketAddr> {
    let line = log.lines().find(|line| line.contains("\"serving\""))?;
    let value: Value = serde_json::from_str(line).ok()?;
    value["url"].as_str()?.strip_prefix("http://")?.parse().ok()
}

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or("it said nothing")
}
