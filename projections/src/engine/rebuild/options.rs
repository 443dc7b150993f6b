//! What a rebuild is told.

use std::sync::{Arc, atomic::AtomicBool};

use ledger::{
    recorded::Actor,
    values::{Code, OrgId},
};

use super::{super::Projector, bulk::HELD_ROWS, record::Asked};

/// How a rebuild runs.
#[derive(Clone)]
pub struct RebuildOptions {
    /// Orgs that are worked on at the same time.
    pub parallel: usize,
    /// Rows of one org that are held in memory, all models together; beyond, they are written and
    /// read again when they are heard of.
    pub held_rows: usize,
    /// Told after every few thousand events and after every org.
    pub on_progress: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
    /// Whether the rebuilt tables are to answer.
    pub switch: bool,
    /// Whether rebuilt tables are compared with those that answer.
    pub compare: bool,
    /// Rows of one model and org that may differ before the rest is not told.
    pub differences: i64,
    /// Lets rebuilt tables answer although they differ from the live ones; without it they wait.
    pub accept: Option<Acceptance>,
    /// Goes on with tables that an earlier rebuild of this version has filled, also to switch
    /// back to them, instead of filling them anew.
    pub resume: bool,
    /// Writes this rebuild down, for everybody to see and to stop; with one org only.
    pub asked: Option<Asked>,
    /// Only tables that an older version of their model filled.
    pub outdated_only: bool,
    /// One org only.
    pub org: Option<OrgId>,
    /// How the relay role connects. Without it the ledger's few connections are borrowed, one
    /// org at a time.
    pub relay: Option<tokio_postgres::Config>,
    /// Set to stop early; what is done stays done.
    pub abort: Arc<AtomicBool>,
    /// Read models to choose from; [`read_models`](super::super::read_models) unless said otherwise.
    pub models: Vec<Arc<dyn Projector>>,
}

impl Default for RebuildOptions {
    fn default() -> Self {
        Self {
            parallel: 2,
            held_rows: HELD_ROWS,
            on_progress: None,
            switch: true,
            compare: true,
            differences: 100,
            accept: None,
            asked: None,
            resume: false,
            outdated_only: false,
            org: None,
            relay: None,
            abort: Arc::default(),
            models: super::super::read_models(),
        }
    }
}

/// Who wants tables that differ to answer, and why. The log keeps both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Who.
    pub actor: Actor,
    /// Why.
    pub reason_code: Code,
}

/// How far a rebuild is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Orgs that are done.
    pub orgs_done: usize,
    /// Orgs in all.
    pub orgs: usize,
    /// Events that were read.
    pub events_read: u64,
    /// Events in all logs; those that no chosen model hears are never read.
    pub events: u64,
}
