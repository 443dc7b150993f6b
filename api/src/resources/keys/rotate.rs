//! `POST /v1/admin/keys/{key_id}/rotate`

use std::time::Duration;

use actix_web::{HttpResponse, web};
use ledger::store::tenants::{find_key, rotate_key};
use utoipa::ToSchema;
use uuid::Uuid;

use super::NewKeyView;
use crate::{
    answer::json_with,
    body::{Fields, FromBody, integer},
    credentials::Caller,
    error::{ApiError, Plain},
    order::Sent,
    state::AppState,
};

/// How long the old key goes on working.
#[derive(Debug, ToSchema)]
pub(crate) struct RotateBody {
    /// Seconds, at most 30 days; one hour unless said otherwise.
    #[schema(minimum = 0, maximum = 2592000, default = 3600)]
    overlap_seconds: u64,
}

impl FromBody for RotateBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let overlap = fields.or("overlap_seconds", 3_600, integer(0, 2_592_000));
        Some(Self { overlap_seconds: u64::try_from(overlap?).ok()? })
    }
}

/// Makes a key like this one and lets this one end after the overlap.
#[utoipa::path(post, path = "/v1/admin/keys/{key_id}/rotate", tag = "keys",
    request_body = RotateBody, responses(
    (status = 201, description = "The new key, shown this once", body = NewKeyView),
))]
pub(crate) async fn rotate(
    state: web::Data<AppState>,
    caller: Caller,
    sent: Sent<RotateBody>,
    key_id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let key = find_key(&state.ledger, caller.org, *key_id).await?.ok_or(Plain::KeyUnknown)?;
    if !caller.role.may_grant(key.role) {
        return Err(Plain::RoleAboveOwn.into());
    }
    let overlap = Duration::from_secs(sent.0.overlap_seconds);
    let minted = rotate_key(&state.ledger, caller.org, *key_id, overlap).await?;
    let minted = minted.ok_or(Plain::KeyUnknown)?;
    state.keys.forget(caller.org);
    tracing::info!(key.old = %key.id, key.new = %minted.key.id, by = %caller.key_id, "key rotated");
    Ok(json_with(HttpResponse::Created(), &NewKeyView::from(minted)))
}
