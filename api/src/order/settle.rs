//! Waiting, after a command, for what follows from it.

use ledger::{store::Outcome, values::OrgId};
use tokio::time::Instant;

use super::Wait;
use crate::state::AppState;

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
) -> Reached {
    let wait = if outcome.dry_run { Wait::None } else { wait };
    settle_at(state, outcome.org, outcome.position, wait, deadline).await
}

/// The same, for whatever was appended up to a position.
pub(crate) async fn settle_at(
    state: &AppState,
    org: OrgId,
    position: i64,
    wait: Wait,
    deadline: Instant,
) -> Reached {
    if wait == Wait::None {
        return Reached { position, settled: None };
    }
    let settled = match state.engine.wait_settled(org, position, deadline).await {
        Ok(settled) => settled,
        // It happened. That nobody can say what followed from it does not change that.
        Err(error) => {
            tracing::warn!(%error, "what follows from a command cannot be waited for");
            return Reached { position, settled: Some(false) };
        }
    };
    let position = position.max(if settled.settled { settled.position } else { 0 });
    Reached { position, settled: Some(settled.settled) }
}
