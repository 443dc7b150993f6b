//! The log as it was: which position an instant means, and aggregates as of a position.

use time::OffsetDateTime;

use super::{Ledger, StoreError, tenant_snapshot};
use crate::{
    decide::Decider,
    recorded::LedgerPart,
    values::{Id, OrgId},
};

/// Events of a page of a stream.
const PAGE: i64 = 1_000;

/// By halving: everything up to `low` was recorded by then, nothing after `high` was. Instants of
/// recording never decrease along positions (the writer sees to that, even when a clock is set
/// back), so there is one such position, and it is found in a few reads of the primary key. Each
/// is a subquery of its own: as a join, the planner would hash the whole log for every one.
const RECORDED_BY: &str = "\
with recursive halving (low, high) as (
    select 0::bigint, coalesce(
        (select position from events where org_id = $1 order by position desc limit 1), 0)
    union all
    select
        case when recorded_at <= $2 then middle else low end,
        case when recorded_at <= $2 then high else middle - 1 end
    from (
        select
            low,
            high,
            middle,
            (select e.recorded_at from events e where e.org_id = $1 and e.position = middle)
        from (select low, high, (low + high + 1) / 2 as middle from halving where low < high) half
    ) looked
)
select low from halving where low = high limit 1";

impl Ledger {
    /// The last position that was recorded at or before an instant; 0 before the first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn recorded_by(&self, org: OrgId, at: OffsetDateTime) -> Result<i64, StoreError> {
        Ok(self.recorded_by_each(org, &[at]).await?.first().copied().unwrap_or(0))
    }

    /// The same for several instants, in one view of the log.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn recorded_by_each(
        &self,
        org: OrgId,
        instants: &[OffsetDateTime],
    ) -> Result<Vec<i64>, StoreError> {
        let failed = || StoreError::database("finding an instant in the log");
        let gap = || StoreError::Damaged("positions of the log are missing".to_owned());
        let mut client = self.app().await?;
        let snapshot = tenant_snapshot(&mut client, org).await?;
        let statement = snapshot.prepare_cached(RECORDED_BY).await.map_err(failed())?;
        let mut positions = Vec::with_capacity(instants.len());
        for at in instants {
            let found = snapshot.query_opt(&statement, &[&org.0, at]).await.map_err(failed())?;
            positions.push(found.ok_or_else(gap)?.try_get(0).map_err(failed())?);
        }
        Ok(positions)
    }

    /// When the event at a position was recorded; `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn recorded_at(
        &self,
        org: OrgId,
        position: i64,
    ) -> Result<Option<OffsetDateTime>, StoreError> {
        Ok(self.read_one(org, position).await?.map(|event| event.recorded_at))
    }

    /// An aggregate as of a position of its org's log, with its version then; 0 where nothing had
    /// happened yet. Only its own stream is read.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn load_at<A: Decider>(
        &self,
        org: OrgId,
        id: Id<A>,
        position: i64,
    ) -> Result<(A, i64), StoreError> {
        let (mut aggregate, mut version) = (A::default(), 0);
        loop {
            let page = self.read_stream(org, A::TYPE, id.uuid(), version, PAGE).await?;
            let more = i64::try_from(page.len()).is_ok_and(|read| read == PAGE);
            for stored in page {
                if stored.position > position {
                    return Ok((aggregate, version));
                }
                version = stored.sequence;
                if let Some(event) = A::Event::part(stored.event()?) {
                    aggregate.apply(event);
                }
            }
            if !more {
                return Ok((aggregate, version));
            }
        }
    }
}
