//! Ids with their own types, so that one cannot be taken for another.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Whose ledger: the tenant.
///
/// - **Unit:** UUID, drawn when the org is created.
/// - **Source:** contract, "Tenant".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrgId(pub Uuid);

impl fmt::Display for OrgId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for OrgId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// The id of a stream, typed by its aggregate: an invoice's id with a patient's command does not
/// compile.
pub struct Id<A> {
    uuid: Uuid,
    aggregate: PhantomData<fn() -> A>,
}

/// Names an org's books; one set per org.
pub type BooksId = Id<crate::books::Books>;
/// Names an org's delegation; one per org (`delegation::delegation_id`).
pub type DelegationId = Id<crate::delegation::Delegation>;
/// Names something that does not fit; derived from what it is about.
pub type ExceptionId = Id<crate::exception::Exception>;
/// Names the facesheet of a patient; the patient's own (`facesheet::facesheet_id`).
pub type FacesheetId = Id<crate::facesheet::Facesheet>;
/// Names an import; derived from the digest of its source.
pub type ImportId = Id<crate::import::Import>;
/// Names an invoice.
pub type InvoiceId = Id<crate::invoice::Invoice>;
/// Names a thing elsewhere that operational facts are about; derived by keyed HMAC.
pub type OperationId = Id<crate::operation::Operation>;
/// Names a patient's billing state; derived from the patient id by keyed HMAC.
pub type PatientActivationId = Id<crate::patient_activation::PatientActivation>;
/// Names a claim; derived from its account (`claim::claim_id`).
pub type ClaimId = Id<crate::claim::Claim>;
/// Names a payment of a payer; derived from payer and trace (`remittance::remittance_id`).
pub type RemittanceId = Id<crate::remittance::Remittance>;
/// Names a payer's permission to bill one service for one patient.
pub type PriorAuthId = Id<crate::prior_auth::PriorAuth>;
/// Names the forced switches of a read model; derived from its name (`switch::switch_id`).
pub type SwitchId = Id<crate::switch::Switch>;
/// Names a patient's statement.
pub type StatementId = Id<crate::statement::Statement>;
/// Names an org's account; one per org.
pub type SubscriptionId = Id<crate::subscription::Subscription>;
/// Names a person whose data is kept sealed.
pub type SubjectId = Id<crate::subject::Subject>;

impl<A> Id<A> {
    /// Takes a UUID for an id.
    pub const fn new(uuid: Uuid) -> Self {
        Self { uuid, aggregate: PhantomData }
    }

    /// The bare UUID.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The id that always comes out for the same org, kind and name, so that a duplicate cannot
    /// exist (UUIDv5, RFC 9562).
    pub fn derived(org: OrgId, kind: &str, name: &str) -> Self {
        Self::new(Uuid::new_v5(&org.0, format!("{kind}:{name}").as_bytes()))
    }
}

impl<A> Clone for Id<A> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<A> Copy for Id<A> {}
impl<A> PartialEq for Id<A> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<A> Eq for Id<A> {}
impl<A> PartialOrd for Id<A> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<A> Ord for Id<A> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<A> std::hash::Hash for Id<A> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<A> fmt::Debug for Id<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(formatter)
    }
}
impl<A> fmt::Display for Id<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(formatter)
    }
}
impl<A> FromStr for Id<A> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}
impl<A> Serialize for Id<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(serializer)
    }
}
impl<'de, A> Deserialize<'de> for Id<A> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::new)
    }
}
