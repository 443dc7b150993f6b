//! An event as the log keeps it: what happened, and everything known about how.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    events::{DecodeError, StoredEvent},
    invoice::InvoiceEvent,
    patient_activation::PatientActivationEvent,
    subject::SubjectEvent,
    subscription::SubscriptionEvent,
    values::OrgId,
};

/// Any event of the ledger, by aggregate.
#[derive(Debug, Clone, PartialEq)]
pub enum LedgerEvent {
    /// What happened to the org's account.
    Subscription(SubscriptionEvent),
    /// What happened to a patient's billing state.
    PatientActivation(PatientActivationEvent),
    /// What happened to an invoice.
    Invoice(InvoiceEvent),
    /// What happened to a person's data.
    Subject(SubjectEvent),
}

/// Every stored shape of every aggregate: full name and version.
pub fn shapes() -> impl Iterator<Item = (&'static str, u16)> {
    [
        SubscriptionEvent::SHAPES,
        PatientActivationEvent::SHAPES,
        InvoiceEvent::SHAPES,
        SubjectEvent::SHAPES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

impl LedgerEvent {
    /// The stored name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Subscription(event) => event.name(),
            Self::PatientActivation(event) => event.name(),
            Self::Invoice(event) => event.name(),
            Self::Subject(event) => event.name(),
        }
    }

    /// The payload's version.
    pub fn version(&self) -> u16 {
        match self {
            Self::Subscription(event) => event.version(),
            Self::PatientActivation(event) => event.version(),
            Self::Invoice(event) => event.version(),
            Self::Subject(event) => event.version(),
        }
    }

    /// The payload as canonical JSON.
    ///
    /// # Errors
    ///
    /// As [`StoredEvent::encode`].
    pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Subscription(event) => event.encode(),
            Self::PatientActivation(event) => event.encode(),
            Self::Invoice(event) => event.encode(),
            Self::Subject(event) => event.encode(),
        }
    }

    /// Reads a stored event by its full name.
    ///
    /// # Errors
    ///
    /// As [`StoredEvent::decode`].
    pub fn decode(name: &str, version: u16, payload: &[u8]) -> Result<Self, DecodeError> {
        let aggregate = name.strip_prefix("billing.").and_then(|rest| rest.split('.').next());
        match aggregate {
            Some("subscription") => {
                SubscriptionEvent::decode(name, version, payload).map(Self::Subscription)
            }
            Some("patient_activation") => {
                PatientActivationEvent::decode(name, version, payload).map(Self::PatientActivation)
            }
            Some("invoice") => InvoiceEvent::decode(name, version, payload).map(Self::Invoice),
            Some("subject") => SubjectEvent::decode(name, version, payload).map(Self::Subject),
            _ => Err(DecodeError::Unknown { name: name.to_owned(), version }),
        }
    }
}

impl From<SubscriptionEvent> for LedgerEvent {
    fn from(event: SubscriptionEvent) -> Self {
        Self::Subscription(event)
    }
}

impl From<PatientActivationEvent> for LedgerEvent {
    fn from(event: PatientActivationEvent) -> Self {
        Self::PatientActivation(event)
    }
}

impl From<InvoiceEvent> for LedgerEvent {
    fn from(event: InvoiceEvent) -> Self {
        Self::Invoice(event)
    }
}

impl From<SubjectEvent> for LedgerEvent {
    fn from(event: SubjectEvent) -> Self {
        Self::Subject(event)
    }
}

/// Who gave a command: `key:<id>`, `policy:<name>`, `job:<name>`, `webhook:stripe`, `cli`.
///
/// - **Source:** ours. Never a person's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actor(pub String);

impl fmt::Display for Actor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// An event with its envelope, as every reader gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Whose log.
    pub org: OrgId,
    /// Place in the org's log: 1, 2, 3, … without a gap.
    pub position: i64,
    /// Kind of stream: `subscription`, `patient_activation`, `invoice`, `subject`.
    pub aggregate_type: String,
    /// Which stream of that kind.
    pub aggregate_id: Uuid,
    /// Place in the stream: 1, 2, 3, …
    pub sequence: i64,
    /// Unique id of the event (UUIDv7).
    pub event_id: Uuid,
    /// What happened.
    pub event: LedgerEvent,
    /// Who gave the command.
    pub actor: Actor,
    /// The request or job run this belongs to.
    pub correlation_id: Uuid,
    /// The event that caused this one, if a policy acted.
    pub causation_id: Option<Uuid>,
    /// The command that decided it.
    pub command_id: Uuid,
    /// When it was true.
    pub occurred_at: OffsetDateTime,
    /// When we learned it; never decreases along positions.
    pub recorded_at: OffsetDateTime,
}
