//! `storage-janitor`: the folder that e-mails are delivered into is kept in order. Half-written
//! letters of a process that died go after a day; whole ones after `RETENTION_OUTGOING_DAYS`, if
//! somebody says so, because they are in clear and nothing else takes them away.
//!
//! The folder belongs to this node: another node's goes when that node has its turn.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;
use time::{Duration, OffsetDateTime};
use tokio::fs;

use super::Ground;
use super::every_org::Summary;

/// A letter is written in an instant; after this long nobody is at it any more.
const HALF_WRITTEN: Duration = Duration::days(1);

/// Removes what is no longer needed.
pub(super) async fn run(ground: &Ground) -> anyhow::Result<Summary> {
    let now = ground.ledger.clock().now();
    let kept = ground.retention.outgoing.map(|days| Duration::days(i64::from(days)));
    let changed = tidy(&ground.outgoing, now, kept).await?;
    Ok(Summary { changed, ..Summary::default() })
}

/// Goes through one folder and the folders in it; answers how many files went.
async fn tidy(folder: &Path, now: OffsetDateTime, kept: Option<Duration>) -> anyhow::Result<usize> {
    let (mut folders, mut removed) = (vec![folder.to_owned()], 0);
    while let Some(folder) = folders.pop() {
        let reading = || format!("cannot read {}", folder.display());
        let mut entries = match fs::read_dir(&folder).await {
            Ok(entries) => entries,
            // Nothing was delivered yet.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(reading),
        };
        while let Some(entry) = entries.next_entry().await.with_context(reading)? {
            let kind = entry.file_type().await.with_context(reading)?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                removed += usize::from(consider(&entry.path(), now, kept).await?);
            }
        }
    }
    Ok(removed)
}

/// Removes a file if its time has come.
async fn consider(
    path: &Path,
    now: OffsetDateTime,
    kept: Option<Duration>,
) -> anyhow::Result<bool> {
    let limit = match path.extension().and_then(OsStr::to_str) {
        Some("part") => Some(HALF_WRITTEN),
        Some("eml" | "pdf") => kept,
        // Somebody else's.
        _ => None,
    };
    let Some(limit) = limit else { return Ok(false) };
    let doing = || format!("cannot tidy {}", path.display());
    let removed = match fs::metadata(path).await.and_then(|about| about.modified()) {
        Ok(modified) if now - OffsetDateTime::from(modified) > limit => fs::remove_file(path).await,
        Ok(_) => return Ok(false),
        Err(error) => Err(error),
    };
    match removed {
        Ok(()) => Ok(true),
        // Somebody fetched it meanwhile.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(doing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn half_letters_go_after_a_day_and_whole_ones_only_when_somebody_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("letters");
        std::fs::create_dir(&inner).unwrap();
        for path in [folder.path().join("a.part"), inner.join("b.part"), inner.join("c.eml")] {
            std::fs::write(path, "x").unwrap();
        }
        std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        let written = std::fs::metadata(inner.join("c.eml")).unwrap().modified().unwrap();
        let after = |days| OffsetDateTime::from(written) + Duration::days(days) + Duration::HOUR;
        let tidy = |now, kept| tidy(folder.path(), now, kept);
        assert_eq!(tidy(after(0), None).await.unwrap(), 0);
        assert_eq!(tidy(after(1), None).await.unwrap(), 2);
        assert_eq!(tidy(after(400), None).await.unwrap(), 0);
        let month = Some(Duration::days(30));
        assert_eq!(tidy(after(29), month).await.unwrap(), 0);
        assert_eq!(tidy(after(30), month).await.unwrap(), 1);
        assert!(folder.path().join("notes.txt").exists());
        assert_eq!(super::tidy(Path::new("/nowhere/at/all"), after(1), None).await.unwrap(), 0);
    }
}
