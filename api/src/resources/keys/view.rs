//! A key, as callers see it.

use ledger::store::tenants::{ApiKey, MintedKey};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::instant;

/// An API key. Its secret is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyView {
    /// Names the key.
    key_id: Uuid,
    /// What it may do.
    role: String,
    /// What the org calls it.
    label: String,
    /// Since when.
    created_at: String,
    /// Until when.
    expires_at: Option<String>,
    /// Revoked since.
    revoked_at: Option<String>,
    /// Last seen, to the minute or so.
    last_used_at: Option<String>,
    /// Requests a minute, where it differs from the service's limit.
    rate_limit_per_minute: Option<i32>,
}

/// A new API key with its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewKeyView {
    #[serde(flatten)]
    key: KeyView,
    /// The key itself. It is shown this once.
    secret: String,
}

impl From<ApiKey> for KeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            key_id: key.id,
            role: key.role.to_string(),
            label: key.label,
            created_at: instant(key.created_at),
            expires_at: key.expires_at.map(instant),
            revoked_at: key.revoked_at.map(instant),
            last_used_at: key.last_used_at.map(instant),
            rate_limit_per_minute: key.rate_limit_per_minute,
        }
    }
}

impl From<MintedKey> for NewKeyView {
    fn from(minted: MintedKey) -> Self {
        Self { key: minted.key.into(), secret: minted.text }
    }
}
