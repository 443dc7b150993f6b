//! What can be typed after `import`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use ledger::store::postgres_es::SourceTable;
use ledger::values::OrgId;
use time::Date;

use super::values::{day, renamed, table};

/// `daybook import`
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Turn a table of events as postgres-es 0.5 keeps them into the log of a new org.
    ///
    /// The first event of the log carries the SHA-256 digest of the table's rows; the last one
    /// counts what came of them. Interrupted, the same command goes on where it was. An org that
    /// has other events is refused, and so is a table with a row that Daybook does not know.
    PostgresEs(PostgresEsImport),
    /// Bring in opening balances and open invoices from two CSV files.
    ///
    /// Accounts: account,debit,credit,currency. Invoices: number,customer_id,issued_on,due_on,
    /// currency,subtotal,tax,total,paid,balance. Nothing is brought in unless the debits equal the
    /// credits and the invoices' balances sum to account 1100, in every currency. The same files
    /// again change nothing.
    Csv(CsvImport),
    /// Put an exported log back as it is: the same events, the same hashes, the same root.
    ///
    /// For another installation, or one that lost it: the org must not be there, or have no
    /// events. The file is verified first, and the log is there as a whole or not at all. What is
    /// sealed stays closed without the keys that sealed it, which are not in the file; policies
    /// and messages take what is in the log for done.
    Log(LogImport),
}

/// `daybook import log`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0   it is in
  1   it did not work; nothing is in
  2   the file is damaged; nothing is in
  64  wrong usage")]
pub struct LogImport {
    /// What `daybook export` wrote.
    pub file: PathBuf,
    /// The business's name, if the org is not registered here.
    #[arg(long)]
    pub name: Option<String>,
}

/// `daybook import postgres-es`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0   it is in, or was already; with --dry-run: it could be
  1   it did not work, or a row is nothing here
  64  wrong usage")]
pub struct PostgresEsImport {
    /// Where the table is, postgresql://user:password@host:port/database.
    #[arg(long, env = "IMPORT_SOURCE_URL", hide_env_values = true)]
    pub source: String,
    /// The table, with or without its schema.
    #[arg(long, default_value = "events", value_parser = table)]
    pub table: SourceTable,
    /// The field of the metadata that says when an event happened (RFC 3339).
    #[arg(long, default_value = "time", value_name = "FIELD")]
    pub time_field: String,
    /// What a kind of streams is called here, as THEIRS=OURS. May be given several times.
    #[arg(long, value_name = "THEIRS=OURS", value_parser = renamed)]
    pub rename: Vec<(String, String)>,
    /// Into this org, which has no events yet or an unfinished import of the same table.
    #[arg(long, required_unless_present_any = ["new_org", "dry_run"], conflicts_with = "new_org")]
    pub org: Option<OrgId>,
    /// Into a new org of this name; its id and its owner's key are printed.
    #[arg(long, value_name = "NAME")]
    pub new_org: Option<String>,
    /// Read everything, say what would happen, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// `daybook import csv`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0   it is in, or was already; with --dry-run: it could be
  1   it did not work; nothing is in unless the message says so
  2   the files are wrong or do not balance; nothing is in
  64  wrong usage")]
pub struct CsvImport {
    /// Whose books.
    #[arg(long)]
    pub org: OrgId,
    /// Opening balances.
    #[arg(long, value_name = "FILE")]
    pub accounts: PathBuf,
    /// Open invoices.
    #[arg(long, value_name = "FILE")]
    pub invoices: PathBuf,
    /// The day of the opening, YYYY-MM-DD [default: today in the org's zone].
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub opened_on: Option<Date>,
    /// Print the balance proof and everything that is wrong, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}
