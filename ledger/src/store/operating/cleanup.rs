//! Forgetting what nobody needs any more.

use crate::store::{Ledger, StoreError};

/// Forgets API keys that were revoked or expired so many days ago; answers how many.
///
/// # Errors
///
/// [`StoreError`].
pub async fn forget_ended_keys(ledger: &Ledger, days: i32) -> Result<u64, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("cleaning up"))?;
    client
        .execute(
            "delete from api_keys \
             where least(revoked_at, expires_at) < now() - $1::integer * interval '1 day'",
            &[&days],
        )
        .await
        .map_err(StoreError::database("cleaning up"))
}
