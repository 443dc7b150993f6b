//! Files that only their owner reads.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::Context;

/// Writes a file with mode 0600 in one step: it is there as a whole or not at all.
///
/// # Errors
/// When the system refuses.
pub fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    let draft = draft_of(path, text)?;
    fs::rename(&draft, path).with_context(|| format!("cannot write {}", path.display()))
}

/// Writes a file with mode 0600 unless there is one; `false` when there is.
///
/// # Errors
/// When the system refuses.
pub(super) fn create_private(path: &Path, text: &str) -> anyhow::Result<bool> {
    let draft = draft_of(path, text)?;
    // A link is made only where nothing is: two first starts cannot both win.
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft).with_context(|| format!("cannot remove {}", draft.display()))?;
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}

/// Reads a secret; warns when others could read it too.
///
/// # Errors
/// When the system refuses.
pub(super) fn read_private(path: &Path) -> anyhow::Result<Option<String>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", path.display()));
        }
    };
    let mode = fs::metadata(path).map_or(0, |meta| meta.permissions().mode());
    if mode & 0o077 != 0 {
        tracing::warn!(file = %path.display(), "others may read this file: chmod 600 it");
    }
    Ok(Some(text))
}

/// Makes a folder that only its owner enters.
///
/// # Errors
/// When the system refuses.
pub(super) fn make_private_folder(path: &Path) -> anyhow::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("cannot make the folder {}", path.display()))
}

fn draft_of(path: &Path, text: &str) -> anyhow::Result<std::path::PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut options = OpenOptions::new();
        let mut file: File =
            options.create(true).truncate(true).write(true).mode(0o600).open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().with_context(|| format!("cannot write {}", draft.display()))?;
    Ok(draft)
}
