//! Proving an export or a bundle: no database, no network.

use std::path::Path;

use anyhow::Context;
use ledger::proof::VerifierKey;

use super::bundle::{bundle, is_bundle};
use super::{Expected, Outcome, Verdict};
use crate::checkpoint::{Head, HeldHead};
use crate::log_file::LogFile;
use crate::progress::Progress;

/// Verifies a file against itself and against heads that were kept; a bundle against public keys,
/// too.
///
/// # Errors
/// When the file cannot be read, or a head names no log.
pub fn file(path: &Path, held: &[HeldHead], keys: &[VerifierKey]) -> anyhow::Result<Verdict> {
    if is_bundle(path)? {
        return bundle(path, held, keys);
    }
    let log = match LogFile::open(path)? {
        Ok(log) => log,
        Err(damage) => {
            return Ok(Verdict { org: None, outcome: Outcome::Damaged(damage.to_string()) });
        }
    };
    let org = log.org();
    if let Some(other) = held.iter().filter_map(|held| held.org).find(|other| *other != org) {
        anyhow::bail!("the file holds the log of org {org}, and a head was given of {other}");
    }
    let mut expected = Expected::of(held, org, true)?;
    let progress = Progress::new("verify", log.count());
    let mut mismatch = None;
    let read = log.check(|check| {
        if mismatch.is_none() {
            mismatch = expected.compare(check).err();
        }
        if check.position() % 1_000 == 0 {
            progress.at(check.position());
        }
    });
    if let Ok(Ok(check)) = &read {
        progress.at(check.position());
    }
    progress.done();
    let outcome = match read.with_context(|| format!("cannot read {}", path.display()))? {
        Err(damage) => Outcome::Damaged(damage.to_string()),
        Ok(check) => match mismatch.map_or_else(|| expected.finish(&check), Err) {
            Err(mismatch) => Outcome::Damaged(mismatch),
            Ok(held) => {
                let head = Head { position: check.position(), root: check.root() };
                Outcome::Sound { head, streams: check.streams(), held, tree: None }
            }
        },
    };
    Ok(Verdict { org: Some(org), outcome })
}
