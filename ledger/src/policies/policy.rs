//! What a policy is.

use serde::{Serialize, de::DeserializeOwned};

use super::Reaction;
use crate::recorded::Recorded;

/// When this happens, then give that command. Pure: no clock, no database, no randomness.
///
/// Ids of the commands follow from policy, event and ordinal, so carrying a reaction out again
/// after a crash changes nothing; a command is true when its cause was.
pub trait Policy: Send + Sync + 'static {
    /// The policy's name: its checkpoint, its actor (`policy:<name>`), its command ids. It never
    /// changes.
    const NAME: &'static str;

    /// Raised when the same events would give another state. A new version rebuilds its state
    /// silently and reacts only after what the old one had handled.
    const VERSION: i32;

    /// What it remembers about one key.
    type State: Default + PartialEq + Serialize + DeserializeOwned + Send + Sync;

    /// Whether events of this stored name matter here.
    fn hears(event_type: &str) -> bool;

    /// What an event is about, if it matters here. Events of one key are handled in order;
    /// different keys do not wait for each other.
    fn key(event: &Recorded) -> Option<String>;

    /// Hears an event and says what is to be done.
    fn react(state: &mut Self::State, event: &Recorded) -> Vec<Reaction>;

    /// What to do when the business refuses a reaction. A refusal that nobody expected is
    /// [`Answer::Fail`]: it becomes visible, and stops this key until somebody retries it.
    fn on_refusal(state: &mut Self::State, event: &Recorded, refused: &Refused<'_>) -> Answer;
}

/// A reaction that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused<'a> {
    /// The refusal's stable code, for example `invoice.not_draft`.
    pub code: &'a str,
    /// The reaction's ordinal among all that this event led to, counted from 0.
    pub ordinal: u32,
}

/// What to do about a refusal.
#[derive(Debug)]
pub enum Answer {
    /// Give these commands instead.
    Commands(Vec<Reaction>),
    /// It was expected; nothing is left to do.
    Settled,
    /// It was not expected.
    Fail,
}
