//! A command on its way through the writer, and its answer.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use time::OffsetDateTime;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tracing::Span;
use uuid::Uuid;

use super::super::{Batch, ExecuteError, Outcome, erased::Stream};
use crate::values::OrgId;

/// The idempotency record of a command that was accepted before.
#[derive(Debug, Clone)]
pub(in super::super) struct Known {
    pub fingerprint: Vec<u8>,
    pub changed: bool,
    pub first_position: i64,
    pub last_position: i64,
    pub stream_version: i64,
    pub recorded_at: OffsetDateTime,
}

/// How a command was answered.
#[derive(Debug, Clone)]
pub(in super::super) enum Verdict {
    /// Decided now.
    Done(Arc<Outcome>),
    /// Accepted before; the events are in the log.
    Known(Known),
}

pub(in super::super) type Answer = Result<Verdict, ExecuteError>;

/// A command in the writer.
pub(super) struct Job {
    pub batch: Arc<Batch>,
    pub reply: Reply,
    /// Under which its decision and its append are told.
    pub span: Span,
    pub tries: Tries,
    /// The stream of its org's books, whose name takes a hash to work out.
    pub books: Stream,
    /// A proved refusal, which is answered unless the command turns out to be known.
    pub refused: Option<ExecuteError>,
}

/// After so many rounds a command is given back.
const ROUNDS: u32 = 24;
/// A command that is to blame so often, on its own and not known, is not to be had.
const BLAMED: u32 = 4;

/// What a command has been through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tries {
    /// To be appended on its own, because a batch with it failed.
    pub alone: bool,
    /// How often it went round.
    pub rounds: u32,
    /// How often it failed on its own. A lost race is nobody's fault and does not count.
    blamed: u32,
}

impl Tries {
    /// Another round: its org's head had moved, or it is not known what became of it. Answers
    /// whether that was one too many.
    pub(super) fn round(&mut self) -> bool {
        self.rounds += 1;
        self.rounds > ROUNDS
    }

    /// A batch with it failed, or, where it was the only one, it did. From now on it goes alone.
    /// Answers whether it is given up.
    pub(super) fn fail(&mut self, single: bool) -> bool {
        self.blamed += u32::from(single && self.alone);
        self.alone = true;
        self.round() || self.blamed > BLAMED
    }
}

impl Job {
    pub(super) fn org(&self) -> OrgId {
        self.batch.context.org
    }

    pub(super) fn command_id(&self) -> Uuid {
        self.batch.context.command_id
    }
}

type Waiting = HashMap<(OrgId, Uuid), ([u8; 32], Vec<oneshot::Sender<Answer>>)>;

/// Commands that are being worked on: a twin joins the first one's answer.
#[derive(Clone, Default)]
pub(super) struct InFlight(Arc<Mutex<Waiting>>);

/// What came of registering a command.
pub(super) enum Registered {
    /// It is the first.
    First,
    /// It waits for its twin.
    Joined,
    /// The id is in use for something else.
    Reused(oneshot::Sender<Answer>),
}

impl InFlight {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Registers a command; hands the sender back through `slot` when it is the first.
    pub(super) fn register(
        &self,
        key: (OrgId, Uuid),
        fingerprint: [u8; 32],
        sender: oneshot::Sender<Answer>,
        slot: &mut Option<oneshot::Sender<Answer>>,
    ) -> Registered {
        match self.lock().entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert((fingerprint, Vec::new()));
                *slot = Some(sender);
                Registered::First
            }
            Entry::Occupied(mut occupied) => {
                let (known, waiting) = occupied.get_mut();
                if *known == fingerprint {
                    waiting.push(sender);
                    Registered::Joined
                } else {
                    Registered::Reused(sender)
                }
            }
        }
    }

    fn take(&self, key: &(OrgId, Uuid)) -> Vec<oneshot::Sender<Answer>> {
        self.lock().remove(key).map(|(_, waiting)| waiting).unwrap_or_default()
    }
}

/// Where the answer goes. Dropped without an answer, it says that the ledger is closing.
pub(super) struct Reply {
    sender: Option<oneshot::Sender<Answer>>,
    key: Option<(OrgId, Uuid)>,
    in_flight: InFlight,
    _permit: OwnedSemaphorePermit,
}

impl Reply {
    pub(super) fn new(
        sender: oneshot::Sender<Answer>,
        key: Option<(OrgId, Uuid)>,
        in_flight: InFlight,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        Self { sender: Some(sender), key, in_flight, _permit: permit }
    }

    /// Answers the caller and all its twins.
    pub(super) fn answer(mut self, answer: Answer) {
        self.send(answer);
    }

    fn send(&mut self, answer: Answer) {
        let Some(sender) = self.sender.take() else { return };
        let twins = self.key.take().map(|key| self.in_flight.take(&key)).unwrap_or_default();
        for twin in twins {
            // A caller that hung up needs no answer.
            let _ = twin.send(replayed(&answer));
        }
        let _ = sender.send(answer);
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.send(Err(ExecuteError::Closed));
    }
}

/// The same answer for the second caller.
fn replayed(answer: &Answer) -> Answer {
    match answer {
        Ok(Verdict::Done(outcome)) => {
            let mut outcome = Outcome::clone(outcome);
            outcome.replayed = true;
            Ok(Verdict::Done(Arc::new(outcome)))
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BLAMED, ROUNDS, Tries};

    #[test]
    fn races_that_a_command_lost_are_not_its_fault() {
        let mut tries = Tries::default();
        assert!(!tries.fail(false), "somebody in a batch of several failed");
        for _ in 0..ROUNDS - 8 {
            assert!(!tries.round(), "another node was quicker");
        }
        for _ in 0..BLAMED {
            assert!(!tries.fail(true), "not given up before it failed by itself often enough");
        }
        assert!(tries.fail(true));
    }

    #[test]
    fn whoever_shares_a_batch_with_a_failing_command_is_not_to_blame() {
        let mut tries = Tries::default();
        for _ in 0..=BLAMED {
            assert!(!tries.fail(false));
        }
        assert!(!tries.fail(true), "once by itself");
    }

    #[test]
    fn races_are_not_lost_for_ever() {
        let mut tries = Tries::default();
        assert_eq!((0..).take_while(|_| !tries.round()).count(), 24);
        assert!(!tries.alone);
    }
}
