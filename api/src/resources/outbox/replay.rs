//! `POST /v1/admin/outbox/{id}/replay`

use actix_web::{HttpResponse, web};
use ledger::store::outbox::replay as send_again;
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
    if !send_again(&state.ledger, caller.org, *id).await? {
        return Err(Plain::MessageUnknown.into());
    }
    tracing::info!(org = %caller.org, message = %*id, by = %caller.key_id, "dead letter replayed");
    Ok(json_with(HttpResponse::Accepted(), &Replayed { id: *id, status: "pending" }))
}
