//! `kill -9` of the service, of PostgreSQL, of one of its processes, of both.

use super::{Outcome, Settings, Stage};
use crate::damage::prove;
use crate::dice::Dice;
use crate::storm::{Plan, storm};

/// Two nodes on four orgs; the checker at intervals, at the end, and against damaged copies of
/// the history that came of it.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 2, 4).await?;
    let kills = settings.kills;
    let plan = Plan { kills, check_every: 25, longest_pause: 1_500, workers: 6, pace: 40 };
    let Stage { services, clients, books, ground, .. } = &mut stage;
    let storm = storm(ground, books, services, clients, dice, plan).await?;
    for service in services {
        service.stop().await?;
    }
    let damages = prove(ground, books, &clients.notes.copy(), &storm.last.heads).await?;
    let killed: Vec<String> =
        storm.kills.iter().map(|(what, count)| format!("{count} of {what}")).collect();
    let (before, now) = storm.resolved;
    Ok(Outcome::Held(format!(
        "{kills} kills ({}), {} checks; {} promises, {} events, {} messages; {} commands without \
         an answer resolved ({before} had happened, {now} happened then); {damages} damages found",
        killed.join(", "),
        storm.checks,
        storm.last.acknowledged,
        storm.last.events,
        storm.last.messages,
        before + now,
    )))
}
