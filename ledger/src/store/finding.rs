//! Finding a place in the log without an index of its own: each one would slow every append.

use time::{Duration, OffsetDateTime};
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::{Ledger, StoreError, Stored, rows::COLUMNS, tenant_snapshot};
use crate::values::OrgId;

/// Clocks of nodes may differ.
const BEFORE: Duration = Duration::minutes(10);

/// Between drawing an event's id and recording it lies a queue.
const AFTER: Duration = Duration::hours(1);

impl Ledger {
    /// Where the event with an id stands. Ids begin with the instant at which they were drawn, and
    /// instants of recording never decrease along positions.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn position_of(&self, org: OrgId, event_id: Uuid) -> Result<Option<i64>, StoreError> {
        let drawn = event_id.get_timestamp().and_then(|drawn| {
            let seconds = i64::try_from(drawn.to_unix().0).ok()?;
            OffsetDateTime::from_unix_timestamp(seconds).ok()
        });
        let window = drawn.and_then(|at| at.checked_sub(BEFORE).zip(at.checked_add(AFTER)));
        let Some((from, until)) = window else { return Ok(None) };
        let (first, end) =
            (self.recorded_before(org, from).await?, self.recorded_before(org, until));
        let end = end.await?;
        let mut client = self.app().await?;
        let snapshot = tenant_snapshot(&mut client, org).await?;
        let row = snapshot
            .query_opt(
                "select position from events where org_id = $1 and position > $2 \
                 and position <= $3 and event_id = $4 limit 1",
                &[&org.0, &first, &end, &event_id],
            )
            .await
            .map_err(StoreError::database("looking for an event"))?;
        Ok(row.map(|row| row.get(0)))
    }

    /// The first event of every stream of a kind, by the streams' ids, after an id, at most
    /// `limit`.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn openings(
        &self,
        org: OrgId,
        aggregate_type: &str,
        after: Option<Uuid>,
        limit: i64,
    ) -> Result<Vec<Stored>, StoreError> {
        let doing = "reading first events";
        let mut client = self.app().await?;
        let snapshot = tenant_snapshot(&mut client, org).await?;
        let text = format!(
            "select {COLUMNS} from events \
             where org_id = $1 and aggregate_type = $2 and sequence = 1 \
             and ($3::uuid is null or aggregate_id > $3) order by aggregate_id limit $4"
        );
        let rows = snapshot
            .query(&text, &[&org.0, &aggregate_type, &after, &limit])
            .await
            .map_err(StoreError::database(doing))?;
        rows.iter().map(Stored::from_row).collect()
    }

    /// The last position that was recorded before an instant; 0 where there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn recorded_before(
        &self,
        org: OrgId,
        instant: OffsetDateTime,
    ) -> Result<i64, StoreError> {
        let (mut low, mut high) = (0, self.head(org).await?.unwrap_or(0));
        let mut client = self.app().await?;
        let snapshot = tenant_snapshot(&mut client, org).await?;
        // Everything up to `low` is earlier; everything after `high` is not.
        while low < high {
            let middle = low + (high - low + 1) / 2;
            match recorded_at(&snapshot, org, middle).await? {
                Some(at) if at < instant => low = middle,
                _ => high = middle - 1,
            }
        }
        Ok(low)
    }
}

async fn recorded_at(
    snapshot: &Transaction<'_>,
    org: OrgId,
    position: i64,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let row = snapshot
        .query_opt(
            "select recorded_at from events where org_id = $1 and position = $2",
            &[&org.0, &position],
        )
        .await
        .map_err(StoreError::database("looking for an instant"))?;
    Ok(row.map(|row| row.get(0)))
}
