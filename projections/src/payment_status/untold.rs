//! Failed payments that nobody was told of.

use time::OffsetDateTime;
use uuid::Uuid;

use super::PaymentStatus;
use crate::engine::{EngineError, Snapshot};

/// An invoice whose failed payment was not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untold {
    /// Which.
    pub invoice_id: Uuid,
    /// When a payment failed last.
    pub failed_at: OffsetDateTime,
}

const SQL: &str = "\
select f.invoice_id, max(f.updated_at)
from {table} f
where f.org_id = $1
and f.kind = 'payment'
and f.status = 'failed'
and f.updated_at >= $2
and not exists (
    select from outbox_events o
    where o.org_id = $1
    and o.dedupe_key = 'invoice:' || f.invoice_id::text || ':dunning:payment_failed')
group by f.invoice_id
order by f.invoice_id
limit $3";

/// Invoices with a payment that failed since then, of which no message was ever written down; at
/// most `limit`. The outbox is the store's own, and read beside the read model.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn untold(
    snapshot: &Snapshot,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<Untold>, EngineError> {
    let values: [&(dyn postgres_types::ToSql + Sync); 3] = [&snapshot.org().0, &since, &limit];
    let rows = snapshot.ask::<PaymentStatus>(SQL, &values).await?;
    rows.iter()
        .map(|row| Ok(Untold { invoice_id: row.try_get(0)?, failed_at: row.try_get(1)? }))
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing failed payments nobody was told of"))
}
