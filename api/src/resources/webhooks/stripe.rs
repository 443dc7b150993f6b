//! Stripe's messages.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, Payload},
};
use ledger::{
    ports::payments::{ProviderEvent, ProviderFact, WebhookProvider},
    receipts::{accept, org_of_invoice, work_off},
    store::tenants::find_org,
    values::OrgId,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::json_with,
    error::{ApiError, Plain},
    order::read_body,
    state::AppState,
};

/// That a message was taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Taken {
    /// Always true: it is kept.
    received: bool,
    /// Whether it was here already.
    duplicate: bool,
    /// processed, ignored, held, waiting, failed (will be tried again) or received.
    status: &'static str,
}

/// Takes a message for the org that its metadata names.
#[utoipa::path(post, path = "/v1/webhooks/stripe", tag = "webhooks",
    request_body(content = Object, description = "A Stripe event, signed in `Stripe-Signature`"),
    responses((status = 200, description = "It is kept", body = Taken)))]
pub(crate) async fn anywhere(
    state: Data<AppState>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    take(state, request, payload, None).await
}

/// Takes a message for this org: for endpoints whose messages carry no metadata of ours.
#[utoipa::path(post, path = "/v1/webhooks/stripe/{org_id}", tag = "webhooks",
    request_body(content = Object, description = "A Stripe event, signed in `Stripe-Signature`"),
    responses((status = 200, description = "It is kept", body = Taken)))]
pub(crate) async fn for_org(
    state: Data<AppState>,
    request: HttpRequest,
    org: web::Path<Uuid>,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    take(state, request, payload, Some(OrgId(*org))).await
}

async fn take(
    state: Data<AppState>,
    request: HttpRequest,
    payload: Payload,
    path_org: Option<OrgId>,
) -> Result<HttpResponse, ApiError> {
    let provider = state.stripe.clone().ok_or(Plain::WebhookOff)?;
    let body = read_body(payload.into_inner(), state.limits.webhook_bytes).await?;
    let signature = request.headers().get(provider.signature_header());
    let now = state.ledger.clock().now();
    provider.verify(signature.map(|value| value.as_bytes()), &body, now).map_err(|error| {
        tracing::warn!(%error, "a webhook could not be verified");
        Plain::WebhookUnverified
    })?;
    let event = provider.translate(&body).map_err(|error| {
        tracing::warn!(%error, "a verified webhook could not be read");
        Plain::WebhookUnreadable
    })?;
    let Some(org) = org_of(&state, &event, path_org).await? else {
        // Nothing that concerns us, and nobody to keep it for.
        if path_org.is_none() && event.org.is_none() && event.fact == ProviderFact::Ignored {
            return Ok(answer(false, "ignored"));
        }
        return Err(Plain::WebhookOrgUnknown.into());
    };
    let new = accept(&state.ledger, org, provider.name(), &event).await?;
    let status = worked_off(state, org, provider, event.id).await;
    Ok(answer(!new, status))
}

/// In a task of its own: the sender may hang up, the work goes on. The message is kept by now,
/// so whatever happens here, it is acknowledged and tried again later.
async fn worked_off(
    state: Data<AppState>,
    org: OrgId,
    provider: Arc<dyn WebhookProvider>,
    event: String,
) -> &'static str {
    let ledger = state.ledger.clone();
    let work = tokio::spawn(async move { work_off(&ledger, org, provider.name(), &event).await });
    match work.await {
        Ok(Ok(Some(status))) => status.as_str(),
        Ok(Ok(None)) => "received",
        Ok(Err(error)) => {
            tracing::error!(%error, "a webhook is kept and will be worked off later");
            "received"
        }
        Err(error) => {
            tracing::error!(%error, "working off a webhook broke off; it will be tried again");
            "received"
        }
    }
}

async fn org_of(
    state: &AppState,
    event: &ProviderEvent,
    path_org: Option<OrgId>,
) -> Result<Option<OrgId>, ApiError> {
    let named = match (path_org, event.org) {
        // Two words against each other: neither is believed.
        (Some(path), Some(metadata)) if path != metadata => return Ok(None),
        (Some(org), _) | (None, Some(org)) => Some(org),
        (None, None) => match event.invoice_id {
            Some(invoice_id) => org_of_invoice(&state.ledger, invoice_id).await?,
            None => None,
        },
    };
    let Some(org) = named else { return Ok(None) };
    Ok(find_org(&state.ledger, org).await?.map(|org| org.id))
}

fn answer(duplicate: bool, status: &'static str) -> HttpResponse {
    json_with(HttpResponse::Ok(), &Taken { received: true, duplicate, status })
}
