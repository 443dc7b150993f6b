//! `daybook import`

mod csv;
mod postgres_es;

use std::process::ExitCode;

use ledger::store::Ledger;

use crate::cli::ImportCommand;

/// Does what was typed after `import`.
pub(super) async fn run(ledger: Ledger, command: ImportCommand) -> anyhow::Result<ExitCode> {
    match command {
        ImportCommand::Csv(import) => csv::run(&ledger, import).await,
        ImportCommand::PostgresEs(import) => postgres_es::run(&ledger, import).await,
    }
}
