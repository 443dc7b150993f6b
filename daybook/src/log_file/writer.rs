//! Writing an org's log.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use data_encoding::HEXLOWER;
use evidence::event_line;
use ledger::proof::LogCheck;
use ledger::store::Ledger;
use ledger::values::OrgId;

use super::line::{Header, Trailer};
use crate::checkpoint::Head;
use crate::progress::Progress;

/// Events read at a time.
const PAGE: i64 = 2_000;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The head that the file ends with.
    pub head: Head,
}

/// Writes the log up to the head of this moment. Damaged events are not exported: the export
/// stops and names the first.
///
/// # Errors
/// When the log is damaged or cannot be read, or the file cannot be written.
pub async fn write(ledger: &Ledger, org: OrgId, output: &Path) -> anyhow::Result<Written> {
    let Some(head) = ledger.head(org).await? else {
        bail!("there is no org {org}: `daybook org list` shows them");
    };
    let name = output.file_name().with_context(|| format!("{} is no file", output.display()))?;
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let doing = || format!("cannot write {}", folder.join(name).display());
    // The file appears when it is whole.
    let draft = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
    let mut file = std::io::BufWriter::with_capacity(1 << 20, draft);
    writeln!(file, "{}", serde_json::to_string(&Header::of(org, head))?).with_context(doing)?;
    let check = events(ledger, org, head, &mut file).await?;
    let head = Head { position: check.position(), root: check.root() };
    let trailer = Trailer {
        count: head.position,
        head_position: head.position,
        root: HEXLOWER.encode(&head.root).into(),
    };
    writeln!(file, "{}", serde_json::to_string(&trailer)?).with_context(doing)?;
    let draft =
        file.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(doing)?;
    draft.as_file().sync_all().with_context(doing)?;
    draft.persist_noclobber(output).map_err(|error| error.error).with_context(doing)?;
    Ok(Written { head })
}

async fn events(
    ledger: &Ledger,
    org: OrgId,
    head: i64,
    file: &mut impl Write,
) -> anyhow::Result<LogCheck> {
    let progress = Progress::new("export", head);
    let mut check = LogCheck::new(org);
    while check.position() < head {
        let limit = PAGE.min(head - check.position());
        let page = ledger.read(org, check.position(), limit).await?;
        if page.is_empty() {
            bail!("position {} is missing: the log is damaged", check.position() + 1);
        }
        for stored in &page {
            check.follow(stored).context("the log is damaged and was not exported")?;
            let line = event_line(stored)
                .with_context(|| format!("position {} cannot be exported", stored.position))?;
            writeln!(file, "{line}").context("cannot write the export")?;
        }
        progress.at(check.position());
    }
    progress.done();
    Ok(check)
}
