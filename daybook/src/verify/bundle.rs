//! Proving a bundle: no database, no network.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use evidence::{FORMAT, check};
use ledger::proof::VerifierKey;

use super::{Outcome, Verdict};
use crate::checkpoint::HeldHead;

/// Whether a file is a bundle, as far as its first bytes say.
///
/// # Errors
/// When it cannot be read.
pub(super) fn is_bundle(path: &Path) -> anyhow::Result<bool> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let begins = format!("{{\"format\":\"{FORMAT}\"");
    let mut bytes = Vec::new();
    file.take(begins.len() as u64)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes == begins.as_bytes())
}

/// Verifies a bundle against itself, against public keys, and against checkpoints that were kept.
///
/// # Errors
/// When it cannot be read, or a checkpoint cannot be compared with its own.
pub(super) fn bundle(
    path: &Path,
    held: &[HeldHead],
    keys: &[VerifierKey],
) -> anyhow::Result<Verdict> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let checked = match check(file, keys)? {
        Ok(checked) => checked,
        Err(damage) => {
            return Ok(Verdict { org: None, outcome: Outcome::Damaged(damage.to_string()) });
        }
    };
    let (org, checkpoint) = (checked.org, &checked.checkpoint);
    for HeldHead { org: whose, head } in held {
        let is_same = whose.is_none_or(|whose| whose == org)
            && u64::try_from(head.position) == Ok(checkpoint.size);
        if !is_same {
            bail!(
                "the bundle's checkpoint is of org {org} at {}: another one cannot be compared \
                 with it offline (GET /v1/proofs/consistency)",
                checkpoint.size
            );
        }
        if head.root != checkpoint.root {
            let what = "the bundle is of another log than the one whose checkpoint you kept";
            return Ok(Verdict { org: Some(org), outcome: Outcome::Damaged(what.to_owned()) });
        }
    }
    let what = format!(
        "{} events of {} in {} streams, all in the log of the checkpoint at {}",
        checked.events, checked.about, checked.streams, checkpoint.size
    );
    let signed_by = checked.signed_by.as_ref().map(ToString::to_string);
    Ok(Verdict { org: Some(org), outcome: Outcome::Proved { what, signed_by } })
}
