//! Somebody else takes every connection that PostgreSQL has.

use anyhow::ensure;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;

/// Callers are put off, with a time to come back, and served when there are connections again.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 1, 3).await?;
    let load = stage.load(dice, 6, 20);
    load.hear(20).await?;
    let one = stage.ground.postgres.owner(&stage.books.database).await?;
    let mut taken = Vec::new();
    // Where the service's sessions end, the next in line are ours.
    for _ in 0..3 {
        while let Ok(client) = stage.ground.postgres.owner(&stage.books.database).await {
            taken.push(client);
        }
        one.batch_execute(super::END_SESSIONS).await?;
    }
    while let Ok(client) = stage.ground.postgres.owner(&stage.books.database).await {
        taken.push(client);
    }
    let before = stage.put_off();
    load.for_a_while(settings.lasts).await;
    let put_off = stage.put_off() - before;
    let count = taken.len();
    drop(taken);
    load.hear(20).await?;
    load.stop().await;
    ensure!(put_off > 0, "nobody was put off, with {count} connections taken");
    let report = stage.check().await?;
    Ok(Outcome::Held(format!(
        "{count} connections taken, callers put off {put_off} times; {}",
        stage.figures(&report)
    )))
}
