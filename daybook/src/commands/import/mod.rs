//! `daybook import`

mod csv;
mod log;
mod postgres_es;

use std::process::ExitCode;

use ledger::store::Ledger;

use crate::cli::ImportCommand;
use crate::config::ServiceRoles;

/// Does what was typed after `import`.
pub(super) async fn run(
    roles: ServiceRoles,
    ledger: Ledger,
    command: ImportCommand,
) -> anyhow::Result<ExitCode> {
    match command {
        ImportCommand::Csv(import) => csv::run(&ledger, import).await,
        ImportCommand::Log(import) => log::run(&roles, &ledger, import).await,
        ImportCommand::PostgresEs(import) => postgres_es::run(&ledger, import).await,
    }
}
