//! `daybook replay`

use std::io::{BufWriter, Write};

use anyhow::{Context, bail};
use evidence::event_line;
use ledger::store::{Ledger, Stored};

use super::org::known;
use crate::cli::{Replay, Until};

/// Events read at a time.
const PAGE: i64 = 2_000;

/// Prints the events as an export would, one a line.
pub(super) async fn run(ledger: Ledger, replay: Replay) -> anyhow::Result<()> {
    write(&ledger, replay, BufWriter::new(std::io::stdout())).await
}

/// Writes the events as an export would, one a line.
///
/// # Errors
/// When there is no such org or stream, the log cannot be read or `out` not be written.
pub async fn write(ledger: &Ledger, replay: Replay, mut out: impl Write) -> anyhow::Result<()> {
    let Replay { org, stream, until } = replay;
    known(ledger, org).await?;
    let head = ledger.head(org).await?.unwrap_or(0);
    let mut after = 0;
    loop {
        let page = match &stream {
            None => ledger.read(org, after, PAGE).await?,
            Some((kind, id)) => ledger.read_stream(org, kind, *id, after, PAGE).await?,
        };
        for stored in &page {
            if stored.position > head || is_past(stored, until) {
                out.flush()?;
                return Ok(());
            }
            let line = event_line(stored)
                .with_context(|| format!("position {} cannot be shown", stored.position))?;
            writeln!(out, "{line}")?;
        }
        let Some(last) = page.last() else { break };
        after = if stream.is_some() { last.sequence } else { last.position };
    }
    if after == 0 && stream.is_some() {
        bail!("org {org} has no such stream");
    }
    out.flush()?;
    Ok(())
}

fn is_past(stored: &Stored, until: Option<Until>) -> bool {
    match until {
        Some(Until::Position(position)) => stored.position > position,
        Some(Until::Instant(at)) => stored.recorded_at > at,
        None => false,
    }
}
