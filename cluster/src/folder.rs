//! Where things lie: the data folder that the caller names, and the home of the cluster, which is
//! the data folder itself unless the server's account cannot get there.
//!
//! ```text
//! <data folder>/cluster.lock       held while someone starts or stops the cluster
//! <data folder>/cluster.users      shared lock of every process that uses it
//! <data folder>/cluster-location   names the home, when that is elsewhere
//! <home>/cluster/data              PostgreSQL's own folder
//! <home>/cluster/identity          which system this is, and whose data folder it serves
//! <home>/cluster/password          of the owner role, mode 0600
//! <home>/cluster/postgres.log      what the server says
//! <home>/cluster/socket            the unix socket, when that path is short enough
//! <home>/cluster/socket-location   names the socket's folder, when it is not
//! ```

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::ClusterError;
use crate::account::Account;

/// Homes of clusters whose data folder is out of reach for the server's account.
const ELSEWHERE: &str = "/var/lib/daybook";

/// A socket's path has room for 107 bytes; the longest name that PostgreSQL puts in the folder
/// is `/.s.PGSQL.65535`.
const SOCKET_FOLDER_LIMIT: usize = 107 - "/.s.PGSQL.65535".len();

/// The folder that the caller named, made if needed.
#[derive(Debug, Clone)]
pub(crate) struct DataFolder {
    path: PathBuf,
}

/// The folder of the cluster proper, `<home>/cluster`.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    path: PathBuf,
}

