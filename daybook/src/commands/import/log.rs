//! `daybook import log`

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use ledger::store::restoring::{Whole, restore};
use ledger::store::{Ledger, Stored};
use projections::engine::as_history;

use crate::checkpoint::Head;
use crate::cli::LogImport;
use crate::config::ServiceRoles;
use crate::log_file::{Damage, LogFile};
use crate::out;

/// Events put back at a time.
const PAGE: usize = 1_000;

/// The file is damaged.
const WRONG: u8 = 2;

/// Verifies the file, and puts its log back.
pub(super) async fn run(
    roles: &ServiceRoles,
    ledger: &Ledger,
    import: LogImport,
) -> anyhow::Result<ExitCode> {
    let LogImport { file, name } = import;
    let whole = match survey(&file)? {
        Ok(whole) => whole,
        Err(damage) => {
            out::line(format_args!("nothing was put back: DAMAGED at {damage}"))?;
            return Ok(ExitCode::from(WRONG));
        }
    };
    let org = whole.org;
    match (ledger.head(org).await?, name) {
        (Some(0), _) => {}
        (Some(head), _) => bail!("org {org} has events already, up to position {head}"),
        (None, Some(name)) => {
            ledger.create_org(org, &name).await?;
        }
        (None, None) => bail!("there is no org {org} here: give --name, the business's name"),
    }
    as_history(ledger, org, whole.position).await?;
    let mut log = opened(&file)??;
    let mut failed = None;
    restore(ledger, &roles.writer, &whole, || {
        page(&mut log).unwrap_or_else(|error| {
            failed = Some(error);
            Vec::new()
        })
    })
    .await
    .map_err(|error| failed.take().unwrap_or_else(|| error.into()))?;
    let head = Head { position: whole.position, root: whole.root };
    out::line(format_args!("{} events of org {org} are back", head.position))?;
    out::line(format_args!("head {head}"))?;
    Ok(ExitCode::SUCCESS)
}

fn opened(file: &Path) -> anyhow::Result<Result<LogFile<std::fs::File>, Damage>> {
    LogFile::open(file)
}

/// Everything that is known before the first event is put back.
fn survey(file: &Path) -> anyhow::Result<Result<Whole, Damage>> {
    let log = match opened(file)? {
        Ok(log) => log,
        Err(damage) => return Ok(Err(damage)),
    };
    let org = log.org();
    let read = log.check(|_| {}).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(read.map(|check| Whole {
        org,
        position: check.position(),
        root: check.root(),
        numbers: check.numbers().clone(),
    }))
}

fn page(log: &mut LogFile<std::fs::File>) -> anyhow::Result<Vec<Stored>> {
    let mut events = Vec::new();
    while events.len() < PAGE {
        match log.next_event()?? {
            Some(stored) => events.push(stored),
            None => break,
        }
    }
    Ok(events)
}
