//! One fault at a time.
//!
//! Each file is a scenario: it begins with a stage of its own, makes the fault, says what it saw,
//! and ends with the checker. To add one: a file, and a line in each `match` below.

mod clock_back;
mod cut;
mod disk_full;
mod hanging_up;
mod idle_session;
mod kills;
mod lost_doorbell;
mod no_connections;
mod poison;
mod private;
mod read_only;
mod restored;
mod slow_commits;
mod stage;
mod two_nodes;
mod two_versions;

use std::path::PathBuf;
use std::time::Duration;

use crate::dice::Dice;

pub(crate) use stage::Stage;

/// Ends every session of the service.
const END_SESSIONS: &str = "select pg_terminate_backend(pid) from pg_stat_activity \
                            where usename like 'daybook\\_%' and usename <> 'daybook_owner'";

/// How a run is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The program.
    pub program: PathBuf,
    /// All that is random follows from it.
    pub seed: u64,
    /// Kills in the storm.
    pub kills: u32,
    /// How long each other fault lasts, about.
    pub lasts: Duration,
    /// Whether a scenario that failed leaves its folder behind.
    pub keep: bool,
}

/// What came of a scenario that did not fail.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It held, with these figures.
    Held(String),
    /// It could not be made here, and why.
    Skipped(String),
}

/// A scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// `kill -9` at random moments, and the checker's proof of itself.
    Kills,
    /// The same with a private PostgreSQL, which the program brings back.
    Private,
    /// The socket is cut at a commit.
    Cut,
    /// Clients hang up.
    HangingUp,
    /// Two nodes on one org.
    TwoNodes,
    /// Every connection is somebody else's.
    NoConnections,
    /// The disk is full.
    DiskFull,
    /// The database is read-only.
    ReadOnly,
    /// Commits take their time.
    SlowCommits,
    /// A session is left idle in its transaction.
    IdleSession,
    /// The connection that listens is ended.
    LostDoorbell,
    /// An event that cannot be read, in one org of a thousand.
    Poison,
    /// The clock jumps back.
    ClockBack,
    /// Two versions side by side during a migration.
    TwoVersions,
    /// Dump, restore, continue.
    Restored,
}

impl Scenario {
    /// All of them, in the order in which they are run.
    pub const ALL: [Self; 15] = [
        Self::Kills,
        Self::Private,
        Self::Cut,
        Self::HangingUp,
        Self::TwoNodes,
        Self::NoConnections,
        Self::DiskFull,
        Self::ReadOnly,
        Self::SlowCommits,
        Self::IdleSession,
        Self::LostDoorbell,
        Self::Poison,
        Self::ClockBack,
        Self::TwoVersions,
        Self::Restored,
    ];

    /// As typed and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kills => "kills",
            Self::Private => "private",
            Self::Cut => "cut-at-commit",
            Self::HangingUp => "hanging-up",
            Self::TwoNodes => "two-nodes",
            Self::NoConnections => "no-connections",
            Self::DiskFull => "disk-full",
            Self::ReadOnly => "read-only",
            Self::SlowCommits => "slow-commits",
            Self::IdleSession => "idle-session",
            Self::LostDoorbell => "lost-doorbell",
            Self::Poison => "poison",
            Self::ClockBack => "clock-back",
            Self::TwoVersions => "two-versions",
            Self::Restored => "restored",
        }
    }

    /// Makes it.
    ///
    /// # Errors
    /// What did not hold.
    pub async fn run(self, settings: &Settings) -> anyhow::Result<Outcome> {
        let mut dice = Dice::new(settings.seed);
        let dice = &mut dice;
        match self {
            Self::Kills => kills::run(settings, dice).await,
            Self::Private => private::run(settings, dice).await,
            Self::Cut => cut::run(settings, dice).await,
            Self::HangingUp => hanging_up::run(settings, dice).await,
            Self::TwoNodes => two_nodes::run(settings, dice).await,
            Self::NoConnections => no_connections::run(settings, dice).await,
            Self::DiskFull => disk_full::run(settings, dice).await,
            Self::ReadOnly => read_only::run(settings, dice).await,
            Self::SlowCommits => slow_commits::run(settings, dice).await,
            Self::IdleSession => idle_session::run(settings, dice).await,
            Self::LostDoorbell => lost_doorbell::run(settings, dice).await,
            Self::Poison => poison::run(settings, dice).await,
            Self::ClockBack => clock_back::run(settings, dice).await,
            Self::TwoVersions => two_versions::run(settings, dice).await,
            Self::Restored => restored::run(settings, dice).await,
        }
    }
}
