//! `POST /v1/admin/keys`

use actix_web::{HttpResponse, web::Data};
use ledger::store::tenants::{KeyRequest, Role, mint_key};
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::NewKeyView;
use crate::{
    answer::json_with,
    body::{Fields, FromBody, instant, integer, one_of, text},
    credentials::Caller,
    error::{ApiError, Plain},
    order::Sent,
    state::AppState,
};

const ROLES: &[(&str, Role)] = &[
    ("owner", Role::Owner),
    ("admin", Role::Admin),
    ("finance", Role::Finance),
    ("accountant", Role::Finance),
    ("dispatcher", Role::Dispatcher),
    ("viewer", Role::Viewer),
    ("auditor", Role::Auditor),
    ("integration", Role::Integration),
];

/// What the new key shall be.
#[derive(Debug, ToSchema)]
pub(crate) struct KeyBody {
    /// owner, admin, finance (or accountant), dispatcher, viewer, auditor or integration; not
    /// above your own.
    #[schema(value_type = String, example = "finance")]
    role: Role,
    /// What to call it.
    label: String,
    /// When it ends, if it ends.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<OffsetDateTime>,
    /// Requests a minute, if not the service's limit.
    rate_limit_per_minute: Option<i64>,
}

impl FromBody for KeyBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let role = fields.required("role", one_of(ROLES));
        let label = fields.required("label", text(100));
        let expires_at = fields.optional("expires_at", instant);
        let rate_limit = fields.optional("rate_limit_per_minute", integer(1, 1_000_000));
        Some(Self {
            role: role?,
            label: label?,
            expires_at: expires_at?,
            rate_limit_per_minute: rate_limit?,
        })
    }
}

/// Makes a key. Its text is in the answer and nowhere else.
#[utoipa::path(post, path = "/v1/admin/keys", tag = "keys", request_body = KeyBody, responses(
    (status = 201, description = "The key, shown this once", body = NewKeyView),
))]
pub(crate) async fn create(
    state: Data<AppState>,
    caller: Caller,
    sent: Sent<KeyBody>,
) -> Result<HttpResponse, ApiError> {
    let KeyBody { role, label, expires_at, rate_limit_per_minute } = sent.0;
    if !caller.role.may_grant(role) {
        return Err(Plain::RoleAboveOwn.into());
    }
    let rate_limit_per_minute = rate_limit_per_minute.and_then(|limit| i32::try_from(limit).ok());
    let request = KeyRequest { role, label, expires_at, rate_limit_per_minute };
    let minted = mint_key(&state.ledger, caller.org, request).await?;
    tracing::info!(key.id = %minted.key.id, key.role = %role, by = %caller.key_id, "key made");
    Ok(json_with(HttpResponse::Created(), &NewKeyView::from(minted)))
}
