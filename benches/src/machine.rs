//! Where it was measured.

use std::fs;

use time::Date;

use crate::ground::Ground;

/// What the page says about the machine.
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory_gib: u64,
    pub(crate) kernel: String,
    pub(crate) postgresql: String,
    /// Of the last minute before the run: other work on the machine makes every figure worse.
    pub(crate) load: String,
    pub(crate) measured_on: Date,
}

impl Machine {
    pub(crate) async fn look(ground: &Ground) -> anyhow::Result<Self> {
        let admin = ground.admin().await?;
        let postgresql = admin.query_one("show server_version", &[]).await?.get(0);
        let memory_kib = field("/proc/meminfo", "MemTotal").unwrap_or_default();
        let memory_kib = memory_kib.split(' ').next().and_then(|kib| kib.parse::<u64>().ok());
        let unknown = || "unknown".to_owned();
        let first = |path: &str| {
            let text = fs::read_to_string(path).ok()?;
            Some(text.split_whitespace().next()?.to_owned())
        };
        Ok(Self {
            processor: field("/proc/cpuinfo", "model name").unwrap_or_else(unknown),
            cores: std::thread::available_parallelism()?.get(),
            memory_gib: memory_kib.unwrap_or_default().div_ceil(1 << 20),
            kernel: first("/proc/sys/kernel/osrelease").unwrap_or_else(unknown),
            postgresql,
            load: first("/proc/loadavg").unwrap_or_else(unknown),
            measured_on: ledger::store::Clock.now().date(),
        })
    }
}

/// The value of a `name : value` line.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
