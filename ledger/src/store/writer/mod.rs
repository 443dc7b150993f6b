//! The writer: one task that decides and appends for all orgs.
//!
//! A command goes request → `intake` (is its id known already?) → a queue per org → `decide`
//! → one statement for all orgs of the batch (`append`) → its answer. While a statement is on
//! its way the queues fill; what is there when it returns is the next batch. Nobody waits on
//! purpose.
//!
//! - `intake.rs`: command ids looked up, twins joined.
//! - `org.rs`: what is remembered of one org; always validated by the head.
//! - `prepared.rs`: a batch as columns.
//! - `deciding.rs`: commands into a batch.
//! - `closed_periods.rs`: what is decided, held against the books.
//! - `append.rs`: the statement, and what its failures mean.
//! - `loading.rs`: streams into memory, outside the task.
//! - `task.rs`: the loop.

mod append;
mod closed_periods;
mod deciding;
mod evicting;
mod finishing;
mod intake;
mod job;
mod line;
mod loading;
mod org;
mod prepared;
mod task;

pub(super) use finishing::owned;
pub(super) use intake::Intake;
pub(super) use job::{Answer, Known, Verdict};
pub(super) use loading::{Loader, Request};
pub(super) use task::{Parts, start};
