//! Commits that take their time, and one node whose answers come late: nobody else waits, and
//! read models that follow meanwhile miss nothing.

use std::sync::atomic::Ordering;

use anyhow::Context;
use tokio::time::Instant;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::load::Load;

/// One node behind a slow line, the other beside it, on different orgs.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 2, 4).await?;
    let proxy = stage.proxy().await?;
    stage.put_behind(0, &proxy).await?;
    let text = "alter system set commit_delay = 50000; alter system set commit_siblings = 0; \
                select pg_reload_conf()";
    let owner = stage.ground.postgres.owner(&stage.books.database).await?;
    for statement in text.split(';') {
        owner.batch_execute(statement).await?;
    }
    proxy.orders.delay.store(800, Ordering::Relaxed);
    let slow = Load::start(&stage.part(&[0], 0..2), dice, 4, 10);
    let quick = Load::start(&stage.part(&[1], 2..4), dice, 4, 10);
    let until = Instant::now() + settings.lasts;
    let mut longest = 0;
    while Instant::now() < until {
        let since = Instant::now();
        quick.hear(5).await.context("a slow node is everybody's delay")?;
        longest = longest.max(since.elapsed().as_millis());
    }
    proxy.orders.delay.store(0, Ordering::Relaxed);
    slow.hear(5).await?;
    tokio::join!(slow.stop(), quick.stop());
    let report = stage.check().await?;
    let delayed = proxy.orders.delayed.load(Ordering::Relaxed);
    Ok(Outcome::Held(format!(
        "{delayed} appends answered late on one node; five promises of the other took {longest} ms \
         at most; {}",
        stage.figures(&report)
    )))
}
