//! The words of the command line.

use clap::{Args, Parser, Subcommand};
use ledger::values::CycleKey;
use time::Date;

use super::values::day;
use super::{
    Bundle, CheckpointsCommand, DatabaseCommand, Erase, ErasuresCommand, Export, ImportCommand,
    KeyCommand, OrgCommand, Rebuild, Reconcile, Replay, Verify,
};
use crate::config::{CATALOGUE, Entry};
use crate::jobs::JobName;

/// An event-sourced billing ledger: commands in, events kept, figures out.
///
/// Settings come from the environment; `daybook check-config` shows them. Without DATABASE_URL
/// the program runs a private PostgreSQL in the folder .daybook (DAYBOOK_DATA).
#[derive(Debug, Parser)]
#[command(name = "daybook", version, max_term_width = 100, propagate_version = true)]
#[command(after_help = "Exit codes: 0 done, 1 it did not work, 64 wrong usage; `verify` has more.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API (and, without DATABASE_URL, run the private PostgreSQL).
    ///
    /// SIGTERM or SIGINT stops it: no new requests, those under way are answered, the log is
    /// flushed, the private PostgreSQL is stopped. A second signal does not wait.
    Serve,
    /// Serve, with a generated history: three orgs, eighteen months, thousands of events.
    ///
    /// The history is made once, in a data folder that has no orgs yet; a later start finds it
    /// again. URLs and keys are printed and kept in `demo.json` in the data folder.
    Demo(Demo),
    /// Apply the schema: to DATABASE_URL as its owner, or to the private PostgreSQL.
    ///
    /// With DAYBOOK_ROLE_PASSWORD_APP, _WRITER and _RELAY it also gives the service's roles these
    /// passwords.
    Migrate,
    /// Create, list, suspend and close orgs.
    #[command(subcommand)]
    Org(OrgCommand),
    /// Create, list, rotate and revoke an org's API keys.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Work read models out anew, compare them with the live ones, switch.
    Rebuild(Rebuild),
    /// Compare a payment provider's statement with the log, and the log with the read models.
    ///
    /// Every difference is raised as an exception, once; what was raised before and is no longer
    /// found is cleared. A statement with a line that cannot be read is refused as a whole, and
    /// every such line is named.
    Reconcile(Reconcile),
    /// Print an org's events, oldest first, one JSON object a line.
    Replay(Replay),
    /// Write an org's whole log to a file, as it is hashed.
    Export(Export),
    /// Write what an invoice, a claim, a patient or a month is made of to a file that proves
    /// itself.
    ///
    /// The file holds the events, a proof for each that it is in the log of a signed checkpoint,
    /// the checkpoint, and the totals that the events come to. `daybook verify FILE --key …`
    /// checks all of it without a database and without a network. Personal data stays sealed.
    Bundle(Bundle),
    /// Keys that sign how far logs go, and signing now.
    #[command(subcommand)]
    Checkpoints(CheckpointsCommand),
    /// Come from elsewhere: another event store, or balances and open invoices.
    #[command(subcommand)]
    Import(Box<ImportCommand>),
    /// Prove a log: the live database, an export, or a bundle.
    ///
    /// Checks that positions are 1..N with none missing, that every event is what its leaf hash was
    /// taken of, that streams and times are in order, ids unique and document numbers gapless; of the
    /// live database also that heads, series, command records, tiles and checkpoints agree with the
    /// log. It stops at the first event that cannot be and names its position.
    ///
    /// Nobody can see from a log alone whether it was rewritten as a whole, or cut at its end. Keep
    /// the head that `export` and `verify` print, and give it back with --expect-head; or keep a
    /// signed checkpoint, and give it back with --checkpoint and --key.
    Verify(Verify),
    /// Erase a person: whatever is sealed for them never opens again.
    Erase(Erase),
    /// Keep the list of erased people outside the backups, and give it back after a restore.
    #[command(subcommand)]
    Erasures(ErasuresCommand),
    /// Run jobs by hand; `serve` runs them by itself.
    #[command(subcommand)]
    Jobs(JobsCommand),
    /// Reach the database itself, for backups and restores.
    #[command(subcommand)]
    Database(DatabaseCommand),
    /// Show the settings in effect, secrets redacted, and everything that is wrong with them.
    #[command(after_help = settings())]
    CheckConfig,
}

/// Every setting, for the help.
fn settings() -> String {
    let width = CATALOGUE.iter().map(|entry| entry.name.len()).max().unwrap_or(0);
    let line = |entry: &Entry| format!("\n  {:width$}  {}", entry.name, entry.meaning);
    format!("Settings:{}", CATALOGUE.iter().map(line).collect::<String>())
}

/// `daybook demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Make the history and exit, without serving.
    #[arg(long)]
    pub seed_only: bool,
    /// The last day of the history, YYYY-MM-DD [default: yesterday].
    #[arg(long, value_parser = day)]
    pub until: Option<Date>,
    /// How many months it has.
    #[arg(long, default_value_t = 18, value_parser = clap::value_parser!(i64).range(1..=36))]
    pub months: i64,
}

/// `daybook jobs`
#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// Run one job now, unless another node is running it.
    Run {
        /// Which.
        #[arg(long, value_enum)]
        job: JobName,
        /// Which month accounting-export is for, YYYY-MM [default: the one before, in each org's
        /// zone]. A month is exported once.
        #[arg(long)]
        month: Option<CycleKey>,
    },
    /// List the jobs and how they went.
    List,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
