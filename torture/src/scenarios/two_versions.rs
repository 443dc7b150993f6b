//! A newer version migrates while this one runs, and both run side by side.
//!
//! There is one version here, so the newer one is played: an additive migration as the project
//! writes them (a table, a column with a default in both tables of a read model, an index) is
//! applied under load and entered in the schema's history.

use anyhow::ensure;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::load::Load;
use crate::service::Service;

const MIGRATION: &str = "\
create table things_of_the_newer (org_id uuid not null primary key, thing text not null);
alter table invoices_a add column of_the_newer bigint not null default 7;
alter table invoices_b add column of_the_newer bigint not null default 7;
alter table outbox_events add column of_the_newer text;
create index outbox_events_of_the_newer on outbox_events (org_id, of_the_newer);
insert into refinery_schema_history (version, name, applied_on, checksum)
select max(version) + 1, 'of_the_newer', max(applied_on), '1' from refinery_schema_history";
const FORGOTTEN: &str = "delete from refinery_schema_history where name = 'of_the_newer'";

/// The one that runs goes on; another of its version is refused while the schema is ahead of it.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 1, 3).await?;
    let load = stage.load(dice, 4, 30);
    load.hear(20).await?;
    let owner = stage.ground.postgres.owner(&stage.books.database).await?;
    owner.batch_execute(&format!("begin; {MIGRATION}; commit")).await?;
    load.hear(40).await?;
    let late = stage.books.run(&["org", "list"]).await?;
    let refused = late.code == 1 && late.text.contains("use a newer program");
    ensure!(refused, "the older one is not told: {} {}", late.code, late.text);
    load.hear(20).await?;
    // A newer one would find its own version; ours stands in for it.
    owner.execute(FORGOTTEN, &[]).await?;
    let newer = Service::start(&stage.books, "newer", None).await?;
    stage.clients.doors.push(newer.door());
    stage.services.push(newer);
    let both = Load::start(&stage.clients, dice, 4, 30);
    both.for_a_while(settings.lasts).await;
    both.hear(20).await?;
    tokio::join!(load.stop(), both.stop());
    let report = stage.check().await?;
    let put_off = stage.put_off();
    Ok(Outcome::Held(format!(
        "migrated under load, an older program refused to start, both versions served, callers put \
         off {put_off} times; {}",
        stage.figures(&report)
    )))
}
