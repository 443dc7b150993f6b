//! The writer's spans (`crate::traces`): a command, its decisions, its append.

use std::time::Duration;

use tracing::{Span, field::Empty};

use super::{
    Batch, ExecuteError, Outcome,
    writer::{Answer, Verdict},
};
use crate::traces::{TARGET, span_id, trace_id};

/// From the moment a command is handed in until it is answered.
pub(super) fn command(batch: &Batch) -> Span {
    let context = &batch.context;
    tracing::info_span!(
        target: TARGET,
        "command",
        trace.id = trace_id(context.correlation_id),
        daybook.org = %context.org,
        daybook.dry_run = batch.dry_run,
        daybook.outcome = Empty,
        otel.failed = Empty,
    )
}

/// What was answered, as a code.
pub(super) fn answered(span: &Span, answer: &Answer) {
    if span.is_disabled() {
        return;
    }
    let outcome = match answer {
        Ok(Verdict::Done(outcome)) if outcome.replayed => "replayed",
        Ok(Verdict::Done(outcome)) if outcome.dry_run => "foretold",
        Ok(Verdict::Done(_)) => "accepted",
        Ok(Verdict::Known(_)) => "replayed",
        Err(ExecuteError::Refused(refusal)) => refusal.code(),
        Err(ExecuteError::VersionMismatch { .. }) => "version_mismatch",
        Err(ExecuteError::Conflict) => "conflict",
        Err(ExecuteError::KeyReused) => "key_reused",
        Err(ExecuteError::UnknownOrg) => "unknown_org",
        Err(ExecuteError::Busy { .. }) => "busy",
        Err(ExecuteError::NeedsUpgrade) => "needs_upgrade",
        Err(ExecuteError::Closed) => "closed",
        Err(ExecuteError::Indeterminate { .. }) => broken(span, "indeterminate"),
        Err(ExecuteError::Panicked) => broken(span, "panicked"),
        Err(ExecuteError::Store(_)) => broken(span, "store_failed"),
    };
    span.record("daybook.outcome", outcome);
}

fn broken(span: &Span, outcome: &'static str) -> &'static str {
    span.record("otel.failed", true);
    outcome
}

/// One decision; there is another where the org's head had moved meanwhile.
pub(super) fn decision(command: &Span, attempts: u32) -> Span {
    let attempt = u64::from(attempts) + 1;
    tracing::info_span!(target: TARGET, parent: command, "decide", daybook.attempt = attempt)
}

/// An append that was committed; only these have the id that events lead back to.
pub(super) fn append(command: &Span, outcome: &Outcome, together: usize, took: Duration) {
    let Some(first) = outcome.events.first().filter(|_| !command.is_disabled()) else { return };
    // Closed as soon as it is made: it ends now.
    drop(tracing::info_span!(
        target: TARGET,
        parent: command,
        "append",
        span.id = span_id(first.event_id),
        took.us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        daybook.first_event = first.name,
        daybook.events = outcome.events.len(),
        daybook.commands_together = together,
    ));
}
