//! What left the house, as files: one for each message that is said to have left.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Finding, History, Kind};

/// Compares the folder of outgoing e-mails with the outbox.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn letters(history: &History, data: &Path) -> anyhow::Result<Vec<Finding>> {
    let sent = history.messages.iter().filter(|message| message.status == "sent");
    let wanted: BTreeSet<String> = sent.map(|message| format!("{}.eml", message.id)).collect();
    let mut found = BTreeSet::new();
    let folder = data.join("outgoing");
    if folder.is_dir() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            // Half a letter is one that its sender did not live to finish; the next one did.
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() && !name.ends_with(".part") {
                found.insert(name);
            }
        }
    }
    let missing = wanted.difference(&found);
    let missing = missing.map(|name| format!("{name} is said to have left and did not"));
    let unknown = found.difference(&wanted).map(|name| format!("{name} left, and nobody said so"));
    Ok(missing.chain(unknown).map(|what| Finding::new(Kind::Letter, what)).collect())
}
