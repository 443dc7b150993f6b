//! A dump under load, restored elsewhere, and the books go on from there.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, ensure};

use super::{Outcome, Settings, Stage};
use crate::check::{check, resolve_in_order};
use crate::dice::Dice;
use crate::load::{Clients, Load};
use crate::notes::{Command, Noted, Notes};
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
    let count = later.len();
    let (resolved, findings) = resolve_in_order(&clients, later).await?;
    ensure!(findings.is_empty(), "{findings:?}");
    let first = check(&stage.ground, &restored, &clients, &stage.heads).await?.sound()?;
    let load = Load::start(&clients, dice, 4, 30);
    load.for_a_while(settings.lasts / 2).await;
    load.hear(20).await?;
    load.stop().await;
    let last = check(&stage.ground, &restored, &clients, &first.heads).await?.sound()?;
    stage.services.push(service);
    let (kept, again) = (resolved.before, resolved.now);
    Ok(Outcome::Held(format!(
        "{} promises restored; of {count} later ones {kept} were in the dump, {again} happened \
         again; then {} promises, {} events",
        first.acknowledged.saturating_sub(count),
        last.acknowledged,
        last.events
    )))
}

/// What clients know at the dump; and everything that they asked later, in that order, since
/// what came later rests on what came before.
fn as_of(all: &Clients, before: Noted, service: &Service) -> (Clients, Vec<Command>) {
    let promises = before.acknowledged.iter();
    let mut known: BTreeSet<_> = promises.map(|promise| promise.command.id()).collect();
    let noted = all.notes.copy();
    let answered = noted.acknowledged.into_iter().map(|promise| promise.command);
    let asked = answered.chain(noted.open.into_values());
    let later = asked.filter(|command| known.insert(command.id())).collect();
    let notes = Notes::default();
    *notes.open() = Noted { open: std::collections::BTreeMap::new(), ..before };
    let (doors, tenants) = (vec![service.door()], all.tenants.clone());
    (Clients { doors, tenants, notes }, later)
}
