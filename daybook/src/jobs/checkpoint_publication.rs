//! `checkpoint-publication`: signed checkpoints leave the house, to a folder
//! (`CHECKPOINT_FOLDER`) and to a webhook (`CHECKPOINT_WEBHOOK_URL`). Before a new one goes into
//! the folder, the last one there is compared with the log: one that was cut or rewritten has
//! to get past a file that is not in the database.
//!
//! What nobody signed yet is signed first, so that the job does without `serve`.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use ledger::ports::exports::{ExportReceiver, Parcel};
use ledger::ports::mail::Undelivered;
use ledger::proof::open;
use ledger::store::Ledger;
use ledger::store::notary::{Kept, Signers, latest, note_told, root_at, sign_head, told};
use ledger::values::OrgId;
use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::sync::watch;
use uuid::Uuid;

use super::Ground;
use super::every_org::{Summary, every_org};
use crate::installation::signers;

/// Signs and publishes, org by org.
pub(super) async fn run(ground: &Ground, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
    let settings = &ground.checkpoints;
    let (signers, receiver) = (signers(settings)?, settings.receiver()?);
    let place =
        Place { ledger: &ground.ledger, signers: &signers, folder: settings.folder.as_deref() };
    every_org(&ground.ledger, stop, async |org| {
        sign_head(place.ledger, org, place.signers).await?;
        let Some(kept) = latest(place.ledger, org).await? else { return Ok(0) };
        let filed = place.file(org, &kept).await?;
        let told = match &receiver {
            Some(receiver) => place.tell(org, &kept, receiver.as_ref()).await?,
            None => 0,
        };
        Ok(filed + told)
    })
    .await
}

struct Place<'a> {
    ledger: &'a Ledger,
    signers: &'a Signers,
    folder: Option<&'a Path>,
}

impl Place<'_> {
    /// Keeps the checkpoint as a file, unless it is there; a file is never changed.
    async fn file(&self, org: OrgId, kept: &Kept) -> anyhow::Result<usize> {
        let Some(folder) = self.folder else { return Ok(0) };
        let folder = folder.join(org.to_string());
        let doing = || format!("cannot keep checkpoints in {}", folder.display());
        fs::create_dir_all(&folder).await.with_context(doing)?;
        if let Some(newest) = newest(&folder).await.with_context(doing)? {
            self.compare(org, &folder.join(newest)).await?;
        }
        let path = folder.join(format!("{:020}-{}.note", kept.size, kept.key_id));
        if fs::try_exists(&path).await.with_context(doing)? {
            return Ok(0);
        }
        // It appears when it is whole.
        let draft = path.with_extension(format!("{}.part", std::process::id()));
        fs::write(&draft, &kept.note).await.with_context(doing)?;
        fs::rename(&draft, &path).await.with_context(doing)?;
        Ok(1)
    }

    /// The log must still be the one that was signed when the file was written.
    async fn compare(&self, org: OrgId, path: &Path) -> anyhow::Result<()> {
        let reading = || format!("cannot compare the log with {}", path.display());
        let note = fs::read_to_string(path).await.with_context(reading)?;
        let (checkpoint, _) = open(&note, &self.signers.known()).with_context(reading)?;
        let size = i64::try_from(checkpoint.size).with_context(reading)?;
        let differs = || anyhow!("the log is not the one whose checkpoint is {}", path.display());
        if checkpoint.org() != Some(org) {
            bail!("{} is the checkpoint of another org", path.display());
        }
        let (root, _) = root_at(self.ledger, org, size).await.with_context(differs)?;
        if root == checkpoint.root { Ok(()) } else { Err(differs()) }
    }

    /// Tells the webhook, unless it knows.
    async fn tell(
        &self,
        org: OrgId,
        kept: &Kept,
        receiver: &dyn ExportReceiver,
    ) -> anyhow::Result<usize> {
        if told(self.ledger, org).await? >= kept.size {
            return Ok(0);
        }
        let name = format!("checkpoint:{}:{}", kept.size, kept.key_id);
        let parcel = Parcel {
            id: Uuid::new_v5(&org.0, name.as_bytes()),
            org,
            file_name: format!("{}.note", kept.size),
            media_type: "text/plain; charset=utf-8",
            sha256: Sha256::digest(kept.note.as_bytes()).to_vec(),
            bytes: kept.note.clone().into_bytes(),
        };
        let now = self.ledger.clock().now();
        match receiver.hand_over(&parcel, now).await {
            Ok(()) => {
                note_told(self.ledger, org, kept.size).await?;
                Ok(1)
            }
            // The next run tries again, with whatever is the latest then.
            Err(Undelivered::NotNow(why) | Undelivered::Never(why)) => {
                bail!("the webhook did not take the checkpoint: {why}")
            }
        }
    }
}

/// The file of the largest checkpoint: names are as long as each other.
async fn newest(folder: &Path) -> std::io::Result<Option<std::ffi::OsString>> {
    let mut entries = fs::read_dir(folder).await?;
    let mut newest = None;
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name();
        if Path::new(&name).extension() == Some(OsStr::new("note")) {
            newest = newest.max(Some(name));
        }
    }
    Ok(newest)
}