impl DataFolder {
    /// Makes the folder if it is missing and resolves its path.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses, [`ClusterError::Foreign`] when the folder
    /// itself is a PostgreSQL data folder.
    pub(crate) fn open(path: &Path) -> Result<Self, ClusterError> {
        // Never wider than this, and the caller's umask may make it narrower.
        let made = fs::DirBuilder::new().recursive(true).mode(0o755).create(path);
        made.map_err(ClusterError::file("make the data folder", path))?;
        let path = path.canonicalize().map_err(ClusterError::file("resolve", path))?;
        if path.join("PG_VERSION").exists() {
            return Err(ClusterError::foreign(&path, "it is itself a PostgreSQL data folder"));
        }
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens one of the lock files.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses.
    pub(crate) fn lock_file(&self, name: &str) -> Result<File, ClusterError> {
        let path = self.path.join(name);
        let mut options = fs::OpenOptions::new();
        let opened = options.create(true).truncate(false).write(true).mode(0o600).open(&path);
        opened.map_err(ClusterError::file("open the lock file", &path))
    }

    /// The home that exists already, if one does.
    ///
    /// # Errors
    /// [`ClusterError::File`] when `cluster-location` names a folder that is not there: making a
    /// new cluster would look like losing everything.
    pub(crate) fn existing_home(&self) -> Result<Option<Home>, ClusterError> {
        let pointer = self.path.join("cluster-location");
        if pointer.exists() {
            let text = fs::read_to_string(&pointer);
            let text = text.map_err(ClusterError::file("read", &pointer))?;
            let home = PathBuf::from(text.trim_end_matches('\n'));
            fs::metadata(&home).map_err(ClusterError::file("find the cluster's home", &home))?;
            return Ok(Some(Home { path: home.join("cluster") }));
        }
        let home = Home { path: self.path.join("cluster") };
        Ok(home.path.exists().then_some(home))
    }

    /// Chooses and makes the home of a new cluster.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses.
    pub(crate) fn new_home(&self, account: Account) -> Result<Home, ClusterError> {
        let home =
            if account.can_enter(&self.path) { self.path.clone() } else { self.make_elsewhere()? };
        let home = Home { path: home.join("cluster") };
        account.make_private_folder(&home.path)?;
        Ok(home)
    }

    /// Makes a home under `/var/lib/daybook` and leaves a note in the data folder. A home that is
    /// already there under our name belongs to a data folder that has lost its note: it is left
    /// untouched, because it may be all that is left of somebody's books.
    fn make_elsewhere(&self) -> Result<PathBuf, ClusterError> {
        let base = Path::new(ELSEWHERE);
        let made = fs::DirBuilder::new().recursive(true).mode(0o755).create(base);
        made.map_err(ClusterError::file("make the folder", base))?;
        let name = format!("{:016x}", fingerprint(&self.path));
        let mut home = base.join(&name);
        let mut attempt = 1;
        while home.exists() {
            tracing::warn!(home = %home.display(), "an earlier cluster is left as it is");
            attempt += 1;
            home = base.join(format!("{name}-{attempt}"));
        }
        let made = fs::DirBuilder::new().mode(0o755).create(&home);
        made.map_err(ClusterError::file("make the folder", &home))?;
        let pointer = self.path.join("cluster-location");
        let mut text = home.to_string_lossy().into_owned();
        text.push('\n');
        File::create(&pointer)
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
            .map_err(ClusterError::file("write", &pointer))?;
        Ok(home)
    }
}

impl Home {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The password of the owner role.
    ///
    /// # Errors
    /// [`ClusterError::Foreign`] when there is none: then we did not make this cluster.
    pub(crate) fn password(&self) -> Result<String, ClusterError> {
        let path = self.file("password");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.trim_end().to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(ClusterError::foreign(&self.path, "it has data but no password file of ours"))
            }
            Err(error) => Err(ClusterError::file("read", &path)(error)),
        }
    }

    /// A private folder for the socket, new at each start: inside the home, or, when that path is
    /// too long for a socket, a short one that `socket-location` names.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses.
    pub(crate) fn make_socket_folder(&self, account: Account) -> Result<PathBuf, ClusterError> {
        self.remove_far_socket_folder();
        let near = self.path.join("socket");
        if fits_a_socket(&near) {
            account.make_private_folder(&near)?;
            return Ok(near);
        }
        let far = tempfile::Builder::new()
            .prefix("daybook-")
            .permissions(fs::Permissions::from_mode(0o700))
            .tempdir_in("/tmp");
        let far = far.map_err(ClusterError::file("make a folder in", Path::new("/tmp")))?.keep();
        account.make_private_folder(&far)?;
        let text = format!("{}\n", far.display());
        account.write_private(&self.file("socket-location"), &text)?;
        Ok(far)
    }

    /// Tidies away a socket folder outside the home; only ours match the name, and only empty
    /// ones (but for PostgreSQL's own leftovers) go.
    pub(crate) fn remove_far_socket_folder(&self) {
        let note = self.file("socket-location");
        let Ok(text) = fs::read_to_string(&note) else { return };
        let far = Path::new(text.trim_end());
        if far.to_string_lossy().starts_with("/tmp/daybook-") {
            for entry in fs::read_dir(far).into_iter().flatten().flatten() {
                if entry.file_name().to_string_lossy().starts_with(".s.PGSQL.") {
                    let _left = fs::remove_file(entry.path());
                }
            }
            let _left = fs::remove_dir(far);
        }
        let _left = fs::remove_file(&note);
    }
}

/// Plain characters only, because the setting is a list with a syntax of its own.
fn fits_a_socket(folder: &Path) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    folder.to_str().is_some_and(|text| text.len() <= SOCKET_FOLDER_LIMIT && text.chars().all(plain))
}

/// FNV-1a: a name for a path, the same in every release; nothing depends on it being secret.
fn fingerprint(path: &Path) -> u64 {
    path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_or_odd_path_is_no_place_for_a_socket() {
        assert!(fits_a_socket(Path::new("/srv/daybook/cluster/socket")));
        assert!(!fits_a_socket(Path::new(&format!("/srv/{}", "x".repeat(90)))));
        assert!(!fits_a_socket(Path::new("/srv/with, comma")));
    }

    #[test]
    fn the_name_of_a_path_never_changes() {
        assert_eq!(fingerprint(Path::new("a")), 0xaf63_dc4c_8601_ec8c);
    }
}
