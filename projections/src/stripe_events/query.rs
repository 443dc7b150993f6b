//! What finance asks about Stripe's messages.

use ledger::values::InvoiceId;
use time::OffsetDateTime;

use crate::engine::{EngineError, Snapshot};

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripeEvent {
    /// Stripe's id of it.
    pub event_id: String,
    /// What it says, for example `invoice.paid`.
    pub event_type: String,
    /// When Stripe says it happened.
    pub created_at: OffsetDateTime,
    /// The invoice it is about.
    pub invoice_id: Option<InvoiceId>,
    /// The booking it is about.
    pub booking_id: Option<String>,
    /// received, processed, ignored, held, waiting or failed.
    pub processed_status: String,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Which messages are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// About this invoice.
    pub invoice_id: Option<InvoiceId>,
    /// About this booking.
    pub booking_id: Option<String>,
    /// Dealt with in this way.
    pub status: Option<String>,
}

const SQL: &str = "\
select
    provider_event,
    event_type,
    created_at,
    invoice_id,
    booking_id,
    processed_status,
    last_error
from inbox
where org_id = $1
and provider = 'stripe'
and ($2::uuid is null or invoice_id = $2)
and ($3::text is null or booking_id = $3)
and ($4::text is null or processed_status = $4)
order by created_at desc, provider_event desc
limit $5
offset $6";

/// Messages, newest first. The contract asks for an offset here.
///
/// # Errors
///
/// [`EngineError`] when the database fails.
pub async fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Vec<StripeEvent>, EngineError> {
    let org = snapshot.org().0;
    let invoice = filter.invoice_id.map(InvoiceId::uuid);
    let values: [&(dyn postgres_types::ToSql + Sync); 6] =
        [&org, &invoice, &filter.booking_id, &filter.status, &limit, &offset];
    let rows = snapshot.query(SQL, &values).await?;
    rows.iter()
        .map(|row| {
            let invoice: Option<uuid::Uuid> = row.try_get("invoice_id")?;
            Ok(StripeEvent {
                event_id: row.try_get("provider_event")?,
                event_type: row.try_get("event_type")?,
                created_at: row.try_get("created_at")?,
                invoice_id: invoice.map(InvoiceId::new),
                booking_id: row.try_get("booking_id")?,
                processed_status: row.try_get("processed_status")?,
                last_error: row.try_get("last_error")?,
            })
        })
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("listing Stripe's messages"))
}
