//! API keys: made, listed, rotated with overlap, revoked, verified.

use std::time::Duration;

use subtle::ConstantTimeEq;
use time::OffsetDateTime;
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use super::{Org, PresentedKey, Role, find_org};
use crate::{
    store::{Ledger, StoreError, context::draw, tenant, tenant_snapshot},
    values::OrgId,
};

/// A key without its secret, of which only the hash is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiKey {
    /// Which.
    pub id: Uuid,
    /// What it may do.
    pub role: Role,
    /// What the org calls it.
    pub label: String,
    /// Since when.
    pub created_at: OffsetDateTime,
    /// Until when, if it ends.
    pub expires_at: Option<OffsetDateTime>,
    /// Revoked since.
    pub revoked_at: Option<OffsetDateTime>,
    /// Last seen, to the minute or so.
    pub last_used_at: Option<OffsetDateTime>,
    /// Requests a minute, where it differs from the service's own limit.
    pub rate_limit_per_minute: Option<i32>,
}

/// What a new key shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyRequest {
    /// What it may do.
    pub role: Role,
    /// What to call it.
    pub label: String,
    /// When it ends.
    pub expires_at: Option<OffsetDateTime>,
    /// Requests a minute.
    pub rate_limit_per_minute: Option<i32>,
}

/// A key that was just made: the only moment at which its text is known.
#[derive(Clone)]
pub struct MintedKey {
    /// What is kept.
    pub key: ApiKey,
    /// The text, to be shown once.
    pub text: String,
}

/// A verified key and the org it speaks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// The org.
    pub org: Org,
    /// The key.
    pub key: ApiKey,
}

impl ApiKey {
    /// Whether it opens anything at this instant.
    pub fn is_valid_at(&self, at: OffsetDateTime) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expires_at| at < expires_at)
    }

    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let role: String = row.try_get(1).map_err(StoreError::database("reading a key"))?;
        let role = role.parse().map_err(|_| StoreError::Damaged(format!("role {role}")))?;
        let key = || {
            Ok(Self {
                id: row.try_get(0)?,
                role,
                label: row.try_get(2)?,
                created_at: row.try_get(3)?,
                expires_at: row.try_get(4)?,
                revoked_at: row.try_get(5)?,
                last_used_at: row.try_get(6)?,
                rate_limit_per_minute: row.try_get(7)?,
            })
        };
        key().map_err(StoreError::database("reading a key"))
    }
}

/// Makes a key.
///
/// # Errors
///
/// [`StoreError`].
pub async fn mint_key(
    ledger: &Ledger,
    org: OrgId,
    request: KeyRequest,
) -> Result<MintedKey, StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("making a key"))?;
    let transaction = tenant(&mut client, org).await?;
    let minted = insert(&transaction, ledger.clock().now(), org, request).await?;
    transaction.commit().await.map_err(StoreError::database("making a key"))?;
    Ok(minted)
}

/// The org's keys, oldest first, ended ones included.
///
/// # Errors
///
/// [`StoreError`].
pub async fn keys_of(ledger: &Ledger, org: OrgId) -> Result<Vec<ApiKey>, StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("listing keys"))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let rows = snapshot
        .query(include_str!("list_keys.sql"), &[&org.0])
        .await
        .map_err(StoreError::database("listing keys"))?;
    rows.iter().map(ApiKey::from_row).collect()
}

/// One key of the org.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_key(
    ledger: &Ledger,
    org: OrgId,
    key_id: Uuid,
) -> Result<Option<ApiKey>, StoreError> {
    Ok(with_hash(ledger, org, key_id).await?.map(|(key, _)| key))
}

/// Ends a key at once; again changes nothing. `None` when the org has no such key.
///
/// # Errors
///
/// [`StoreError`].
pub async fn revoke_key(
    ledger: &Ledger,
    org: OrgId,
    key_id: Uuid,
) -> Result<Option<ApiKey>, StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("revoking a key"))?;
    let transaction = tenant(&mut client, org).await?;
    let row = transaction
        .query_opt(include_str!("revoke_key.sql"), &[&org.0, &key_id, &ledger.clock().now()])
        .await
        .map_err(StoreError::database("revoking a key"))?;
    transaction.commit().await.map_err(StoreError::database("revoking a key"))?;
    row.as_ref().map(ApiKey::from_row).transpose()
}

