//! How a policy is shown.

use projections::engine::{Failure, Parked};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::instant;

/// The org's policies.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyList {
    pub(super) policies: Vec<PolicyView>,
}

/// What a policy waits for in the org.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PolicyView {
    #[schema(example = "cycle_charges")]
    policy: &'static str,
    /// The event that stops all of it; nothing is skipped. Null while it goes on.
    parked: Option<ParkedView>,
    /// What its orders were refused for, oldest first. Each stops one subject only.
    refused: Vec<RefusedView>,
}

/// An event that a policy cannot digest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ParkedView {
    /// Of the event.
    position: i64,
    /// What it said.
    error: String,
    #[schema(value_type = String, format = DateTime)]
    since: String,
}

/// An order of a policy that was refused without a declared answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedView {
    /// The subject that waits: an id, or an anonymous reference.
    key: String,
    /// Of the event that it reacted to.
    position: i64,
    /// The refusal's stable code.
    #[schema(example = "prior_auth.not_approved")]
    code: String,
    detail: String,
    #[schema(value_type = String, format = DateTime)]
    since: String,
    /// When somebody last let it try again.
    #[schema(value_type = Option<String>, format = DateTime)]
    retried_at: Option<String>,
}

impl PolicyView {
    /// A policy among all that waits in the org.
    pub(super) fn of(policy: &'static str, parked: &[Parked], refused: &[Failure]) -> Self {
        let here = parked.iter().find(|parked| parked.follower == policy);
        let refused = refused.iter().filter(|failure| failure.policy == policy);
        Self {
            policy,
            parked: here.map(|parked| ParkedView {
                position: parked.position,
                error: parked.error.clone(),
                since: instant(parked.since),
            }),
            refused: refused.map(RefusedView::of).collect(),
        }
    }
}

impl RefusedView {
    fn of(failure: &Failure) -> Self {
        Self {
            key: failure.key.clone(),
            position: failure.position,
            code: failure.code.clone(),
            detail: failure.detail.clone(),
            since: instant(failure.since),
            retried_at: failure.retried_at.map(instant),
        }
    }
}
