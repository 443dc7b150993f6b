//! Waiting, after a command, for what follows from it.

use ledger::store::Outcome;
use tokio::time::Instant;

use super::Wait;
use crate::{error::ApiError, state::AppState};

/// How far the world had come when the command was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The position to read at: the command's own, or the last that followed from it.
    pub(crate) position: i64,
    /// Whether everything that follows from the command is done; `None` if nobody waited.
    pub(crate) settled: Option<bool>,
}

/// Waits for the policies, if that was asked for and something was appended.
pub(crate) async fn settle(
    state: &AppState,
    outcome: &Outcome,
    wait: Wait,
    deadline: Instant,
) -> Result<Reached, ApiError> {
    if wait == Wait::None || outcome.dry_run {
        return Ok(Reached { position: outcome.position, settled: None });
    }
    let settled = state.engine.wait_settled(outcome.org, outcome.position, deadline).await;
    let settled = settled.map_err(|error| ApiError::failed(&error))?;
    let position = outcome.position.max(if settled.settled { settled.position } else { 0 });
    Ok(Reached { position, settled: Some(settled.settled) })
}
