//! Rows of `provider_links`: which of our invoices and payments a provider's object is.

use tokio_postgres::Row;
use uuid::Uuid;

use crate::{
    store::{Ledger, StoreError, tenant, tenant_snapshot},
    values::OrgId,
};

/// What a provider's object is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The object: keyed HMAC of its id.
    pub object_ref: Uuid,
    /// Our invoice.
    pub invoice_id: Uuid,
    /// Our payment, once it is known.
    pub payment_id: Option<Uuid>,
}

/// A link to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLink<'a> {
    /// Which provider.
    pub provider: &'a str,
    /// What to what.
    pub link: Link,
}

impl Link {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let link = || {
            Ok(Self {
                object_ref: row.try_get(0)?,
                invoice_id: row.try_get(1)?,
                payment_id: row.try_get(2)?,
            })
        };
        link().map_err(StoreError::database("reading links"))
    }
}

/// Links an object; an object that is linked keeps its invoice and gains a payment at most once.
///
/// # Errors
///
/// [`StoreError`].
pub async fn link(ledger: &Ledger, org: OrgId, new: NewLink<'_>) -> Result<(), StoreError> {
    write(ledger, org, include_str!("link.sql"), new).await
}

/// Links an amount to the one payment that had it; a second payment of the same amount makes
/// the amount say nothing from then on.
///
/// # Errors
///
/// [`StoreError`].
pub async fn link_amount(ledger: &Ledger, org: OrgId, new: NewLink<'_>) -> Result<(), StoreError> {
    write(ledger, org, include_str!("link_amount.sql"), new).await
}

/// The links of any of these objects.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_links(
    ledger: &Ledger,
    org: OrgId,
    provider: &str,
    objects: &[Uuid],
) -> Result<Vec<Link>, StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("reading links"))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let rows = snapshot
        .query(include_str!("find_links.sql"), &[&org.0, &provider, &objects])
        .await
        .map_err(StoreError::database("reading links"))?;
    rows.iter().map(Link::from_row).collect()
}

/// The org in whose log an invoice was begun, whichever it is: read across orgs.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_org_of_invoice(
    ledger: &Ledger,
    invoice_id: Uuid,
) -> Result<Option<OrgId>, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("finding an org"))?;
    let rows = client
        .query(include_str!("org_of_invoice.sql"), &[&invoice_id])
        .await
        .map_err(StoreError::database("finding an org"))?;
    // Two orgs with one invoice would prove nothing.
    match rows.as_slice() {
        [row] => row
            .try_get(0)
            .map(|org| Some(OrgId(org)))
            .map_err(StoreError::database("finding an org")),
        _ => Ok(None),
    }
}

async fn write(
    ledger: &Ledger,
    org: OrgId,
    sql: &str,
    NewLink { provider, link }: NewLink<'_>,
) -> Result<(), StoreError> {
    let Link { object_ref, invoice_id, payment_id } = link;
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("linking"))?;
    let transaction = tenant(&mut client, org).await?;
    let now = ledger.clock().now();
    transaction
        .execute(sql, &[&org.0, &provider, &object_ref, &invoice_id, &payment_id, &now])
        .await
        .map_err(StoreError::database("linking"))?;
    transaction.commit().await.map_err(StoreError::database("linking"))
}
