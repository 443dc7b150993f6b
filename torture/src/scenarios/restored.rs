//! A dump under load, restored elsewhere, and the books go on from there.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, ensure};

use super::{Outcome, Settings, Stage};
use crate::check::check;
use crate::dice::Dice;
use crate::load::{Clients, Load};
use crate::notes::Notes;
use crate::service::Service;

/// What was promised before the dump is there; what came later happens again, once.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 1, 3).await?;
    let load = stage.load(dice, 4, 30);
    load.for_a_while(settings.lasts).await;
    let quiet = load.quiet().await;
    stage.check().await?;
    let before = stage.clients.notes.copy();
    drop(quiet);
    load.hear(10).await?;
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
    let programs = stage.ground.postgres.programs().context("no programs")?;
    let file = stage.ground.path("books.dump");
    let said = stage.books.script(&deploy.join("backup.sh"), &programs, &file).await?;
    ensure!(said.code == 0, "backup.sh: {}", said.text);
    load.hear(10).await?;
    load.stop().await;
    stage.services[0].stop().await?;

    stage.ground.postgres.execute("postgres", "create database restored").await?;
    let restored = stage.ground.books_of("restored")?;
    stage.ground.copy_files(&stage.books, &restored)?;
    let said = restored.script(&deploy.join("restore.sh"), &programs, &file).await?;
    ensure!(said.code == 0, "restore.sh: {}", said.text);
    let service = Service::start(&restored, "restored", None).await?;
    let (clients, later) = as_of(&stage.clients, before, &service);
    let first = check(&stage.ground, &restored, &clients, &stage.heads).await?.sound()?;
    let load = Load::start(&clients, dice, 4, 30);
    load.for_a_while(settings.lasts / 2).await;
    load.hear(20).await?;
    load.stop().await;
    let last = check(&stage.ground, &restored, &clients, &first.heads).await?.sound()?;
    stage.services.push(service);
    let (kept, again) = (first.resolved.before, first.resolved.now);
    ensure!(kept + again == later, "{later} came later, {kept} and {again} were resolved");
    Ok(Outcome::Held(format!(
        "{} promises restored; of {later} later ones {kept} were in the dump, {again} happened \
         again; then {} promises, {} events",
        first.acknowledged - later,
        last.acknowledged,
        last.events
    )))
}

/// What clients know at the dump, with everything that they asked later as open questions.
fn as_of(all: &Clients, before: crate::notes::Noted, service: &Service) -> (Clients, usize) {
    let mut later = BTreeMap::new();
    let noted = all.notes.copy();
    let known: std::collections::BTreeSet<_> =
        before.acknowledged.iter().map(|promise| promise.command.id()).collect();
    for command in noted.acknowledged.iter().map(|promise| &promise.command) {
        if !known.contains(&command.id()) {
            later.insert(command.id(), command.clone());
        }
    }
    later.extend(noted.open);
    let (count, notes) = (later.len(), Notes::default());
    *notes.open() = before;
    notes.open().open = later;
    let (doors, tenants) = (vec![service.door()], all.tenants.clone());
    (Clients { doors, tenants, notes }, count)
}
