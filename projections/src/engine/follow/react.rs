//! One key's events, in order: react, give the commands, hear the answers.

use std::collections::VecDeque;

use ledger::{
    import::HISTORY,
    policies::{Answer, Reaction, Refused},
    recorded::{Actor, Recorded},
    store::{Context, ExecuteError, Ledger},
    traces::{TARGET, span_id, trace_id},
};
use tracing::{Instrument, Span};

use super::{Follower, follower::Memory};
use crate::engine::log::caught;

/// Commands that one event may lead to: all fifty lines of a claim give back, draw and wait.
const MOST_REACTIONS: u32 = 160;

/// Work for one key.
pub(super) struct Work<'e> {
    pub key: String,
    /// Its bytes before, if it was remembered.
    pub bytes: Option<Vec<u8>>,
    /// The last event it has heard.
    pub heard: i64,
    pub events: Vec<&'e Recorded>,
}

/// What came of it.
pub(super) struct Worked {
    pub key: String,
    /// What to remember now.
    pub bytes: Option<Vec<u8>>,
    /// The last event that was handled.
    pub heard: i64,
    /// Whether it was remembered before.
    pub known: bool,
    /// Why it stopped.
    pub failed: Option<Failed>,
}

/// A reaction that was refused without a declared answer.
pub(super) struct Failed {
    pub position: i64,
    pub code: String,
    pub detail: String,
}

/// Why the rest must wait.
enum Stop {
    /// The business said no: stops this key.
    Failed { code: String, detail: String },
    /// The world broke: everything is tried again, in order.
    World(ExecuteError),
}

/// Handles a key's events until one fails.
///
/// # Errors
///
/// The world's failure: nothing of this may be kept, all of it may be repeated.
pub(super) async fn work(
    ledger: &Ledger,
    policy: &dyn Follower,
    work: Work<'_>,
) -> Result<Worked, ExecuteError> {
    let known = work.bytes.is_some();
    let mut worked =
        Worked { key: work.key, bytes: work.bytes, heard: work.heard, known, failed: None };
    for event in work.events.into_iter().filter(|event| event.position > work.heard) {
        match handle(ledger, policy, worked.bytes.as_deref(), event).await {
            Ok(bytes) => {
                worked.bytes = bytes;
                worked.heard = event.position;
            }
            Err(Stop::Failed { code, detail }) => {
                worked.failed = Some(Failed { position: event.position, code, detail });
                return Ok(worked);
            }
            Err(Stop::World(error)) => return Err(error),
        }
    }
    Ok(worked)
}

async fn handle(
    ledger: &Ledger,
    policy: &dyn Follower,
    bytes: Option<&[u8]>,
    event: &Recorded,
) -> Result<Option<Vec<u8>>, Stop> {
    let mut memory = policy.memory(bytes).map_err(|error| broken(&error.to_string()))?;
    let mut waiting: VecDeque<Reaction> = guarded(|| memory.react(event))?.into_iter().collect();
    // Whatever followed from an event that was taken over is in the log as well.
    if event.actor.0 == HISTORY {
        waiting.clear();
    }
    if !waiting.is_empty() {
        let span = reacting(policy, event);
        let carried = carry_out(ledger, policy, event, (memory.as_mut(), waiting));
        carried.instrument(span).await?;
    }
    memory.bytes().map_err(|error| broken(&error.to_string()))
}

/// The span under which the reactions to an event are told.
fn reacting(policy: &dyn Follower, event: &Recorded) -> Span {
    tracing::info_span!(
        target: TARGET,
        "policy",
        trace.id = trace_id(event.correlation_id),
        parent.id = span_id(event.event_id),
        daybook.org = %event.org,
        daybook.policy = policy.name(),
        daybook.event = event.event.name(),
    )
}

/// Gives the commands that an event leads to, and those that their refusals lead to.
async fn carry_out(
    ledger: &Ledger,
    policy: &dyn Follower,
    event: &Recorded,
    (memory, mut waiting): (&mut dyn Memory, VecDeque<Reaction>),
) -> Result<(), Stop> {
    let mut ordinal = 0;
    while let Some(reaction) = waiting.pop_front() {
        if ordinal >= MOST_REACTIONS {
            return Err(broken("an event led to too many commands"));
        }
        if let Some(code) = give(ledger, policy, event, &reaction, ordinal).await? {
            let refused = Refused { code: &code.0, ordinal };
            match guarded(|| memory.on_refusal(event, &refused))? {
                Answer::Commands(commands) => waiting.extend(commands),
                Answer::Settled => {}
                Answer::Fail => return Err(Stop::Failed { code: code.0, detail: code.1 }),
            }
        }
        ordinal += 1;
    }
    Ok(())
}

/// Gives a command; a refusal comes back as its code and what it said.
async fn give(
    ledger: &Ledger,
    policy: &dyn Follower,
    event: &Recorded,
    reaction: &Reaction,
    ordinal: u32,
) -> Result<Option<(String, String)>, Stop> {
    let actor = Actor(format!("policy:{}", policy.name()));
    let context = Context::derived(ledger, event.org, actor, event, policy.name(), ordinal);
    match reaction.give(ledger, &context).await {
        Ok(_) => Ok(None),
        Err(ExecuteError::Refused(refusal)) => {
            Ok(Some((refusal.code().to_owned(), refusal.to_string())))
        }
        Err(ExecuteError::KeyReused) => Err(failed("command.key_reused", "another command")),
        Err(ExecuteError::Panicked) => Err(failed("command.panicked", "the decision failed")),
        Err(
            error @ (ExecuteError::VersionMismatch { .. }
            | ExecuteError::Conflict
            | ExecuteError::UnknownOrg
            | ExecuteError::Busy { .. }
            | ExecuteError::NeedsUpgrade
            | ExecuteError::Indeterminate { .. }
            | ExecuteError::Closed
            | ExecuteError::Store(_)),
        ) => Err(Stop::World(error)),
    }
}

/// A policy that panics stops its key like any failure that nobody expected.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, Stop> {
    caught(run).map_err(|why| broken(&why))
}

fn broken(detail: &str) -> Stop {
    failed("policy.broken", detail)
}

fn failed(code: &str, detail: &str) -> Stop {
    Stop::Failed { code: code.to_owned(), detail: detail.to_owned() }
}
