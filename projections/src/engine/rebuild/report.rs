//! What a rebuild tells.

use ledger::values::OrgId;

use super::compare::{Difference, Disagreement};

/// What a rebuild did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RebuildReport {
    /// Models, as asked.
    pub models: Vec<String>,
    /// Orgs that were looked at.
    pub orgs: usize,
    /// Events that were read.
    pub events_read: u64,
    /// Tables that were filled or caught up: one per org and model.
    pub rebuilt: usize,
    /// Tables that were compared.
    pub compared: usize,
    /// Tables that answer now and did not before.
    pub switched: usize,
    /// Tables that are ready and do not answer: they differ, and nobody has accepted that.
    pub waiting: usize,
    /// Where rebuilt tables differ from live ones, cell by cell, as many as asked for.
    pub differences: Vec<Difference>,
    /// The same in sum, over all rows: one per org and model.
    pub disagreements: Vec<Disagreement>,
    /// What became of every table that was filled.
    pub ended: Vec<Ended>,
    /// What could not be rebuilt, and why; everything else was.
    pub failures: Vec<RebuildFailure>,
    /// Whether it was told to stop before it was done.
    pub aborted: bool,
}

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Whose.
    pub org: OrgId,
    /// Which.
    pub model: String,
    /// Where it stands.
    pub position: i64,
    /// Whether it answers now.
    pub switched: bool,
    /// Whether it waits for somebody who accepts what differs.
    pub waiting: bool,
}

/// A model of an org that could not be rebuilt. What answers there is as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuildFailure {
    /// Whose.
    pub org: OrgId,
    /// Which; `None` if it concerns all.
    pub model: Option<String>,
    /// Why.
    pub error: String,
}
