//! Who runs the server: ourselves, or, when we are root, someone who is not.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown, fchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::ClusterError;

/// The user that PostgreSQL's programs run as. `None` is the user that we already are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account {
    drop_to: Option<(u32, u32)>,
}

impl Account {
    /// Ourselves, or the owner of `existing` data, or the user `postgres`, when we are root.
    ///
    /// # Errors
    /// [`ClusterError::NoServiceUser`] when we are root and there is no such user.
    pub(crate) fn choose(existing: Option<&Path>) -> Result<Self, ClusterError> {
        if !nix::unistd::geteuid().is_root() {
            return Ok(Self { drop_to: None });
        }
        let owner = existing.and_then(|path| fs::metadata(path).ok());
        if let Some(owner) = owner.filter(|owner| owner.uid() != 0) {
            return Ok(Self { drop_to: Some((owner.uid(), owner.gid())) });
        }
        match nix::unistd::User::from_name("postgres") {
            Ok(Some(user)) => Ok(Self { drop_to: Some((user.uid.as_raw(), user.gid.as_raw())) }),
            _ => Err(ClusterError::NoServiceUser),
        }
    }

    /// A command that runs as this account, in `folder`, with an environment that says nothing:
    /// no `PG*` variable of the caller may lead it elsewhere.
    pub(crate) fn command(self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .stdin(Stdio::null());
        if let Some((uid, gid)) = self.drop_to {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Whether this account can get into `folder`, asked of the kernel instead of guessed from
    /// mode bits, because access lists and mounts count too.
    pub(crate) fn can_enter(self, folder: &Path) -> bool {
        let mut command = self.command(Path::new("/bin/sh"), Path::new("/"));
        command.args(["-c", "cd \"$1\"", "sh"]).arg(folder);
        command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    /// Makes a folder that only this account can open.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses.
    pub(crate) fn make_private_folder(self, path: &Path) -> Result<(), ClusterError> {
        if !path.is_dir() {
            let made = fs::DirBuilder::new().mode(0o700).create(path);
            made.map_err(ClusterError::file("make the folder", path))?;
        }
        self.give(path)
    }

    /// Writes a file that only this account can read, whole or not at all.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses.
    pub(crate) fn write_private(self, path: &Path, text: &str) -> Result<(), ClusterError> {
        let draft = path.with_extension("draft");
        // A draft left by a killed process may have another owner or mode.
        let _absent = fs::remove_file(&draft);
        let mut options = fs::OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&draft)
            .map_err(ClusterError::file("create", &draft))?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(ClusterError::file("write", &draft))?;
        if let Some((uid, gid)) = self.drop_to {
            // Through the handle: the folder is theirs, and a name in it could be swapped.
            fchown(&file, Some(uid), Some(gid)).map_err(ClusterError::file("hand over", &draft))?;
        }
        fs::rename(&draft, path).map_err(ClusterError::file("put in place", path))
    }

    /// Hands a folder of ours over to this account.
    ///
    /// # Errors
    /// [`ClusterError::File`] when the system refuses.
    pub(crate) fn give(self, path: &Path) -> Result<(), ClusterError> {
        match self.drop_to {
            Some((uid, gid)) => {
                chown(path, Some(uid), Some(gid)).map_err(ClusterError::file("hand over", path))
            }
            None => Ok(()),
        }
    }
}
