//! `POST /v1/admin/outbox/{id}/replay`, `POST /v1/admin/export-dead-letter/{id}/replay`

use actix_web::{HttpResponse, web};
use ledger::store::outbox::{Queue, replay as send_again};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::json_with,
    credentials::Caller,
    error::{ApiError, Plain},
    state::AppState,
};

/// What was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Replayed {
    /// Which message.
    id: Uuid,
    /// Where it is now: pending.
    status: &'static str,
}

/// Puts a dead letter back in the queue, with all its attempts before it.
#[utoipa::path(post, path = "/v1/admin/outbox/{id}/replay", tag = "outbox", responses(
    (status = 202, description = "It will be sent again", body = Replayed),
))]
pub(crate) async fn replay(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    again(&state, &caller, Queue::Messages, *id).await
}

/// Puts an export back in the queue, with all its attempts before it.
#[utoipa::path(post, path = "/v1/admin/export-dead-letter/{id}/replay", tag = "outbox", responses(
    (status = 202, description = "It will be handed over again", body = Replayed),
))]
pub(crate) async fn replay_export(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    again(&state, &caller, Queue::Exports, *id).await
}

async fn again(
    state: &AppState,
    caller: &Caller,
    queue: Queue,
    id: Uuid,
) -> Result<HttpResponse, ApiError> {
    if !send_again(&state.ledger, caller.org, queue, id).await? {
        return Err(Plain::MessageUnknown.into());
    }
    tracing::info!(org = %caller.org, message = %id, by = %caller.key_id, "dead letter replayed");
    Ok(json_with(HttpResponse::Accepted(), &Replayed { id, status: "pending" }))
}
