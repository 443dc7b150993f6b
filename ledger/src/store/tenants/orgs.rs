//! The register of orgs, as the operator sees it.

use time::OffsetDateTime;
use tokio_postgres::Row;

use crate::{
    store::{Ledger, StoreError, tenant_snapshot},
    values::OrgId,
};

/// Whether an org's keys are honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrgStanding {
    /// They are.
    Open,
    /// Not now.
    Suspended,
    /// Never again.
    Closed,
}

/// An org as the register knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Org {
    /// Which.
    pub id: OrgId,
    /// The business's name, as the operator entered it.
    pub name: String,
    /// Since when.
    pub created_at: OffsetDateTime,
    /// Suspended since.
    pub suspended_at: Option<OffsetDateTime>,
    /// Closed since.
    pub closed_at: Option<OffsetDateTime>,
}

impl Org {
    /// Whether its keys are honoured.
    pub const fn standing(&self) -> OrgStanding {
        match (self.closed_at, self.suspended_at) {
            (Some(_), _) => OrgStanding::Closed,
            (None, Some(_)) => OrgStanding::Suspended,
            (None, None) => OrgStanding::Open,
        }
    }

    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let read = StoreError::database("reading an org");
        let org = || {
            Ok(Self {
                id: OrgId(row.try_get(0)?),
                name: row.try_get(1)?,
                created_at: row.try_get(2)?,
                suspended_at: row.try_get(3)?,
                closed_at: row.try_get(4)?,
            })
        };
        org().map_err(read)
    }
}

/// All orgs, oldest first. The operator's view: names and dates, nothing of their data.
///
/// # Errors
///
/// [`StoreError`].
pub async fn orgs(ledger: &Ledger) -> Result<Vec<Org>, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("listing orgs"))?;
    let statement = client.prepare_cached(include_str!("list_orgs.sql")).await;
    let statement = statement.map_err(StoreError::database("listing orgs"))?;
    let rows = client.query(&statement, &[]).await.map_err(StoreError::database("listing orgs"))?;
    rows.iter().map(Org::from_row).collect()
}

/// One org, under its own row-level security.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_org(ledger: &Ledger, org: OrgId) -> Result<Option<Org>, StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("reading an org"))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let row = snapshot
        .query_opt(include_str!("find_org.sql"), &[&org.0])
        .await
        .map_err(StoreError::database("reading an org"))?;
    row.as_ref().map(Org::from_row).transpose()
}

/// Refuses the org's keys until it is reinstated; again changes nothing.
///
/// # Errors
///
/// [`StoreError`]; `None` when there is no such org.
pub async fn suspend_org(ledger: &Ledger, org: OrgId) -> Result<Option<Org>, StoreError> {
    change(ledger, org, include_str!("suspend_org.sql"), Some(ledger.clock().now())).await
}

/// Honours the org's keys again; a closed org stays closed.
///
/// # Errors
///
/// [`StoreError`]; `None` when there is no such org.
pub async fn reinstate_org(ledger: &Ledger, org: OrgId) -> Result<Option<Org>, StoreError> {
    change(ledger, org, include_str!("suspend_org.sql"), None).await
}

/// Refuses the org's keys for good. Its log stays.
///
/// # Errors
///
/// [`StoreError`]; `None` when there is no such org.
pub async fn close_org(ledger: &Ledger, org: OrgId) -> Result<Option<Org>, StoreError> {
    change(ledger, org, include_str!("close_org.sql"), Some(ledger.clock().now())).await
}

async fn change(
    ledger: &Ledger,
    org: OrgId,
    sql: &str,
    at: Option<OffsetDateTime>,
) -> Result<Option<Org>, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("changing an org"))?;
    let row = client
        .query_opt(sql, &[&org.0, &at])
        .await
        .map_err(StoreError::database("changing an org"))?;
    row.as_ref().map(Org::from_row).transpose()
}
