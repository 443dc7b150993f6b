//! Reading a read model at a position that the caller may demand.

use ledger::values::OrgId;
use projections::engine::{EngineError, NotReached, ReadModel, Snapshot};

use crate::{
    error::{ApiError, Plain},
    state::AppState,
};

/// One unchanging view, and the position it is as of.
pub(crate) struct Reading {
    pub(crate) snapshot: Snapshot,
    pub(crate) position: i64,
}

/// Waits until the model knows the demanded position, then opens a view of it.
pub(crate) async fn reading<M: ReadModel>(
    state: &AppState,
    org: OrgId,
    min_position: Option<i64>,
) -> Result<Reading, ApiError> {
    if let Some(wanted) = min_position {
        let deadline = state.deadline();
        match state.engine.wait_for(org, M::NAME, wanted, deadline).await {
            Ok(_) => {}
            Err(NotReached::Deadline { reached, wanted, .. }) => {
                return Err(ApiError::Behind { wanted, reached });
            }
            Err(NotReached::Engine(error)) => return Err(error.into()),
        }
    }
    let snapshot = Snapshot::open(state.ledger.app_pool(), org).await?;
    let position = snapshot.model::<M>()?.position;
    match min_position {
        // Its tables were switched between the wait and the view.
        Some(wanted) if position < wanted => Err(ApiError::Behind { wanted, reached: position }),
        _ => Ok(Reading { snapshot, position }),
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::NeedsUpgrade { .. } => {
                Self::Execution(ledger::store::ExecuteError::NeedsUpgrade)
            }
            error if error.is_transient() => {
                tracing::warn!(%error, "a read model could not be read");
                Self::Unavailable
            }
            error => Self::failed(&error),
        }
    }
}

/// The log itself answered: it has the demanded position, or nobody has.
pub(crate) fn reached(position: i64, min_position: Option<i64>) -> Result<(), ApiError> {
    match min_position {
        Some(wanted) if position < wanted => Err(ApiError::Behind { wanted, reached: position }),
        _ => Ok(()),
    }
}

/// Refuses a position that the log has not reached.
pub(crate) async fn known(
    state: &AppState,
    org: OrgId,
    at_position: Option<i64>,
) -> Result<(), ApiError> {
    let Some(at) = at_position else { return Ok(()) };
    let head = state.ledger.head(org).await?.unwrap_or(0);
    if (0..=head).contains(&at) { Ok(()) } else { Err(Plain::BeyondLog.into()) }
}
