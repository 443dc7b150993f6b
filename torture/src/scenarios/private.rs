//! A service with a private PostgreSQL in its data folder: both are killed, and the next start
//! of the service brings both back.

use anyhow::Context;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::ground::Ground;
use tokio::time::{Duration, sleep};

/// How often.
const KILLS: usize = 6;

/// One node; nobody but the program starts PostgreSQL.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let ground = Ground::new(&settings.program, &[]).await?;
    let books = ground.private_books();
    let mut stage = Stage::with(settings, ground, books, 1, 3).await?;
    let load = stage.load(dice, 4, 30);
    for number in 1..=KILLS {
        sleep(Duration::from_millis(dice.between(50, 1_500))).await;
        stage.ground.postgres.kill()?;
        sleep(Duration::from_millis(dice.between(0, 500))).await;
        stage.services[0].kill().await?;
        stage.services[0].revive().await?;
        load.hear(5).await.with_context(|| format!("kill {number}"))?;
        stage.ground.postgres.revive().await?;
    }
    load.stop().await;
    let report = stage.check().await?;
    Ok(Outcome::Held(format!("{KILLS} kills of both; {}", stage.figures(&report))))
}
