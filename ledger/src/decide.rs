//! What an aggregate is to the executor: it decides, and says why when it refuses.

use cqrs_es::Aggregate;
use serde_json::Value;

use crate::{events::StoredEvent, recorded::LedgerPart};

/// An aggregate of the ledger: cqrs-es's `Aggregate` whose decisions borrow it unchanged.
///
/// `Aggregate::handle` of every implementation only dispatches to [`Decider::decide`] and writes
/// the events to the sink, so that a dry run is the same decision without the append.
pub trait Decider:
    Aggregate<
        Services = (),
        Command: Clone + Send + Sync + 'static,
        Event: StoredEvent + LedgerPart,
        Error: Refusal,
    > + Clone
    + 'static
{
    /// Decides what a command means now: events, nothing (already so), or a refusal.
    ///
    /// # Errors
    ///
    /// The aggregate's own refusal, carrying the figures that explain it.
    fn decide(&self, command: Self::Command) -> Result<Vec<Self::Event>, Self::Error>;

    /// The gapless document series a command takes its number from, if it needs one
    /// (for example `INV-202601`).
    fn series(_command: &Self::Command) -> Option<String> {
        None
    }

    /// Hands the command the next number of its series, just before it is decided. Numbers of
    /// refused commands, no-ops and dry runs are taken back.
    fn assign_number(_command: &mut Self::Command, _number: i64) {}

    /// Roughly how many bytes this aggregate occupies, for the bounded cache.
    fn weight(&self) -> usize {
        512
    }
}

/// What kind of "no" a refusal is; the API alone turns it into a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// Nothing is known under this id.
    Unknown,
    /// The command contradicts itself or breaks a rule whatever the state.
    Invalid,
    /// Not in this state; another command must come first.
    NotNow,
    /// It exists already, with other content.
    Conflict,
    /// Never, for this caller or by this rule.
    NotAllowed,
}

/// The business saying no: stable code, kind, and the figures behind it.
pub trait Refusal: std::error::Error + Send + Sync + 'static {
    /// Stable code, `<aggregate>.<reason>` in snake case, for example `invoice.not_draft`.
    fn code(&self) -> &'static str;

    /// What kind of "no" this is.
    fn kind(&self) -> RefusalKind;

    /// The numbers and states that explain it, as a JSON object. Never personal data.
    fn details(&self) -> Value {
        Value::Null
    }

    /// Which command of a batch was refused, counted from 0; `None` where there was only one.
    fn target(&self) -> Option<usize> {
        None
    }
}
