//! Forgetting what nobody needs any more.

use crate::{
    store::{Ledger, StoreError},
    values::OrgId,
};

/// Forgets an org's API keys that were revoked or expired so many days ago; answers how many.
///
/// # Errors
///
/// [`StoreError`].
pub async fn forget_ended_keys(ledger: &Ledger, org: OrgId, days: i32) -> Result<u64, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("cleaning up"))?;
    client
        .execute(
            "delete from api_keys \
             where org_id = $1 \
             and least(revoked_at, expires_at) < now() - $2::integer * interval '1 day'",
            &[&org.0, &days],
        )
        .await
        .map_err(StoreError::database("cleaning up"))
}
