//! What can be typed after `reconcile`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ledger::values::OrgId;
use time::Date;

use super::values::day;

/// Whose statements can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Provider {
    /// Stripe's balance export as CSV, or the list form of /v1/balance_transactions as JSON.
    Stripe,
}

/// `daybook reconcile`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0   all three sides agree
  1   it could not be reconciled (no such file, a line that cannot be read, no database, …)
  2   there are differences
  64  wrong usage")]
pub struct Reconcile {
    /// Whose money.
    #[arg(long)]
    pub org: OrgId,
    /// Whose statement.
    #[arg(long, value_enum)]
    pub provider: Provider,
    /// The statement.
    pub file: PathBuf,
    /// The first day that it covers, YYYY-MM-DD [default: its first line's].
    #[arg(long, value_parser = day)]
    pub from: Option<Date>,
    /// The last day that it covers, YYYY-MM-DD [default: its last line's].
    #[arg(long, value_parser = day)]
    pub through: Option<Date>,
    /// Days that both sides may be apart.
    #[arg(long, default_value_t = api::reconciliation::USUAL_DAYS,
        value_parser = clap::value_parser!(i64).range(0..=30))]
    pub days: i64,
    /// Only say what is found.
    #[arg(long)]
    pub dry_run: bool,
    /// Book payouts and fees that the books lack.
    #[arg(long, conflicts_with = "dry_run")]
    pub book: bool,
}
