//! Whether the store can do its work.

use super::{Clock, Ledger, StoreError};
use crate::values::OrgId;

/// Every role must see the policies it lives by.
const POLICIES: &str = "select count(*) from pg_policies where schemaname = 'public' \
     and ((tablename = 'org_heads' and policyname = 'org_heads_writer' and cmd = 'ALL') \
       or (tablename = 'events' and policyname = 'events_writer') \
       or (tablename = 'commands' and policyname = 'commands_writer') \
       or (tablename = 'series' and policyname = 'series_writer'))";

impl Ledger {
    /// Asks the database as the app and as the relay, and looks whether the writer's policies
    /// are there: without them its compare-and-swap would match nothing, for ever.
    ///
    /// # Errors
    ///
    /// [`StoreError`] saying what is wrong.
    pub async fn ready(&self) -> Result<(), StoreError> {
        let client = self.app().await?;
        let row = client
            .query_one(POLICIES, &[])
            .await
            .map_err(StoreError::database("probing policies"))?;
        if row.get::<_, i64>(0) != 4 {
            return Err(StoreError::Configuration("the writer's policies are missing".to_owned()));
        }
        let relay = self.relay_pool().get().await.map_err(StoreError::pool("probing"))?;
        relay
            .query("select 1 from org_heads limit 1", &[])
            .await
            .map_err(StoreError::database("probing as relay"))?;
        Ok(())
    }

    /// Registers an org with an empty log. `false` if it exists already.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn create_org(&self, org: OrgId, name: &str) -> Result<bool, StoreError> {
        let mut client =
            self.relay_pool().get().await.map_err(StoreError::pool("creating an org"))?;
        let error = || StoreError::database("creating an org");
        let transaction = client.transaction().await.map_err(error())?;
        let now = Clock.now();
        let created = transaction
            .execute(
                "insert into orgs (org_id, name, created_at) values ($1, $2, $3) \
                 on conflict do nothing",
                &[&org.0, &name, &now],
            )
            .await
            .map_err(error())?;
        transaction
            .execute(
                "insert into org_heads (org_id, position, recorded_at) values ($1, 0, $2) \
                 on conflict do nothing",
                &[&org.0, &now],
            )
            .await
            .map_err(error())?;
        transaction.commit().await.map_err(error())?;
        Ok(created == 1)
    }
}
