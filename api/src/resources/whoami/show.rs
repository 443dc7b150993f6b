//! `GET /v1/whoami`

use actix_web::{HttpResponse, web::Data};
use ledger::store::tenants::{find_key, find_org};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// The key that asks, and how far its org's log goes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WhoamiView {
    /// The org that the key speaks for.
    org_id: Uuid,
    /// What the org is called.
    org_name: String,
    /// Names the key.
    key_id: Uuid,
    /// What the org calls the key.
    label: String,
    /// What it may do.
    role: String,
    /// Whether personal data is opened for it; it is masked otherwise.
    sees_people: bool,
    /// The head of the org's log; 0 while it is empty.
    position: i64,
}

/// Says whose key this is and what it may do.
#[utoipa::path(get, path = "/v1/whoami", tag = "keys",
    responses((status = 200, description = "The key and its org", body = WhoamiView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    std::mem::take(&mut asked.params).finish()?;
    let caller = asked.caller;
    let (org, key, head) = tokio::try_join!(
        find_org(&state.ledger, caller.org),
        find_key(&state.ledger, caller.org, caller.key_id),
        state.ledger.head(caller.org),
    )?;
    let (Some(org), Some(key)) = (org, key) else { return Err(Plain::Unauthorized.into()) };
    Ok(HttpResponse::Ok().json(WhoamiView {
        org_id: caller.org.0,
        org_name: org.name,
        key_id: key.id,
        label: key.label,
        role: caller.role.to_string(),
        sees_people: caller.sees_people(),
        position: head.unwrap_or(0),
    }))
}
