//! Telling our cluster from somebody else's: PostgreSQL gives every cluster a system identifier
//! when it is initialised, and we write down the one that we made.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::ClusterError;
use crate::account::Account;
use crate::folder::{DataFolder, Home};

/// What the `identity` file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// PostgreSQL's system identifier.
    pub(crate) system: u64,
    /// The data folder that the cluster serves.
    pub(crate) data_folder: PathBuf,
}

impl Identity {
    /// The identity of freshly initialised data.
    ///
    /// # Errors
    /// [`ClusterError::File`] when `global/pg_control` cannot be read.
    pub(crate) fn of(data: &Path, folder: &DataFolder) -> Result<Self, ClusterError> {
        Ok(Self { system: system_identifier(data)?, data_folder: folder.path().to_path_buf() })
    }

    /// Writes the identity down.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses.
    pub(crate) fn save(&self, home: &Home, account: Account) -> Result<(), ClusterError> {
        let text = format!("{}\n{}\n", self.system, self.data_folder.display());
        account.write_private(&home.file("identity"), &text)
    }

    /// Reads the identity that was written down when the cluster was made.
    ///
    /// # Errors
    /// [`ClusterError::Foreign`] when there is none to read: then we did not make this cluster.
    pub(crate) fn saved(home: &Home) -> Result<Self, ClusterError> {
        let foreign = |reason: &str| ClusterError::foreign(home.path(), reason);
        let text = fs::read_to_string(home.file("identity"))
            .map_err(|_| foreign("it has data but no identity file of ours"))?;
        let mut lines = text.lines();
        let system = lines.next().and_then(|line| line.parse().ok());
        match (system, lines.next()) {
            (Some(system), Some(serves)) => Ok(Self { system, data_folder: PathBuf::from(serves) }),
            _ => Err(foreign("its identity file cannot be read")),
        }
    }

    /// Reads the identity and holds the data against it.
    ///
    /// # Errors
    /// [`ClusterError::Foreign`] when the data are not those that we made, or when they serve
    /// another data folder that is still there (a copied `cluster-location`).
    pub(crate) fn check(home: &Home, folder: &DataFolder) -> Result<Self, ClusterError> {
        let saved = Self::saved(home)?;
        if system_identifier(&home.data())? != saved.system {
            let reason = "its data are not those that daybook made there";
            return Err(ClusterError::foreign(home.path(), reason));
        }
        let elsewhere = !home.path().starts_with(folder.path());
        if elsewhere && saved.data_folder != folder.path() && saved.data_folder.exists() {
            let reason = format!("it serves {}", saved.data_folder.display());
            return Err(ClusterError::foreign(home.path(), reason));
        }
        Ok(saved)
    }
}

/// The first eight bytes of `pg_control`, in the machine's byte order, in every version so far.
fn system_identifier(data: &Path) -> Result<u64, ClusterError> {
    let path = data.join("global/pg_control");
    let mut bytes = [0; 8];
    File::open(&path)
        .and_then(|mut file| file.read_exact(&mut bytes))
        .map_err(ClusterError::file("read", &path))?;
    Ok(u64::from_ne_bytes(bytes))
}
