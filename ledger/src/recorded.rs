//! An event as the log keeps it: what happened, and everything known about how.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    books::BooksEvent,
    claim::ClaimEvent,
    delegation::DelegationEvent,
    events::{DecodeError, StoredEvent},
    exception::ExceptionEvent,
    facesheet::FacesheetEvent,
    import::ImportEvent,
    invoice::InvoiceEvent,
    operation::OperationEvent,
    patient_activation::PatientActivationEvent,
    prior_auth::PriorAuthEvent,
    remittance::RemittanceEvent,
    statement::StatementEvent,
    subject::SubjectEvent,
    subscription::SubscriptionEvent,
    switch::SwitchEvent,
    values::OrgId,
};

/// An event enum that is one part of [`LedgerEvent`].
pub trait LedgerPart: Into<LedgerEvent> {
    /// The aggregate's own event, if it is one.
    fn part(event: LedgerEvent) -> Option<Self>;
}

/// Defines [`LedgerEvent`]: one line per aggregate, with the word its stored names carry.
macro_rules! ledger_events {
    ($( $(#[$doc:meta])* $variant:ident($event:ty) = $word:literal; )+) => {
        /// Any event of the ledger, by aggregate.
        #[derive(Debug, Clone, PartialEq)]
        pub enum LedgerEvent {
            $( $(#[$doc])* $variant($event), )+
        }

        /// Every stored shape of every aggregate: full name and version.
        pub fn shapes() -> impl Iterator<Item = (&'static str, u16)> {
            [$( <$event>::SHAPES, )+].into_iter().flatten().copied()
        }

        impl LedgerEvent {
            /// The stored name.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$variant(event) => event.name(), )+ }
            }

            /// The payload's version.
            pub fn version(&self) -> u16 {
                match self { $( Self::$variant(event) => event.version(), )+ }
            }

            /// The payload as canonical JSON.
            ///
            /// # Errors
            ///
            /// As [`StoredEvent::encode`].
            pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $( Self::$variant(event) => event.encode(), )+ }
            }

            /// Reads a stored event by its full name.
            ///
            /// # Errors
            ///
            /// As [`StoredEvent::decode`].
            pub fn decode(name: &str, version: u16, payload: &[u8]) -> Result<Self, DecodeError> {
                let aggregate =
                    name.strip_prefix("billing.").and_then(|rest| rest.split('.').next());
                match aggregate {
                    $( Some($word) =>
                        <$event>::decode(name, version, payload).map(Self::$variant), )+
                    _ => Err(DecodeError::Unknown { name: name.to_owned(), version }),
                }
            }
        }

        $(
            impl From<$event> for LedgerEvent {
                fn from(event: $event) -> Self {
                    Self::$variant(event)
                }
            }

            impl LedgerPart for $event {
                fn part(event: LedgerEvent) -> Option<Self> {
                    match event {
                        LedgerEvent::$variant(event) => Some(event),
                        _ => None,
                    }
                }
            }
        )+
    };
}

ledger_events! {
    /// What happened to the operator's books of an org.
    Books(BooksEvent) = "books";
    /// What happened to a claim.
    Claim(ClaimEvent) = "claim";
    /// What the founder lets the agent do.
    Delegation(DelegationEvent) = "delegation";
    /// What happened to something that does not fit.
    Exception(ExceptionEvent) = "exception";
    /// What happened to a facesheet.
    Facesheet(FacesheetEvent) = "facesheet";
    /// What was brought in from another system.
    Import(ImportEvent) = "import";
    /// What happened to an invoice.
    Invoice(InvoiceEvent) = "invoice";
    /// What was said about things elsewhere.
    Operation(OperationEvent) = "operation";
    /// What happened to a patient's billing state.
    PatientActivation(PatientActivationEvent) = "patient_activation";
    /// What happened to a payer's permission to bill.
    PriorAuth(PriorAuthEvent) = "prior_auth";
    /// What happened to a payment of a payer.
    Remittance(RemittanceEvent) = "remittance";
    /// What happened to a patient's statement.
    Statement(StatementEvent) = "statement";
    /// What happened to a person's data.
    Subject(SubjectEvent) = "subject";
    /// What happened to the org's account.
    Subscription(SubscriptionEvent) = "subscription";
    /// Which table of a read model was forced to answer.
    Switch(SwitchEvent) = "switch";
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
    /// Kind of stream: `invoice`, `subscription`, …: the aggregate's type.
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
