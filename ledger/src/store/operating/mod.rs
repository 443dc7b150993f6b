//! What running the ledger needs of its database: the installation's key, the jobs' leases, what
//! is dead, erased or may go, and the facts that a verification compares the log with.

mod audit;
mod cleanup;
mod dead_letters;
mod erasures;
mod installation;
mod leases;
mod outgoing;
mod retention;

pub use audit::{Audit, audit, orgs_with_traces};
pub use cleanup::forget_ended_keys;
pub use dead_letters::{DeadLetters, dead_letters};
pub use erasures::{Erasure, erasures, is_back};
pub use installation::{KeyCheck, check_key, installation_id};
pub use leases::{JobRun, Lease, Run, beat, job_runs};
pub use outgoing::{Outgoing, outgoing};
pub use retention::{let_go_of_facts, let_go_of_messages};
