//! Writing a bundle.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use ledger::recorded::Recorded;
use ledger::store::notary::{Kept, Signers, inclusions, latest, sign_head};
use ledger::store::{Ledger, Stored};
use ledger::values::OrgId;

use super::gather::gather;
use super::line::{self, Digest, Header, Trailer};
use super::totals::{projectors, totals};
use super::{About, check};

/// Events proved at a time.
const PORTION: usize = 500;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many events.
    pub events: usize,
    /// How far the checkpoint goes.
    pub size: i64,
}

/// Signs what nobody has signed yet, and writes the bundle.
///
/// # Errors
/// When there is nothing to write, the log is damaged or cannot be read, or the file cannot be
/// written.
pub async fn write(
    ledger: &Ledger,
    org: OrgId,
    about: About,
    signers: &Signers,
    output: &Path,
) -> anyhow::Result<Written> {
    sign_head(ledger, org, signers).await.context("the log was not signed")?;
    let Some(kept) = latest(ledger, org).await? else { bail!("the log of org {org} is empty") };
    let events = gather(ledger, org, &about, kept.size).await?;
    if !events.iter().any(|event| about.counts(event)) {
        bail!("org {org} has nothing about {about}");
    }
    let written = Written { events: events.len(), size: kept.size };
    let text = text(ledger, org, about, &kept, events).await?;
    // What cannot be verified is not handed out.
    let checked = check(text.as_bytes(), &signers.known())?;
    checked.context("the bundle does not prove itself; it was not written")?;
    let doing = || format!("cannot write {}", output.display());
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // The file appears when it is whole.
    let mut draft = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
    draft.write_all(text.as_bytes()).with_context(doing)?;
    draft.as_file().sync_all().with_context(doing)?;
    draft.persist_noclobber(output).map_err(|error| error.error).with_context(doing)?;
    Ok(written)
}

async fn text(
    ledger: &Ledger,
    org: OrgId,
    about: About,
    kept: &Kept,
    events: Vec<Stored>,
) -> anyhow::Result<String> {
    let count = u64::try_from(events.len())?;
    let header = Header::of(org, about.clone(), count, kept.note.clone());
    let mut lines = vec![serde_json::to_string(&header)?];
    for portion in events.chunks(PORTION) {
        let positions: Vec<i64> = portion.iter().map(|event| event.position).collect();
        let proofs = inclusions(ledger, org, &positions, kept.size).await?;
        for (event, proof) in portion.iter().zip(&proofs) {
            let line = line::of_event(event, proof);
            let cannot = || format!("position {} cannot be written", event.position);
            lines.push(line.with_context(cannot)?);
        }
    }
    let counted = events.into_iter().filter(|event| about.counts(event));
    let decoded: Result<Vec<Recorded>, _> = counted.map(Stored::decode).collect();
    let totals = totals(&about, &decoded.context("an event cannot be read")?);
    let digest = Digest::of(&lines);
    lines.push(serde_json::to_string(&Trailer { digest, projectors: projectors(), totals })?);
    lines.push(String::new());
    Ok(lines.join("\n"))
}
