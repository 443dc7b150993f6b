//! Reading a read model at a position that the caller may demand.

use ledger::values::OrgId;
use projections::engine::{EngineError, NotReached, ReadModel, Snapshot};

use crate::{
    body::FieldError,
    error::{ApiError, Plain},
    state::AppState,
    when::When,
};

/// One unchanging view, and the position it is as of.
pub(crate) struct Reading {
    pub(crate) snapshot: Snapshot,
    pub(crate) position: i64,
}

/// Waits until the model knows the demanded position, then opens a view of it; or opens a view
/// of the past, which needs no waiting: the log has it, or the question was refused.
pub(crate) async fn reading<M: ReadModel>(
    state: &AppState,
    org: OrgId,
    when: impl Into<When>,
) -> Result<Reading, ApiError> {
    let When { min_position, as_of, of } = when.into();
    if let Some(as_of) = as_of {
        if min_position.is_some_and(|wanted| wanted > as_of.position) {
            return Err(Plain::AfterAsOf.into());
        }
        let snapshot = state.history.at(org, as_of.position, of).await?;
        let position = snapshot.model::<M>().await?.position;
        return Ok(Reading { snapshot, position });
    }
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
    let position = snapshot.model::<M>().await?.position;
    match min_position {
        // Its tables were switched between the wait and the view.
        Some(wanted) if position < wanted => Err(ApiError::Behind { wanted, reached: position }),
        _ => Ok(Reading { snapshot, position }),
    }
}

/// Waits until another model of the same answer knows the demanded position, too; the view that
/// is opened afterwards has both. Nobody waits for the past.
pub(crate) async fn awaited<M: ReadModel>(
    state: &AppState,
    org: OrgId,
    when: When,
) -> Result<(), ApiError> {
    if when.as_of.is_none() && when.min_position.is_some() {
        reading::<M>(state, org, when).await?.snapshot.close().await?;
    }
    Ok(())
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        Self::of_engine(&error)
    }
}

impl ApiError {
    fn of_engine(error: &EngineError) -> Self {
        match error {
            EngineError::NeedsUpgrade { .. } => {
                Self::Execution(ledger::store::ExecuteError::NeedsUpgrade)
            }
            EngineError::Preparing(answer) => Self::Preparing(answer.id),
            EngineError::Shared(error) => Self::of_engine(error),
            EngineError::TooLarge { .. } => Plain::AnswerTooLarge.into(),
            EngineError::TooManyAnswers => {
                Self::RateLimited { retry_after_seconds: 5, code: "too_many_answers" }
            }
            error if error.is_transient() => {
                tracing::warn!(%error, "a read model could not be read");
                Self::Unavailable
            }
            error => Self::failed(error),
        }
    }
}

/// The head of the log, or the position of the past that is asked for; refused if it is not the
/// one that must be known.
pub(crate) async fn head(state: &AppState, org: OrgId, when: When) -> Result<i64, ApiError> {
    let position = match when.position() {
        Some(position) => position,
        None => state.ledger.head(org).await?.unwrap_or(0),
    };
    reached(position, when)?;
    Ok(position)
}

/// The log itself answered: it has the demanded position, or nobody has.
pub(crate) fn reached(position: i64, when: When) -> Result<(), ApiError> {
    match when.min_position {
        Some(wanted) if position < wanted => Err(ApiError::Behind { wanted, reached: position }),
        _ => Ok(()),
    }
}

/// Refuses a position that the log has not reached.
pub(crate) async fn known(
    state: &AppState,
    org: OrgId,
    at_position: Option<i64>,
    when: When,
) -> Result<(), ApiError> {
    let Some(at) = at_position else { return Ok(()) };
    if when.as_of.is_some() {
        let detail = "at_position or the past (as_of, as_of_position), not both".into();
        let pointer = "at_position".to_owned();
        return Err(ApiError::InvalidQuery(vec![FieldError { pointer, code: "invalid", detail }]));
    }
    let head = state.ledger.head(org).await?.unwrap_or(0);
    if (0..=head).contains(&at) { Ok(()) } else { Err(Plain::BeyondLog.into()) }
}
