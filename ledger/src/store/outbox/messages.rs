//! Rows of `outbox_events`.

use time::OffsetDateTime;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{
    correspondence::Message,
    recorded::Actor,
    store::{Context, Ledger, StoreError, tenant, tenant_snapshot},
    values::OrgId,
};

/// Where a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxStatus {
    /// To be sent, now or later.
    Pending,
    /// Somebody is at it.
    Sending,
    /// Gone.
    Sent,
    /// Given up after the last attempt; somebody may replay it.
    Dead,
    /// Not needed any more.
    Canceled,
}

impl OutboxStatus {
    /// As stored and as said on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Canceled => "canceled",
        }
    }
}

/// Which dead letters: those to people, and exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Messages to people.
    Messages,
    /// Exports on their way to a webhook.
    Exports,
}

/// A message to be written down.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage {
    /// What makes it the same message, for example `invoice:{id}:dunning:payment_failed`.
    pub dedupe_key: String,
    /// Messages of one lane leave in order; empty for no order.
    pub lane: String,
    /// What it says; addresses are looked up when it is sent.
    pub message: Message,
    /// When it happened that is told.
    pub occurred_at: OffsetDateTime,
}

/// The event that a message follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The request that the event belongs to.
    pub correlation_id: Uuid,
    /// The event.
    pub causation_id: Uuid,
}

/// A message as people see it: what it is about, never what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Which.
    pub id: Uuid,
    /// What makes it the same message.
    pub dedupe_key: String,
    /// `email`, `letter`, `portal`, `sms` or `webhook`.
    pub kind: String,
    /// Which text.
    pub template: String,
    /// What it is about: `invoice`, …
    pub related_kind: String,
    /// Which one.
    pub related_id: Uuid,
    /// Where it is.
    pub status: String,
    /// Attempts since it was asked for or replayed.
    pub attempts: i32,
    /// How often it was replayed.
    pub replays: i32,
    /// When it was asked for.
    pub created_at: OffsetDateTime,
    /// When it was sent, given up or canceled.
    pub settled_at: Option<OffsetDateTime>,
    /// Why it did not leave, as a code.
    pub last_error: Option<String>,
}

impl Listed {
    fn from_row(row: &Row) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            dedupe_key: row.try_get(1)?,
            kind: row.try_get(2)?,
            template: row.try_get(3)?,
            related_kind: row.try_get(4)?,
            related_id: row.try_get(5)?,
            status: row.try_get(6)?,
            attempts: row.try_get(7)?,
            replays: row.try_get(8)?,
            created_at: row.try_get(9)?,
            settled_at: row.try_get(10)?,
            last_error: row.try_get(11)?,
        })
    }
}

/// The id of a message: the same for the same key.
fn message_id(org: OrgId, dedupe_key: &str) -> Uuid {
    Uuid::new_v5(&org.0, format!("outbox:{dedupe_key}").as_bytes())
}

/// Writes a message down; `false` when it was asked for before.
///
/// # Errors
///
/// [`StoreError`]; then nothing is written.
pub async fn enqueue(ledger: &Ledger, org: OrgId, new: &NewMessage) -> Result<bool, StoreError> {
    enqueue_after(ledger, org, new, None).await
}

/// The same for a message that follows from an event.
///
/// # Errors
///
/// [`StoreError`]; then nothing is written.
pub async fn enqueue_after(
    ledger: &Ledger,
    org: OrgId,
    new: &NewMessage,
    cause: Option<Cause>,
) -> Result<bool, StoreError> {
    let doing = "writing down a message";
    let id = message_id(org, &new.dedupe_key);
    let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    let plain = serde_json::to_string(&new.message).map_err(damaged)?;
    let context = Context::fresh(ledger, org, Actor("outbox".to_owned()));
    let subject = ledger.names().subject(org, "org", &org.to_string());
    let sealed = ledger.keyring().seal(&context, subject, "outbox.body", &plain).await?;
    let body = serde_json::to_vec(&sealed).map_err(damaged)?;
    let (related_kind, related_id) = new.message.related();
    let (kind, template) = (new.message.kind(), new.message.template());
    let (correlation_id, causation_id) =
        cause.map(|cause| (cause.correlation_id, cause.causation_id)).unzip();
    let values: [&(dyn ToSql + Sync); 12] = [
        &org.0,
        &id,
        &new.dedupe_key,
        &kind,
        &template,
        &new.lane,
        &related_kind,
        &related_id,
        &body,
        &new.occurred_at,
        &correlation_id,
        &causation_id,
    ];
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let written = transaction.execute(include_str!("enqueue.sql"), &values).await;
    let written = written.map_err(StoreError::database(doing))?;
    transaction.commit().await.map_err(StoreError::database(doing))?;
    Ok(written == 1)
}

/// Messages of one queue in one place, the latest first, after the one at `after`, at most `limit`.
///
/// # Errors
///
/// [`StoreError`].
pub async fn listed(
    ledger: &Ledger,
    org: OrgId,
    queue: Queue,
    status: OutboxStatus,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let doing = "listing messages";
    let (at, id) = after.unzip();
    let exports = queue == Queue::Exports;
    let values: [&(dyn ToSql + Sync); 6] = [&org.0, &status.as_str(), &at, &id, &limit, &exports];
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool(doing))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let rows = snapshot.query(include_str!("list.sql"), &values).await;
    let rows = rows.map_err(StoreError::database(doing))?;
    rows.iter().map(Listed::from_row).collect::<Result<_, _>>().map_err(StoreError::database(doing))
}

/// Messages about one thing, the latest first, at most `limit`.
///
/// # Errors
///
/// [`StoreError`].
pub async fn about(
    ledger: &Ledger,
    org: OrgId,
    related_kind: &str,
    related_id: Uuid,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let doing = "listing messages about one thing";
    let values: [&(dyn ToSql + Sync); 4] = [&org.0, &related_kind, &related_id, &limit];
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool(doing))?;
    let snapshot = tenant_snapshot(&mut client, org).await?;
    let rows = snapshot.query(include_str!("about.sql"), &values).await;
    let rows = rows.map_err(StoreError::database(doing))?;
    rows.iter().map(Listed::from_row).collect::<Result<_, _>>().map_err(StoreError::database(doing))
}

/// Sends a dead letter once more; `false` when there is no such dead letter in the queue.
///
/// # Errors
///
/// [`StoreError`].
pub async fn replay(
    ledger: &Ledger,
    org: OrgId,
    queue: Queue,
    id: Uuid,
) -> Result<bool, StoreError> {
    let doing = "replaying a message";
    let mut client = ledger.app_pool().get().await.map_err(StoreError::pool(doing))?;
    let transaction = tenant(&mut client, org).await?;
    let changed = transaction
        .execute(include_str!("replay.sql"), &[&org.0, &id, &(queue == Queue::Exports)])
        .await;
    let changed = changed.map_err(StoreError::database(doing))?;
    if changed == 1 {
        let values: [&(dyn ToSql + Sync); 3] = [&org.0, &id, &"awaiting_delivery"];
        let told = transaction.execute(include_str!("tell_export.sql"), &values).await;
        told.map_err(StoreError::database(doing))?;
    }
    transaction.commit().await.map_err(StoreError::database(doing))?;
    Ok(changed == 1)
}
