//! Until everything that follows has followed.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_postgres::Client;

use super::{Finding, Kind};
use crate::ground::Books;
use crate::tenants::Tenant;

/// How long everything may take to follow.
const PATIENCE: Duration = Duration::from_secs(120);

/// Whatever answers or reacts is where the head is, in every org of ours.
const BEHIND: &str = "\
select coalesce(string_agg(distinct f.projector, ', '), '')
from (
    select distinct c.projector, c.version, c.slot
    from checkpoints c
    left join active_slots a on a.org_id = c.org_id and a.model = c.projector
    where c.slot = '-' or (c.slot = a.slot and c.version = a.version)
) f
join org_heads h on h.org_id = any($1)
left join active_slots a on a.org_id = h.org_id and a.model = f.projector
where (f.slot = '-' or f.slot = a.slot)
and coalesce((
    select c.position from checkpoints c
    where c.org_id = h.org_id
    and c.projector = f.projector
    and c.version = f.version
    and c.slot = f.slot), 0) < h.position
and not exists (
    select from parked p where p.org_id = h.org_id and p.projector = f.projector)";

/// As if the time had come for every message, and that of the leases of those who were killed had
/// passed: minutes that nobody wants to wait for here.
const TIME_PASSES: &str = "\
update outbox_events set next_attempt_at = now() where status = 'pending';
update outbox_events set lease_until = now() - interval '1 second' where status = 'sending';
update job_runs set lease_until = now() - interval '1 second' where holder is not null";

/// Waits for read models and policies, and sends what is to be sent.
///
/// # Errors
/// When the database cannot be asked.
pub(super) async fn settle(
    books: &Books,
    owner: &Client,
    tenants: &[Tenant],
) -> anyhow::Result<Vec<Finding>> {
    let orgs: Vec<uuid::Uuid> = tenants.iter().map(|tenant| tenant.org).collect();
    let deadline = Instant::now() + PATIENCE;
    loop {
        let behind: String = owner.query_one(BEHIND, &[&orgs]).await?.get(0);
        let waiting = "select count(*) from outbox_events where kind = 'email' \
                       and status in ('pending', 'sending')";
        let waiting: i64 = owner.query_one(waiting, &[]).await?.get(0);
        if behind.is_empty() && waiting == 0 {
            return Ok(vec![]);
        }
        if Instant::now() >= deadline {
            let what = format!("behind: {behind}; {waiting} messages have not left");
            return Ok(vec![Finding::new(Kind::Waiting, what)]);
        }
        if behind.is_empty() {
            owner.batch_execute(TIME_PASSES).await?;
            books.run(&["jobs", "run", "--job", "outbox-delivery"]).await?;
        } else {
            sleep(Duration::from_millis(50)).await;
        }
    }
}