/// Makes a key like an existing one and lets the old one end after `overlap`, so that programs
/// can change over without an outage. `None` when there is no such valid key.
///
/// # Errors
///
/// [`StoreError`].
pub async fn rotate_key(
    ledger: &Ledger,
    org: OrgId,
    key_id: Uuid,
    overlap: Duration,
) -> Result<Option<MintedKey>, StoreError> {
    let now = ledger.clock().now();
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("rotating a key"))?;
    let transaction = tenant(&mut client, org).await?;
    let row = transaction
        .query_opt(include_str!("expire_key.sql"), &[&org.0, &key_id, &now, &(now + overlap)])
        .await
        .map_err(StoreError::database("rotating a key"))?;
    let Some(old) = row.as_ref().map(ApiKey::from_row).transpose()? else {
        return Ok(None);
    };
    let request = KeyRequest {
        role: old.role,
        label: old.label,
        expires_at: None,
        rate_limit_per_minute: old.rate_limit_per_minute,
    };
    let minted = insert(&transaction, now, org, request).await?;
    transaction.commit().await.map_err(StoreError::database("rotating a key"))?;
    Ok(Some(minted))
}

/// Whose key this is, or `None` if it is nobody's. Whether it is still valid, and its org open,
/// is for the caller to ask: both change with time.
///
/// # Errors
///
/// [`StoreError`].
pub async fn verify(
    ledger: &Ledger,
    presented: &PresentedKey,
) -> Result<Option<Credential>, StoreError> {
    let Some((key, hash)) = with_hash(ledger, presented.org, presented.key_id).await? else {
        return Ok(None);
    };
    if !bool::from(presented.digest().as_slice().ct_eq(&hash)) {
        return Ok(None);
    }
    let org = find_org(ledger, presented.org).await?;
    Ok(org.map(|org| Credential { org, key }))
}

/// Notes that a key was used.
///
/// # Errors
///
/// [`StoreError`].
pub async fn note_use(
    ledger: &Ledger,
    org: OrgId,
    key_id: Uuid,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("noting a use"))?;
    let transaction = tenant(&mut client, org).await?;
    transaction
        .execute(include_str!("note_use.sql"), &[&org.0, &key_id, &at])
        .await
        .map_err(StoreError::database("noting a use"))?;
    transaction.commit().await.map_err(StoreError::database("noting a use"))
}

async fn with_hash(
    ledger: &Ledger,
    org: OrgId,
    key_id: Uuid,
) -> Result<Option<(ApiKey, Vec<u8>)>, StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("reading a key"))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let row = snapshot
        .query_opt(include_str!("find_key.sql"), &[&org.0, &key_id])
        .await
        .map_err(StoreError::database("reading a key"))?;
    let Some(row) = row else { return Ok(None) };
    let hash: Vec<u8> = row.try_get(8).map_err(StoreError::database("reading a key"))?;
    Ok(Some((ApiKey::from_row(&row)?, hash)))
}

async fn insert(
    transaction: &Transaction<'_>,
    now: OffsetDateTime,
    org: OrgId,
    request: KeyRequest,
) -> Result<MintedKey, StoreError> {
    let presented = PresentedKey::draw(org, draw());
    let KeyRequest { role, label, expires_at, rate_limit_per_minute } = request;
    let hash = presented.digest();
    transaction
        .execute(
            include_str!("insert_key.sql"),
            &[
                &org.0,
                &presented.key_id,
                &role.as_str(),
                &label,
                &hash.as_slice(),
                &now,
                &expires_at,
                &rate_limit_per_minute,
            ],
        )
        .await
        .map_err(StoreError::database("making a key"))?;
    let key = ApiKey {
        id: presented.key_id,
        role,
        label,
        created_at: now,
        expires_at,
        revoked_at: None,
        last_used_at: None,
        rate_limit_per_minute,
    };
    Ok(MintedKey { key, text: presented.reveal() })
}
