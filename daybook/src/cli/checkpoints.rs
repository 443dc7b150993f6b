//! What can be typed about checkpoints, and about what is proved with them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use ledger::values::{CycleKey, OrgId};
use uuid::Uuid;

/// `daybook checkpoints`
#[derive(Debug, Subcommand)]
pub enum CheckpointsCommand {
    /// Make a key that signs checkpoints, and print its public half.
    NewKey {
        /// Who signs with it, such as ledger.example.org [default: CHECKPOINT_NAME].
        #[arg(long)]
        name: Option<String>,
        /// Where to: a file only you can read; it must not exist yet. Without one the key itself
        /// is printed, too.
        #[arg(long, short)]
        output: Option<PathBuf>,
    },
    /// Print the public keys of those who sign and signed, the present one first.
    Keys,
    /// Sign now what nobody has signed yet, and print an org's checkpoint.
    Sign {
        /// Whose log.
        #[arg(long)]
        org: OrgId,
    },
}

/// `daybook bundle`
#[derive(Debug, Args)]
pub struct Bundle {
    /// Whose log.
    #[arg(long)]
    pub org: OrgId,
    /// What it is about.
    #[command(flatten)]
    pub concerning: Concerning,
    /// Where to; it must not exist yet.
    #[arg(long, short)]
    pub output: PathBuf,
}

/// What a bundle is about.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Concerning {
    /// An invoice, by its id.
    #[arg(long)]
    pub invoice: Option<Uuid>,
    /// A claim, by its id, with its statements.
    #[arg(long)]
    pub claim: Option<Uuid>,
    /// A patient, by the id that the org uses: activation, authorizations, claims, statements.
    #[arg(long)]
    pub patient: Option<String>,
    /// Everything that was recorded in a month of the org's zone, YYYY-MM.
    #[arg(long)]
    pub period: Option<CycleKey>,
}
