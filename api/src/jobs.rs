//! The jobs of the program around us, as far as the API speaks of them.

use std::{future::Future, pin::Pin, time::Duration};

use ledger::values::OrgId;
use time::OffsetDateTime;

/// An answer that takes a while.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, JobFailed>> + Send + 'a>>;

/// A job did not do its work; for the log, not for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct JobFailed(pub String);

/// A job that an org may ask for: it works on that org alone, and again changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrgJob {
    /// Forget API keys that ended long ago.
    Cleanup,
    /// Write down e-mails that should have been and were not.
    EmailScan,
    /// Let go of what settled messages and webhooks said.
    RetentionCleanup,
}

impl OrgJob {
    /// The job's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cleanup => "cleanup",
            Self::EmailScan => "email-scan",
            Self::RetentionCleanup => "retention-cleanup",
        }
    }
}

/// How a job stands, over all orgs and nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStanding {
    /// Its name.
    pub job: &'static str,
    /// How often it runs.
    pub every: Duration,
    /// Whether a node is at it.
    pub running: bool,
    /// When a scheduler last showed that it cares for it.
    pub heartbeat_at: Option<OffsetDateTime>,
    /// When it last began.
    pub started_at: Option<OffsetDateTime>,
    /// When it last ended well.
    pub last_success_at: Option<OffsetDateTime>,
    /// How often in a row it has ended badly.
    pub consecutive_failures: i32,
    /// How often it has ended badly, ever.
    pub errors: i64,
    /// When it is due again; `None` when it never began: at once.
    pub due_at: Option<OffsetDateTime>,
}

/// Whoever runs the jobs.
pub trait Jobs: Send + Sync {
    /// How old a sign of life may be before readiness says no; `None` when nobody asks.
    fn heartbeat(&self) -> Option<Duration>;

    /// How every job stands.
    fn standing(&self) -> Answering<'_, Vec<JobStanding>>;

    /// Runs a job for one org now; answers how much it changed.
    fn run(&self, job: OrgJob, org: OrgId) -> Answering<'_, usize>;
}
