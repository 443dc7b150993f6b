//! The socket is cut at the moment of a commit: before the statement arrives, or after it was
//! carried out and before the answer is there.

use std::sync::atomic::Ordering;

use anyhow::ensure;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;

/// One in so many appends and commits is cut.
const ONE_IN: u32 = 7;

/// A node behind a line that is cut, and nobody else.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 1, 3).await?;
    let proxy = stage.proxy().await?;
    stage.put_behind(0, &proxy).await?;
    let load = stage.load(dice, 6, 20);
    proxy.orders.cut_one_in.store(ONE_IN, Ordering::Relaxed);
    load.hear(1).await?;
    load.for_a_while(settings.lasts * 2).await;
    proxy.orders.cut_one_in.store(0, Ordering::Relaxed);
    load.hear(20).await?;
    load.stop().await;
    let report = stage.check().await?;
    let answers = proxy.orders.answers_lost.load(Ordering::Relaxed);
    let statements = proxy.orders.statements_lost.load(Ordering::Relaxed);
    ensure!(answers > 5 && statements > 5, "the line was hardly cut: {answers}, {statements}");
    Ok(Outcome::Held(format!(
        "{answers} answers and {statements} statements lost; {}",
        stage.figures(&report)
    )))
}
