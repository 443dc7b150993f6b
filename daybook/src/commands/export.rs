//! `daybook export`

use ledger::store::Ledger;

use crate::cli::Export;
use crate::{log_file, out};

/// Writes the file and prints the head to keep.
pub(super) async fn run(ledger: Ledger, export: Export) -> anyhow::Result<()> {
    let Export { org, output } = export;
    let written = log_file::write(&ledger, org, &output).await?;
    let head = written.head;
    out::line(format_args!("{} events of org {org} in {}", head.position, output.display()))?;
    out::line(format_args!("head {head}"))?;
    Ok(())
}
