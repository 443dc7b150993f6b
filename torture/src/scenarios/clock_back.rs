//! The clock jumps back by an hour: the log's last times lie in the future.
//!
//! A process cannot be given another clock from outside without a library of its own, so it is
//! the log that is moved: what the store sees is the same.

use anyhow::ensure;
use tokio::time::Instant;

use super::two_nodes::back_and_forth;
use super::{Outcome, Settings, Stage};
use crate::dice::Dice;

const AHEAD: &str = "update org_heads set recorded_at = recorded_at + interval '1 hour'";
const SORTED: &str = "\
select count(*) filter (where recorded_at < before), count(*) filter (where recorded_at > now())
from (
    select recorded_at, lag(recorded_at) over (partition by org_id order by position) as before
    from events
) e";

/// Positions and times go on together, on both nodes, and nobody stands still for an hour.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 2, 3).await?;
    let load = stage.load(dice, 3, 30);
    load.hear(20).await?;
    // They remember what they wrote last; what others wrote they read when they start.
    for service in &mut stage.services {
        service.kill().await?;
    }
    let owner = stage.ground.postgres.owner(&stage.books.database).await?;
    // Two of three orgs, so that late times stand beside true ones.
    let org = stage.clients.tenants[2].org;
    owner.execute(&format!("{AHEAD} where org_id <> $1"), &[&org]).await?;
    for service in &mut stage.services {
        service.revive().await?;
    }
    load.hear(40).await?;
    let until = Instant::now() + settings.lasts;
    let rounds = back_and_forth(&stage.clients, dice, 3, until).await?;
    load.stop().await;
    let row = owner.query_one(SORTED, &[]).await?;
    let (back, ahead): (i64, i64) = (row.get(0), row.get(1));
    ensure!(back == 0, "{back} events were recorded before the one before them");
    ensure!(ahead > 0, "no event lies ahead of the clock");
    let report = stage.check().await?;
    Ok(Outcome::Held(format!(
        "{ahead} events ahead of the clock, none before its predecessor, {rounds} rounds; {}",
        stage.figures(&report)
    )))
}
