//! The connection that listens is ended, again and again: nobody depends on being told.

use std::time::Duration;

use anyhow::{bail, ensure};
use tokio::time::{Instant, sleep};

use super::two_nodes::back_and_forth;
use super::{Outcome, Settings, Stage};
use crate::dice::Dice;

/// The connection that listens also tells; one of the two was its last word.
macro_rules! listens {
    ($select:literal) => {
        concat!(
            $select,
            " from pg_stat_activity where application_name <> 'torture' \
             and (query ilike 'listen %' or query ilike '%pg_notify%')"
        )
    };
}

const END: &str = listens!("select pg_terminate_backend(pid)");
const LISTENING: &str = listens!("select count(*)");

/// Two nodes, back and forth, with nobody to wake them.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 2, 2).await?;
    let owner = stage.ground.postgres.owner(&stage.books.database).await?;
    let until = Instant::now() + settings.lasts;
    let ending = async {
        let mut ended = 0;
        while Instant::now() < until {
            ended += owner.query(END, &[]).await?.len();
            sleep(Duration::from_millis(100)).await;
        }
        anyhow::Ok(ended)
    };
    let (ended, rounds) = tokio::join!(ending, back_and_forth(&stage.clients, dice, 2, until));
    let (ended, rounds) = (ended?, rounds?);
    ensure!(ended > 5, "hardly anything was ended: {ended}");
    let deadline = Instant::now() + Duration::from_secs(60);
    while owner.query_one(LISTENING, &[]).await?.get::<_, i64>(0) < 2 {
        if Instant::now() > deadline {
            bail!("the nodes do not listen again");
        }
        sleep(Duration::from_millis(50)).await;
    }
    let report = stage.check().await?;
    Ok(Outcome::Held(format!(
        "{ended} connections ended, {rounds} rounds meanwhile, both listen again; {}",
        stage.figures(&report)
    )))
}
