//! Keeping a message.

use uuid::Uuid;

use crate::{
    ports::payments::{ProviderEvent, ProviderFact},
    recorded::Actor,
    store::{
        Context, Ledger, StoreError,
        inbox::{Received, find_org_of_invoice, receive},
    },
    values::{OrgId, Sealed},
};

/// Keeps a verified message; false when it is there already. What it says is sealed: a
/// provider's ids are payment references (contract S1.7).
///
/// # Errors
///
/// [`StoreError`]; then it is not kept and the provider must send it again.
pub async fn accept(
    ledger: &Ledger,
    org: OrgId,
    provider: &'static str,
    event: &ProviderEvent,
) -> Result<bool, StoreError> {
    let facts = seal(ledger, org, &event.fact).await?;
    let received = Received {
        provider,
        provider_event: event.id.clone(),
        event_type: event.event_type.clone(),
        created_at: event.created_at,
        invoice_id: event.invoice_id,
        booking_id: event.booking_id.clone(),
        facts,
    };
    receive(ledger, org, &received).await
}

/// The org that an invoice of ours belongs to. The id is proof enough: we drew it, and it stands
/// in metadata that only we set.
///
/// # Errors
///
/// [`StoreError`].
pub async fn org_of_invoice(
    ledger: &Ledger,
    invoice_id: Uuid,
) -> Result<Option<OrgId>, StoreError> {
    find_org_of_invoice(ledger, invoice_id).await
}

async fn seal(ledger: &Ledger, org: OrgId, fact: &ProviderFact) -> Result<Vec<u8>, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    let plain = serde_json::to_string(fact).map_err(damaged)?;
    let context = Context::fresh(ledger, org, Actor("inbox".to_owned()));
    let subject = ledger.names().subject(org, "org", &org.to_string());
    let sealed = ledger.keyring().seal(&context, subject, "inbox.facts", &plain).await?;
    serde_json::to_vec(&sealed).map_err(damaged)
}

/// Opens what [`accept`] sealed; `None` when the org was erased.
pub(super) async fn open(
    ledger: &Ledger,
    org: OrgId,
    facts: &[u8],
) -> Result<Option<ProviderFact>, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    let sealed: Sealed<String> = serde_json::from_slice(facts).map_err(damaged)?;
    let Some(plain) = ledger.keyring().open(org, &sealed).await? else { return Ok(None) };
    serde_json::from_str(&plain).map(Some).map_err(damaged)
}
