//! How many dead letters there are, across orgs.

use time::OffsetDateTime;

use crate::{
    store::{Ledger, StoreError},
    values::OrgId,
};

/// The dead letters of one org and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetters {
    /// Whose.
    pub org: OrgId,
    /// `email` or `webhook`.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// When the first of them was given up.
    pub oldest: OffsetDateTime,
}

/// Every org and kind that has any.
///
/// # Errors
///
/// [`StoreError`].
pub async fn dead_letters(ledger: &Ledger) -> Result<Vec<DeadLetters>, StoreError> {
    let doing = || StoreError::database("counting dead letters");
    let client = ledger.relay_pool().get().await;
    let client = client.map_err(StoreError::pool("counting dead letters"))?;
    let text = "select org_id, kind, count(*), min(coalesce(settled_at, created_at)) \
                from outbox_events where status = 'dead' group by org_id, kind order by 1, 2";
    let rows = client.query(text, &[]).await.map_err(doing())?;
    let read = |row: &tokio_postgres::Row| {
        Ok(DeadLetters {
            org: OrgId(row.try_get(0)?),
            kind: row.try_get(1)?,
            count: row.try_get(2)?,
            oldest: row.try_get(3)?,
        })
    };
    rows.iter().map(read).collect::<Result<_, _>>().map_err(doing())
}
