//! Operational facts that arrive from elsewhere (bookings, teams, workers, photos, …) and what
//! they mean for the org's usage.
//!
//! # The rule
//!
//! 1. A stream is one thing of one kind (a booking, a worker, a usage counter). A fact says the
//!    whole state of its thing at an instant. What was said latest counts, in whatever order it
//!    arrives; what comes after something later is kept and changes nothing ("superseded").
//! 2. A message is known by its source and id. The same again is nothing new; other content
//!    under the same id is refused (`operation.other_content`).
//! 3. An event carries results: what the thing counts for now, and by how much each usage count
//!    changed. A booking that moves from March to April takes one from March and gives one to
//!    April.
//! 4. A month is a calendar month in the org's zone. A fact about a month that had ended when it
//!    was recorded is late, and so is every change to such a month.
//! 5. Workers and storage are counted as they stand now; everything else by month (contract
//!    S2.15).
//! 6. A recorded counter (metric, month, value) is another system's own count. It changes no
//!    count here: it is what the counts are compared with.
//!
//! # States
//!
//! ```text
//! (unknown) ─ first ─▶ known ─ correction ─▶ known
//!                        └──── superseded ───▶ known (kept, without effect)
//! ```

mod aggregate;
mod command;
mod counting;
mod error;
mod event;
mod fact;
mod identity;
mod state;
#[cfg(test)]
mod tests;
mod usage;

pub use aggregate::Operation;
pub use command::*;
pub use error::OperationError;
pub use event::*;
pub use fact::*;
pub use identity::operation_id;
pub use state::*;
pub use usage::*;

/// What a decision comes to.
type Decision = Result<Vec<OperationEvent>, OperationError>;
