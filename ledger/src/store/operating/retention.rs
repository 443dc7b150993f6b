//! Letting go of what was said, once it was settled long ago. That it was said stays: a message
//! asked for again is still the same message, a webhook that comes again is still known.

use crate::{
    store::{Ledger, StoreError, tenant},
    values::OrgId,
};

/// Empties the bodies of an org's messages that were sent or canceled so many days ago; answers
/// how many. Dead letters keep theirs: somebody may replay them.
///
/// # Errors
///
/// [`StoreError`].
pub async fn let_go_of_messages(ledger: &Ledger, org: OrgId, days: i32) -> Result<u64, StoreError> {
    let text = "update outbox_events set body = ''::bytea \
                where org_id = $1 and status in ('sent', 'canceled') and body <> ''::bytea \
                and settled_at < now() - $2::integer * interval '1 day'";
    empty(ledger, org, text, days).await
}

/// Empties what we took from an org's webhooks that were settled and came so many days ago;
/// answers how many.
///
/// # Errors
///
/// [`StoreError`].
pub async fn let_go_of_facts(ledger: &Ledger, org: OrgId, days: i32) -> Result<u64, StoreError> {
    let text = "update inbox set facts = ''::bytea \
                where org_id = $1 and processed_status in ('processed', 'ignored', 'held') \
                and facts <> ''::bytea \
                and received_at < now() - $2::integer * interval '1 day'";
    empty(ledger, org, text, days).await
}

async fn empty(ledger: &Ledger, org: OrgId, text: &str, days: i32) -> Result<u64, StoreError> {
    let doing = "letting go of what is settled";
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let emptied = transaction.execute(text, &[&org.0, &days]).await;
    let emptied = emptied.map_err(StoreError::database(doing))?;
    transaction.commit().await.map_err(StoreError::database(doing))?;
    Ok(emptied)
}
