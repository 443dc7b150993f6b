//! Reading the log.

use uuid::Uuid;

use super::{Ledger, StoreError, Stored, rows::COLUMNS, tenant_snapshot};
use crate::values::OrgId;

impl Ledger {
    /// The last position given out; `None` where there is no such org.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn head(&self, org: OrgId) -> Result<Option<i64>, StoreError> {
        let mut client = self.app().await?;
        let snapshot = tenant_snapshot(&mut client, org).await?;
        let row = snapshot
            .query_opt("select position from org_heads where org_id = $1", &[&org.0])
            .await
            .map_err(StoreError::database("reading a head"))?;
        Ok(row.map(|row| row.get(0)))
    }

    /// Events of an org after a position, oldest first, at most `limit`.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn read(
        &self,
        org: OrgId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Stored>, StoreError> {
        let text = format!(
            "select {COLUMNS} from events where org_id = $1 and position > $2 \
             order by position limit $3"
        );
        self.rows(org, &text, &[&org.0, &after, &limit]).await
    }

    /// The event at a position.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn read_one(&self, org: OrgId, position: i64) -> Result<Option<Stored>, StoreError> {
        let text = format!("select {COLUMNS} from events where org_id = $1 and position = $2");
        Ok(self.rows(org, &text, &[&org.0, &position]).await?.pop())
    }

    /// The events of one stream after a version, oldest first, at most `limit`.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn read_stream(
        &self,
        org: OrgId,
        aggregate_type: &str,
        aggregate_id: Uuid,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Stored>, StoreError> {
        let text = format!(
            "select {COLUMNS} from events where org_id = $1 and aggregate_type = $2 \
             and aggregate_id = $3 and sequence > $4 order by sequence limit $5"
        );
        self.rows(org, &text, &[&org.0, &aggregate_type, &aggregate_id, &after, &limit]).await
    }

    /// Ids of all streams of a kind, ordered, after an id, at most `limit`.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn streams(
        &self,
        org: OrgId,
        aggregate_type: &str,
        after: Option<Uuid>,
        limit: i64,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut client = self.app().await?;
        let snapshot = tenant_snapshot(&mut client, org).await?;
        let rows = snapshot
            .query(
                "select aggregate_id from events \
                 where org_id = $1 and aggregate_type = $2 and sequence = 1 \
                 and ($3::uuid is null or aggregate_id > $3) \
                 order by aggregate_id limit $4",
                &[&org.0, &aggregate_type, &after, &limit],
            )
            .await
            .map_err(StoreError::database("listing streams"))?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    async fn rows(
        &self,
        org: OrgId,
        text: &str,
        parameters: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<Vec<Stored>, StoreError> {
        let mut client = self.app().await?;
        let snapshot = tenant_snapshot(&mut client, org).await?;
        let statement =
            snapshot.prepare_cached(text).await.map_err(StoreError::database("reading the log"))?;
        let rows = snapshot
            .query(&statement, parameters)
            .await
            .map_err(StoreError::database("reading the log"))?;
        rows.iter().map(Stored::from_row).collect()
    }
}
