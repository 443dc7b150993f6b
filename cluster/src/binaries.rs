//! Where PostgreSQL's programs are on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ClusterError;

/// Debian keeps the programs of each major version in a folder of their own.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A folder that holds `initdb`, `pg_ctl` and `postgres`, and their major version.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    pub(crate) folder: PathBuf,
    pub(crate) major: String,
}

impl Binaries {
    /// The programs for `data` of a given major version, or the first found for new data.
    ///
    /// # Errors
    /// [`ClusterError::NoBinaries`] when there are none, [`ClusterError::OtherVersion`] when none
    /// can read `data`.
    pub(crate) fn find(data: &Path, wanted: Option<&str>) -> Result<Self, ClusterError> {
        let found = installed();
        let Some(first) = found.first() else { return Err(ClusterError::NoBinaries) };
        let Some(wanted) = wanted else { return Ok(first.clone()) };
        found.iter().find(|binaries| binaries.major == wanted).cloned().ok_or_else(|| {
            let mut majors: Vec<&str> = found.iter().map(|one| one.major.as_str()).collect();
            majors.dedup();
            ClusterError::OtherVersion {
                folder: data.to_path_buf(),
                found: wanted.to_owned(),
                installed: majors.join(", "),
            }
        })
    }

    /// The path of one program.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Every usable folder, in the order of preference: PATH, `pg_config`, Debian's newest first.
fn installed() -> Vec<Binaries> {
    let mut folders = path_folders();
    folders.extend(pg_config_folder());
    folders.extend(debian_folders());
    folders.into_iter().filter_map(inspect).collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "PATH is where an operator says which PostgreSQL is meant"
)]
fn path_folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

fn pg_config_folder() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(folder.trim()))
}

fn debian_folders() -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let major = entry.file_name().to_str()?.parse().ok()?;
            Some((major, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, folder)| folder).collect()
}

/// A folder counts when it has all three programs and the server tells its version.
fn inspect(folder: PathBuf) -> Option<Binaries> {
    if !["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file()) {
        return None;
    }
    let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    let major = major_of(&String::from_utf8_lossy(&output.stdout))?;
    Some(Binaries { folder, major })
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` is 15; a beta (`17beta1`) counts as its release.
fn major_of(version: &str) -> Option<String> {
    let (_, number) = version.split_once("(PostgreSQL) ")?;
    let major: String = number.chars().take_while(char::is_ascii_digit).collect();
    (!major.is_empty()).then_some(major)
}

#[cfg(test)]
mod tests {
    use super::major_of;

    #[test]
    fn the_major_version_is_read_from_what_the_server_prints() {
        let debian = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";
        assert_eq!(major_of(debian).as_deref(), Some("15"));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1\n").as_deref(), Some("18"));
        assert_eq!(major_of("something else"), None);
    }
}
