//! What running the ledger needs of its database: the installation's key, the jobs' leases, and
//! the facts that a verification compares the log with.

mod audit;
mod cleanup;
mod installation;
mod leases;

pub use audit::{Audit, audit, orgs_with_traces};
pub use cleanup::forget_ended_keys;
pub use installation::{KeyCheck, check_key, installation_id};
pub use leases::{JobRun, Lease, Run, beat, job_runs};
