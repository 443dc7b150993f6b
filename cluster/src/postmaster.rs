//! Is a server running on this data? `postmaster.pid` claims so; the kernel knows.

use std::fs;
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use crate::ClusterError;
use crate::account::Account;

/// One above the highest process id that Linux can hand out.
const NOBODY: &str = "4194305";

/// A server that seems to be running on the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Postmaster {
    pub(crate) pid: i32,
    pub(crate) port: u16,
    pub(crate) socket_dir: PathBuf,
}

/// What the pid file turned out to mean.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// No file, or its process is gone. PostgreSQL replaces such a file itself, after it has made
    /// sure that no orphaned backend is still at work on the data.
    Nobody,
    /// The process number was reused by a program that is not the server of these data.
    Reused,
    /// A server, or something that cannot be told from one without asking it.
    Server(Postmaster),
}

/// Reads the claim of `postmaster.pid` in `data`.
pub(crate) fn claim(data: &Path) -> Claim {
    let Ok(text) = fs::read_to_string(data.join("postmaster.pid")) else { return Claim::Nobody };
    let lines: Vec<&str> = text.lines().collect();
    let line = |index: usize| lines.get(index).map_or("", |line| line.trim());
    let Ok(pid) = line(0).parse::<i32>() else { return Claim::Nobody };
    if !is_alive(pid) {
        return Claim::Nobody;
    }
    if !may_be_server_of(pid, data) {
        return Claim::Reused;
    }
    // A server writes these lines in its first moments; the caller asks again.
    let port = line(3).parse().unwrap_or(crate::settings::DEFAULT_PORT);
    Claim::Server(Postmaster { pid, port, socket_dir: PathBuf::from(line(4)) })
}

/// Makes a reused pid file harmless without deleting it: PostgreSQL must still find it, because
/// the rest of the file lets it see whether orphaned backends use the data.
///
/// # Errors
/// [`ClusterError::File`] when the file cannot be rewritten.
pub(crate) fn disown(data: &Path, account: Account) -> Result<(), ClusterError> {
    let path = data.join("postmaster.pid");
    let text = fs::read_to_string(&path).map_err(ClusterError::file("read", &path))?;
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    account.write_private(&path, &format!("{NOBODY}\n{rest}"))
}

/// A process that we may not signal is alive all the same. One that has ended and waits for its
/// parent to notice is not.
pub(crate) fn is_alive(pid: i32) -> bool {
    if pid <= 0 || kill(Pid::from_raw(pid), None) == Err(Errno::ESRCH) {
        return false;
    }
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    !stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with(['Z', 'X']))
}

/// False only when the process is certainly something else.
fn may_be_server_of(pid: i32, data: &Path) -> bool {
    if let Ok(name) = fs::read_to_string(format!("/proc/{pid}/comm"))
        && !["postgres", "postmaster"].contains(&name.trim())
    {
        return false;
    }
    // A server's working folder is its data folder. Another user's is not always readable.
    match fs::read_link(format!("/proc/{pid}/cwd")) {
        Ok(folder) => folder == data,
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim_of(pid: &str) -> Claim {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("{pid}\n/somewhere\n1\n5432\n/tmp\n\n0 0\nready\n");
        fs::write(folder.path().join("postmaster.pid"), text).unwrap();
        claim(folder.path())
    }

    #[test]
    fn a_process_that_is_gone_claims_nothing() {
        assert_eq!(claim_of(NOBODY), Claim::Nobody);
        assert_eq!(claim_of("rubbish"), Claim::Nobody);
    }

    #[test]
    fn a_reused_process_number_is_not_a_server() {
        assert_eq!(claim_of(&std::process::id().to_string()), Claim::Reused);
    }
}
