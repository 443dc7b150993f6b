//! Policies, carried out: followers of the log that give commands.
//!
//! - `follower.rs`: a policy without its types. `react.rs`: one key's events, in order.
//! - `runner.rs`: an org's policies, page by page. `keep.rs`: the rows they are kept in.
//! - `takeover.rs`: a new version learns what the old one knew. `failures.rs`: refusals that
//!   nobody expected, and trying them again. `history.rs`: a log that is put back.
//!
//! A crash between a command and the checkpoint gives the command again under the same id, which
//! changes nothing. A policy that declares another command for a refusal must know that the
//! refusal lasts: after a crash the first command is tried first again.

mod failures;
mod follower;
mod history;
mod keep;
mod react;
mod runner;
mod takeover;

use std::sync::Arc;

pub use failures::{Failure, failures, retry};
pub use follower::{Follower, following};
pub use history::as_history;

use super::live::Shared;

/// Carries out policies until the engine stops.
pub(crate) async fn run(shared: Arc<Shared>) {
    runner::run(&shared).await;
}
