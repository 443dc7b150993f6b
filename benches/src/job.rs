//! What is asked of the program that measures esrs, and what it answers: JSON, as its only
//! argument and on its standard output. It has this file, too.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::drive::Pace;

/// A database that is there, and how its owner connects.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) socket_dir: PathBuf,
    pub(crate) port: u16,
    pub(crate) user: String,
    pub(crate) password: String,
    pub(crate) database: String,
}

/// What to do where.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) place: Place,
    pub(crate) what: What,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum What {
    /// So many clients adding lines to so many invoices.
    Append { clients: usize, invoices: u64, pace: Pace },
    /// Its table, empty.
    MakeTable,
    /// Every event of the table that is there, counted by invoice.
    Replay,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Appended { rate: f64, p50_ms: f64, p99_ms: f64, conflicts: f64 },
    Made,
    Replayed { events: u64 },
}
