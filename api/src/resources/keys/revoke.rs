//! `DELETE /v1/admin/keys/{key_id}`

use actix_web::{HttpResponse, web};
use ledger::store::tenants::{find_key, revoke_key};
use uuid::Uuid;

use super::KeyView;
use crate::{
    answer::json_with,
    credentials::Caller,
    error::{ApiError, Plain},
    state::AppState,
};

/// Ends a key at once; again changes nothing.
#[utoipa::path(delete, path = "/v1/admin/keys/{key_id}", tag = "keys", responses(
    (status = 200, description = "The key, revoked", body = KeyView),
))]
pub(crate) async fn revoke(
    state: web::Data<AppState>,
    caller: Caller,
    key_id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let key = find_key(&state.ledger, caller.org, *key_id).await?.ok_or(Plain::KeyUnknown)?;
    if !caller.role.may_grant(key.role) {
        return Err(Plain::RoleAboveOwn.into());
    }
    let key = revoke_key(&state.ledger, caller.org, *key_id).await?.ok_or(Plain::KeyUnknown)?;
    state.keys.forget(caller.org);
    tracing::info!(key.id = %key.id, by = %caller.key_id, "key revoked");
    Ok(json_with(HttpResponse::Ok(), &KeyView::from(key)))
}
