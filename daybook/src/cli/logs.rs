//! What can be typed about logs: rebuild, replay, export, verify, erase.

use std::path::PathBuf;

use clap::Args;
use ledger::proof::VerifierKey;
use ledger::values::{Code, OrgId};
use time::OffsetDateTime;
use uuid::Uuid;

use super::values::{stream, until};
use crate::checkpoint::HeldHead;

/// `daybook rebuild`
#[derive(Debug, Args)]
pub struct Rebuild {
    /// The read models, by name.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub models: Vec<String>,
    /// All read models.
    #[arg(long)]
    pub all: bool,
    /// Only for this org.
    #[arg(long)]
    pub org: Option<OrgId>,
    /// Only fill and compare: what answers now goes on answering.
    #[arg(long)]
    pub no_switch: bool,
    /// Go on with tables that are filled already, also to switch back to the ones before.
    #[arg(long)]
    pub resume: bool,
    /// Let tables answer that differ from the live ones; the log keeps it, with the reason.
    #[arg(long, requires = "reason", conflicts_with = "no_switch")]
    pub force: bool,
    /// Why, as a code: for example projector_fixed.
    #[arg(long, requires = "force")]
    pub reason: Option<Code>,
}

/// `daybook replay`
#[derive(Debug, Args)]
pub struct Replay {
    /// Whose log.
    #[arg(long)]
    pub org: OrgId,
    /// Only this stream, as TYPE/ID, such as invoice/0198….
    #[arg(long, value_parser = stream)]
    pub stream: Option<(String, Uuid)>,
    /// Up to this position, or up to what was recorded at this instant (RFC 3339).
    #[arg(long, value_parser = until)]
    pub until: Option<Until>,
}

/// Where a replay ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// With this position.
    Position(i64),
    /// With the last event that was recorded by then.
    Instant(OffsetDateTime),
}

/// `daybook export`
#[derive(Debug, Args)]
pub struct Export {
    /// Whose log.
    #[arg(long)]
    pub org: OrgId,
    /// Where to; it must not exist yet.
    #[arg(long, short)]
    pub output: PathBuf,
}

/// `daybook verify`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0   sound, and it contains every head and checkpoint that was given; of a bundle: its
      checkpoint is signed by a key given with --key
  1   it could not be checked (no such file, no database, …)
  2   damaged: the first bad event is named, or the signature that is forged
  3   sound in itself, but without --expect-head or --checkpoint a consistent rewrite or a
      truncation cannot be excluded; of a bundle: without --key anybody may have signed it
  64  wrong usage")]
pub struct Verify {
    /// An export or a bundle. Without one the live database is verified.
    pub file: Option<PathBuf>,
    /// Only this org of the live database.
    #[arg(long, conflicts_with = "file")]
    pub org: Option<OrgId>,
    /// A head that you kept, as POSITION:ROOT, or ORG/POSITION:ROOT when several orgs are
    /// verified. May be given several times.
    #[arg(long, value_name = "HEAD")]
    pub expect_head: Vec<HeldHead>,
    /// A file with a signed checkpoint that you kept. May be given several times.
    #[arg(long, value_name = "NOTE", requires = "key")]
    pub checkpoint: Vec<PathBuf>,
    /// The public key of whoever signs checkpoints, as `daybook checkpoints keys` prints it. May
    /// be given several times.
    #[arg(long, value_name = "VERIFIER_KEY")]
    pub key: Vec<VerifierKey>,
}

/// `daybook erase`
#[derive(Debug, Args)]
pub struct Erase {
    /// Whose ledger.
    #[arg(long)]
    pub org: OrgId,
    #[command(flatten)]
    /// Who.
    pub person: Person,
    /// Why, as a short code such as patient_request.
    #[arg(long)]
    pub reason: Code,
}

/// Who is to be erased.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Person {
    /// The patient, by the id that the org uses.
    #[arg(long)]
    pub patient: Option<String>,
    /// The person, by the subject id that events carry.
    #[arg(long)]
    pub subject: Option<Uuid>,
}
