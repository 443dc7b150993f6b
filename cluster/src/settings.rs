//! What the server is told: durable first, then sized for a ledger on a small machine.

use std::fs;
use std::path::Path;

use crate::ClusterError;

/// The port that names the socket file when nobody asks for another.
pub(crate) const DEFAULT_PORT: u16 = 5432;

/// The names that decide whether an acknowledged command survives a power cut.
const DURABILITY: [&str; 3] = ["fsync", "synchronous_commit", "full_page_writes"];

/// What is the same on every machine.
const FIXED: [(&str, &str); 26] = [
    // No TCP unless asked for: the socket's folder is private.
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    ("password_encryption", "scram-sha-256"),
    ("max_connections", "200"),
    ("superuser_reserved_connections", "5"),
    ("timezone", "UTC"),
    ("wal_level", "replica"),
    ("wal_buffers", "16MB"),
    ("min_wal_size", "512MB"),
    ("max_wal_size", "4GB"),
    ("checkpoint_timeout", "15min"),
    ("checkpoint_completion_target", "0.9"),
    ("work_mem", "16MB"),
    ("random_page_cost", "1.1"),
    ("effective_io_concurrency", "64"),
    // Statements here are short and their plans known; compiling them only costs.
    ("jit", "off"),
    ("autovacuum_vacuum_insert_scale_factor", "0.05"),
    ("autovacuum_analyze_scale_factor", "0.02"),
    ("log_timezone", "UTC"),
    ("log_min_messages", "warning"),
    ("log_line_prefix", "%m [%p] %q%u@%d "),
    // Personal data must not reach a log: no statement, no parameter, no "key (…)=(…)".
    ("log_min_error_statement", "panic"),
    ("log_error_verbosity", "terse"),
    ("log_parameter_max_length", "0"),
    ("log_parameter_max_length_on_error", "0"),
    ("log_checkpoints", "off"),
];

/// Everything the configuration file depends on.
pub(crate) struct Wanted<'a> {
    /// False for a throwaway cluster only.
    pub(crate) durable: bool,
    /// Memory of the machine or of its control group, in MiB.
    pub(crate) memory_mib: u64,
    /// Folder of the unix socket.
    pub(crate) socket_dir: &'a Path,
    /// The caller's own settings; they win.
    pub(crate) extra: &'a [(String, String)],
}

impl Wanted<'_> {
    /// The text of the configuration file.
    ///
    /// # Errors
    /// [`ClusterError::Setting`] when a name or value cannot be written.
    pub(crate) fn to_text(&self) -> Result<String, ClusterError> {
        let mut text = String::from("# Written by daybook at each start; changes here are lost.\n");
        let on = if self.durable { "on" } else { "off" };
        for name in DURABILITY {
            push(&mut text, name, on)?;
        }
        for (name, value) in FIXED {
            push(&mut text, name, value)?;
        }
        let sized = sizes(self.memory_mib, self.durable);
        for (name, mib) in sized {
            push(&mut text, name, &format!("{mib}MB"))?;
        }
        push(&mut text, "unix_socket_directories", &self.socket_dir.to_string_lossy())?;
        push(&mut text, "port", &DEFAULT_PORT.to_string())?;
        for (name, value) in self.extra {
            push(&mut text, name, value)?;
        }
        Ok(text)
    }
}

/// The port that these settings lead to.
///
/// # Errors
/// [`ClusterError::Setting`] when the caller's port is not one.
pub(crate) fn port(extra: &[(String, String)]) -> Result<u16, ClusterError> {
    match extra.iter().rev().find(|(name, _)| name == "port") {
        Some((name, value)) => {
            value.parse().map_err(|_| ClusterError::Setting { name: name.clone() })
        }
        None => Ok(DEFAULT_PORT),
    }
}

/// Memory sizes in MiB. A throwaway cluster has neighbours and stays small.
fn sizes(memory_mib: u64, durable: bool) -> [(&'static str, u64); 3] {
    let buffers = (memory_mib / 8).clamp(64, if durable { 1024 } else { 128 });
    let maintenance = (memory_mib / 32).clamp(32, 256);
    let cache = (memory_mib / 2).max(128);
    [
        ("shared_buffers", buffers),
        ("maintenance_work_mem", maintenance),
        ("effective_cache_size", cache),
    ]
}

/// Memory that we may count on, in MiB: the machine's, or its control group's limit if lower.
pub(crate) fn memory_mib() -> u64 {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
    });
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max")
        .ok()
        .and_then(|text| text.trim().parse::<u64>().ok().map(|bytes| bytes / (1024 * 1024)));
    machine.into_iter().chain(group).min().unwrap_or(1024)
}

/// One line, quoted as the configuration file wants it.
fn push(text: &mut String, name: &str, value: &str) -> Result<(), ClusterError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    if name.is_empty() || !name.chars().all(plain) || value.chars().any(char::is_control) {
        return Err(ClusterError::Setting { name: name.to_owned() });
    }
    let value = value.replace('\\', "\\\\").replace('\'', "''");
    text.push_str(&format!("{name} = '{value}'\n"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(durable: bool, extra: &[(String, String)]) -> Result<String, ClusterError> {
        let socket_dir = Path::new("/tmp/s");
        Wanted { durable, memory_mib: 24 * 1024, socket_dir, extra }.to_text()
    }

    #[test]
    fn a_ledger_is_durable_and_a_throwaway_is_not() {
        assert!(text(true, &[]).unwrap().contains("\nfsync = 'on'\n"));
        assert!(text(false, &[]).unwrap().contains("\nfsync = 'off'\n"));
    }

    #[test]
    fn buffers_follow_memory_up_to_one_gibibyte() {
        assert_eq!(sizes(24 * 1024, true)[0], ("shared_buffers", 1024));
        assert_eq!(sizes(2 * 1024, true)[0], ("shared_buffers", 256));
        assert_eq!(sizes(128, true)[0], ("shared_buffers", 64));
    }

    #[test]
    fn a_value_cannot_leave_its_quotes() {
        let extra = [("search_path".to_owned(), r"a'b\".to_owned())];
        assert!(text(true, &extra).unwrap().ends_with("search_path = 'a''b\\\\'\n"));
        let broken = [("work_mem".to_owned(), "1MB\nfsync = off".to_owned())];
        assert!(matches!(text(true, &broken), Err(ClusterError::Setting { .. })));
    }
}
