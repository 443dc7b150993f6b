//! Rows of `inbox`.

use std::str::FromStr;

use time::OffsetDateTime;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{
    store::{Ledger, StoreError, tenant, tenant_snapshot},
    values::OrgId,
};

/// How far a webhook has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InboxStatus {
    /// Kept; nothing done yet.
    Received,
    /// Done.
    Processed,
    /// Nothing to do for us.
    Ignored,
    /// Money that fits no invoice; held on the account.
    Held,
    /// Something else must come first.
    Waiting,
    /// Could not be done; see the error.
    Failed,
}

impl InboxStatus {
    const ALL: [Self; 6] =
        [Self::Received, Self::Processed, Self::Ignored, Self::Held, Self::Waiting, Self::Failed];

    /// As stored and as said on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Processed => "processed",
            Self::Ignored => "ignored",
            Self::Held => "held",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
        }
    }

    /// Whether there is nothing left to do.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Processed | Self::Ignored | Self::Held)
    }
}

impl FromStr for InboxStatus {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| StoreError::Damaged(format!("inbox status {text}")))
    }
}

/// A verified webhook, as it is first kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// Which provider, for example `stripe`.
    pub provider: &'static str,
    /// The provider's id of the event: the key that makes a second delivery harmless.
    pub provider_event: String,
    /// The provider's name for what happened.
    pub event_type: String,
    /// When the provider says it happened.
    pub created_at: OffsetDateTime,
    /// The invoice it names.
    pub invoice_id: Option<Uuid>,
    /// The booking it names.
    pub booking_id: Option<String>,
    /// What we took from it: JSON of a sealed value. Never the provider's own payload.
    pub facts: Vec<u8>,
}

/// A kept webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The provider's id of the event.
    pub provider_event: String,
    /// The provider's name for what happened.
    pub event_type: String,
    /// When the provider says it happened.
    pub created_at: OffsetDateTime,
    /// When it reached us.
    pub received_at: OffsetDateTime,
    /// How far it has got.
    pub status: InboxStatus,
    /// How often it was tried.
    pub attempts: i32,
    /// Why it is not done.
    pub last_error: Option<String>,
    /// What we took from it.
    pub facts: Vec<u8>,
}

/// What came of trying.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// How far it has got now.
    pub status: InboxStatus,
    /// The invoice it turned out to be about.
    pub invoice_id: Option<Uuid>,
    /// Why it is not done, as a code.
    pub error: Option<String>,
}

impl Message {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let status: String = row.try_get(4).map_err(StoreError::database("reading the inbox"))?;
        let status = status.parse()?;
        let message = || {
            Ok(Self {
                provider_event: row.try_get(0)?,
                event_type: row.try_get(1)?,
                created_at: row.try_get(2)?,
                received_at: row.try_get(3)?,
                status,
                attempts: row.try_get(5)?,
                last_error: row.try_get(6)?,
                facts: row.try_get(7)?,
            })
        };
        message().map_err(StoreError::database("reading the inbox"))
    }
}

/// Keeps a webhook; false when it is there already.
///
/// # Errors
///
/// [`StoreError`]; then nothing is kept and the provider must send it again.
pub async fn receive(ledger: &Ledger, org: OrgId, received: &Received) -> Result<bool, StoreError> {
    let mut client =
        ledger.app_pool().get().await.map_err(StoreError::pool("keeping a webhook"))?;
    let transaction = tenant(&mut client, org).await?;
    let kept = transaction
        .execute(
            include_str!("receive.sql"),
            &[
                &org.0,
                &received.provider,
                &received.provider_event,
                &received.event_type,
                &received.created_at,
                &ledger.clock().now(),
                &received.invoice_id,
                &received.booking_id,
                &received.facts,
            ],
        )
        .await
        .map_err(StoreError::database("keeping a webhook"))?;
    transaction.commit().await.map_err(StoreError::database("keeping a webhook"))?;
    Ok(kept == 1)
}

/// One kept webhook.
///
/// # Errors
///
/// [`StoreError`].
pub async fn find_message(
    ledger: &Ledger,
    org: OrgId,
    provider: &str,
    provider_event: &str,
) -> Result<Option<Message>, StoreError> {
    let mut client =
        ledger.app_pool().get().await.map_err(StoreError::pool("reading the inbox"))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let row = snapshot
        .query_opt(include_str!("find_message.sql"), &[&org.0, &provider, &provider_event])
        .await
        .map_err(StoreError::database("reading the inbox"))?;
    row.as_ref().map(Message::from_row).transpose()
}

/// Webhooks that are not done, oldest first.
///
/// # Errors
///
/// [`StoreError`].
pub async fn unsettled(
    ledger: &Ledger,
    org: OrgId,
    provider: &str,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let mut client =
        ledger.app_pool().get().await.map_err(StoreError::pool("reading the inbox"))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let rows = snapshot
        .query(include_str!("unsettled.sql"), &[&org.0, &provider, &limit])
        .await
        .map_err(StoreError::database("reading the inbox"))?;
    rows.iter().map(Message::from_row).collect()
}

/// Notes what came of trying; what is done stays done.
///
/// # Errors
///
/// [`StoreError`].
pub async fn settle(
    ledger: &Ledger,
    org: OrgId,
    provider: &str,
    provider_event: &str,
    settled: &Settled,
) -> Result<(), StoreError> {
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool("noting a webhook"))?;
    let transaction = tenant(&mut client, org).await?;
    transaction
        .execute(
            include_str!("settle.sql"),
            &[
                &org.0,
                &provider,
                &provider_event,
                &settled.status.as_str(),
                &settled.invoice_id,
                &settled.error,
            ],
        )
        .await
        .map_err(StoreError::database("noting a webhook"))?;
    transaction.commit().await.map_err(StoreError::database("noting a webhook"))
}
