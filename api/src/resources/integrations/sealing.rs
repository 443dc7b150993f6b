//! What a fact's texts are sealed for, and how it names other things.

use ledger::{
    operation::{Kind, operation_id},
    store::Context,
    values::Sealed,
};
use uuid::Uuid;

use crate::{body::ForeignId, error::ApiError, state::AppState};

/// The thing that a message is about, while its fact is put together.
pub(super) struct Sealing<'a> {
    pub(super) state: &'a AppState,
    pub(super) context: &'a Context,
    pub(super) kind: Kind,
    pub(super) entity: &'a ForeignId,
}

impl Sealing<'_> {
    /// The stream of another thing, if one is named.
    pub(super) fn other(&self, kind: Kind, id: Option<&ForeignId>) -> Option<Uuid> {
        id.map(|id| self.named(kind, id))
    }

    /// The stream of another thing.
    pub(super) fn named(&self, kind: Kind, id: &ForeignId) -> Uuid {
        operation_id(self.state.ledger.names(), self.context.org, kind, id.as_str()).uuid()
    }

    /// Seals a text about the thing itself.
    pub(super) async fn own(
        &self,
        field: &str,
        text: Option<&str>,
    ) -> Result<Option<Sealed<String>>, ApiError> {
        self.seal(self.kind, self.entity, field, text).await
    }

    /// Seals a text about a lead, if one is named; otherwise about the thing itself. Erasing the
    /// person erases it.
    pub(super) async fn of_lead(
        &self,
        lead: Option<&ForeignId>,
        field: &str,
        text: Option<&str>,
    ) -> Result<Option<Sealed<String>>, ApiError> {
        match lead {
            Some(lead) => self.seal(Kind::Lead, lead, field, text).await,
            None => self.own(field, text).await,
        }
    }

    /// Seals a text about a worker, if one is named; otherwise about the thing itself.
    pub(super) async fn of_worker(
        &self,
        worker: Option<&ForeignId>,
        field: &str,
        text: Option<&str>,
    ) -> Result<Option<Sealed<String>>, ApiError> {
        match worker {
            Some(worker) => self.seal(Kind::Worker, worker, field, text).await,
            None => self.own(field, text).await,
        }
    }

    /// Seals the thing's foreign id: a person's for the person, any other for the org.
    pub(super) async fn entity_id(&self) -> Result<Sealed<String>, ApiError> {
        let (names, org) = (self.state.ledger.names(), self.context.org);
        let subject = match self.kind {
            Kind::Lead | Kind::Worker => {
                names.subject(org, self.kind.as_str(), self.entity.as_str())
            }
            Kind::Blackout
            | Kind::Booking
            | Kind::JobCompletion
            | Kind::NpsResponse
            | Kind::Photo
            | Kind::PhotoReview
            | Kind::Storage
            | Kind::SupportTicket
            | Kind::Team
            | Kind::UsageCounter => names.subject(org, "org", &org.to_string()),
        };
        let (field, text) = (self.entity.field("entity_id"), self.entity.as_str());
        Ok(self.state.ledger.keyring().seal(self.context, subject, &field, text).await?)
    }

    async fn seal(
        &self,
        kind: Kind,
        whose: &ForeignId,
        field: &str,
        text: Option<&str>,
    ) -> Result<Option<Sealed<String>>, ApiError> {
        let Some(text) = text else { return Ok(None) };
        let (ledger, org) = (&self.state.ledger, self.context.org);
        let subject = ledger.names().subject(org, kind.as_str(), whose.as_str());
        Ok(Some(ledger.keyring().seal(self.context, subject, field, text).await?))
    }
}
