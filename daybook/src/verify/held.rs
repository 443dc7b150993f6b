//! Signed checkpoints that somebody kept.

use std::path::{Path, PathBuf};

use anyhow::Context;
use ledger::proof::{VerifierKey, open};

use super::{Outcome, Verdict};
use crate::checkpoint::{Head, HeldHead};

/// The heads that checkpoints in files speak of; inside, the first one that is not believed.
///
/// # Errors
/// When a file cannot be read.
pub fn held(
    files: &[PathBuf],
    keys: &[VerifierKey],
) -> anyhow::Result<Result<Vec<HeldHead>, Verdict>> {
    let mut heads = Vec::new();
    for path in files {
        match head(path, keys)? {
            Ok(head) => heads.push(head),
            Err(what) => {
                let what = format!("the checkpoint {}: {what}", path.display());
                return Ok(Err(Verdict { org: None, outcome: Outcome::Damaged(what) }));
            }
        }
    }
    Ok(Ok(heads))
}

fn head(path: &Path, keys: &[VerifierKey]) -> anyhow::Result<Result<HeldHead, String>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let opened = open(&String::from_utf8_lossy(&bytes), keys);
    Ok(opened.map_err(|error| error.to_string()).and_then(|(checkpoint, _)| {
        let position = i64::try_from(checkpoint.size).map_err(|_| "its size is absurd")?;
        let org = checkpoint.org().ok_or("it names no org")?;
        Ok(HeldHead { org: Some(org), head: Head { position, root: checkpoint.root } })
    }))
}
