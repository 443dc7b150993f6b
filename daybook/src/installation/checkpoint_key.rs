//! The key that signs checkpoints: from the environment, from a file, or made at the first start.

use std::path::Path;

use anyhow::{Context, anyhow};
use ledger::proof::CheckpointKey;
use ledger::store::notary::Signers;

use super::private_file::{create_private, make_private_folder, read_private};
use crate::config::{Checkpoints, KeySource};

/// The key that signs, and those that signed before it.
///
/// # Errors
/// When the file cannot be read or written, or holds no key.
pub fn signers(settings: &Checkpoints) -> anyhow::Result<Signers> {
    let name = &settings.name;
    let key = match &settings.key {
        KeySource::Given(key) => (**key).clone(),
        KeySource::File(path) => {
            let text = read_private(path)?.ok_or_else(|| anyhow!("no file {}", path.display()));
            parse(&text.context("CHECKPOINT_KEY_FILE")?, name, path)?
        }
        KeySource::Made(path) => match read_private(path)? {
            Some(text) => parse(&text, name, path)?,
            None => make(name, path)?,
        },
    };
    Ok(Signers { key, retired: settings.retired.clone() })
}

fn make(name: &str, path: &Path) -> anyhow::Result<CheckpointKey> {
    if let Some(folder) = path.parent() {
        make_private_folder(folder)?;
    }
    let fresh = draw(name)?.secret_text();
    if create_private(path, &format!("{}\n", *fresh))? {
        tracing::info!(file = %path.display(), "made a key that signs checkpoints: back it up");
    }
    let text = read_private(path)?.ok_or_else(|| anyhow!("{} has vanished", path.display()))?;
    parse(&text, name, path)
}

/// A new key pair.
///
/// # Errors
/// When the name cannot be one.
pub fn draw(name: &str) -> anyhow::Result<CheckpointKey> {
    Ok(CheckpointKey::from_seed(name, &rand::random())?)
}

fn parse(text: &str, name: &str, path: &Path) -> anyhow::Result<CheckpointKey> {
    let key = CheckpointKey::parse(text, name);
    key.with_context(|| format!("{} holds no key that signs checkpoints", path.display()))
}
