//! A session left idle in its transaction, with the head of one org locked, then with where its
//! read models stand.

use anyhow::{Context, ensure};

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::load::Load;

/// Only that org waits.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 2, 4).await?;
    let stuck = Load::start(&stage.part(&[0, 1], 0..1), dice, 2, 50);
    let others = Load::start(&stage.part(&[0, 1], 1..4), dice, 4, 20);
    stuck.hear(3).await?;
    let mut owner = stage.ground.postgres.owner(&stage.books.database).await?;
    let org = stage.clients.tenants[0].org;
    let locks = [
        "select 1 from org_heads where org_id = $1 for update",
        "select 1 from checkpoints where org_id = $1 for update",
    ];
    let mut served = 0;
    for lock in locks {
        let transaction = owner.transaction().await?;
        transaction.query(lock, &[&org]).await?;
        let before = stage.clients.notes.acknowledged();
        others.hear(30).await.context("everybody waits for one org")?;
        others.for_a_while(settings.lasts / 2).await;
        others.hear(30).await.context("everybody waits for one org")?;
        served += stage.clients.notes.acknowledged() - before;
        transaction.rollback().await?;
        stuck.hear(3).await.context("the org does not come back")?;
    }
    tokio::join!(stuck.stop(), others.stop());
    let put_off = stage.put_off();
    ensure!(put_off > 0, "nobody was put off");
    let report = stage.check().await?;
    Ok(Outcome::Held(format!(
        "{served} promises meanwhile, the stuck org put off {put_off} times; {}",
        stage.figures(&report)
    )))
}
