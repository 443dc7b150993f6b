//! The database becomes read-only for a while, as one does that fails over.

use anyhow::ensure;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::http::{Client, Request};

/// Commands are put off, what is there is still shown, and all goes on afterwards.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 1, 3).await?;
    let load = stage.load(dice, 6, 20);
    load.hear(20).await?;
    let owner = stage.ground.postgres.owner(&stage.books.database).await?;
    owner.batch_execute("set default_transaction_read_only = off").await?;
    owner.batch_execute("alter system set default_transaction_read_only = on").await?;
    owner.batch_execute("select pg_reload_conf()").await?;
    let before = stage.put_off();
    load.for_a_while(settings.lasts).await;
    let put_off = stage.put_off() - before;
    let shown = shown(&stage).await?;
    owner.batch_execute("alter system reset default_transaction_read_only").await?;
    owner.batch_execute("select pg_reload_conf()").await?;
    load.hear(20).await?;
    load.stop().await;
    ensure!(put_off > 0, "nobody was put off");
    ensure!(shown == 200, "what is there was not shown: {shown}");
    let report = stage.check().await?;
    Ok(Outcome::Held(format!(
        "callers put off {put_off} times, reads answered; {}",
        stage.figures(&report)
    )))
}

/// How a read is answered.
async fn shown(stage: &Stage) -> anyhow::Result<u16> {
    let (tenant, to) = (&stage.clients.tenants[0], stage.address(0)?);
    let request = Request {
        method: "GET",
        path: format!("/v1/billing/offices/{}/invoices?limit=5", tenant.org),
        bearer: tenant.secret.clone(),
        headers: vec![],
        body: None,
    };
    Ok(Client::default().ask(to, &request).await?.status)
}
