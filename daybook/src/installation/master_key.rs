//! The master key: from the environment, or from a file that is made at the first start.

use anyhow::{Context, anyhow};
use data_encoding::HEXLOWER;
use ledger::store::MasterKey;

use super::private_file::{create_private, make_private_folder, read_private};
use crate::config::Config;

/// The key, and where it is from.
///
/// # Errors
/// When the file cannot be read or written, or holds no key.
pub(super) fn load(config: &Config) -> anyhow::Result<(MasterKey, String)> {
    if let Some(key) = &config.encryption_key {
        return Ok((key.clone(), "ENCRYPTION_KEY".to_owned()));
    }
    let path = config.master_key_file();
    let text = match read_private(&path)? {
        Some(text) => text,
        None => {
            if let Some(folder) = path.parent() {
                make_private_folder(folder)?;
            }
            let fresh = format!("{}\n", HEXLOWER.encode(&random()));
            if create_private(&path, &fresh)? {
                tracing::info!(
                    file = %path.display(),
                    "made a master key: back it up, without it sealed data stays closed"
                );
            }
            read_private(&path)?.ok_or_else(|| anyhow!("{} has vanished", path.display()))?
        }
    };
    let key = MasterKey::parse(&text)
        .with_context(|| format!("{} holds no master key", path.display()))?;
    Ok((key, path.display().to_string()))
}

/// 256 random bits.
fn random() -> [u8; 32] {
    rand::random()
}
