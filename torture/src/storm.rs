//! `kill -9` at random moments under load.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::json;
use tokio::time::sleep;

use crate::check::{Report, check, panics};
use crate::dice::Dice;
use crate::ground::{Books, Ground};
use crate::http::Client;
use crate::load::{Clients, Load};
use crate::notes::{Command, Heard, Notes};
use crate::service::Service;
use crate::tenants::tenants;

/// How much of it.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many kills.
    pub kills: u32,
    /// Kills between two checks.
    pub check_every: u32,
    /// The longest time between a recovery and the next kill, in milliseconds.
    pub longest_pause: u64,
    /// Clients.
    pub workers: usize,
    /// How long each of them takes between two commands, in milliseconds.
    pub pace: u64,
}

/// What was killed how often, and what the last check saw.
#[derive(Debug, Clone, Default)]
pub struct Storm {
    /// By what was killed.
    pub kills: BTreeMap<&'static str, u32>,
    /// Checks made.
    pub checks: u32,
    /// Resolved in all checks: they had happened, they happen now.
    pub resolved: (usize, usize),
    /// The last check.
    pub last: Report,
}

/// Orgs whose founder delegates everything, and clients of theirs.
///
/// # Errors
/// When the service refuses.
pub async fn clients(services: &[Service], orgs: usize) -> anyhow::Result<Clients> {
    let first = services.first().context("no service")?;
    let doors = services.iter().map(Service::door).collect();
    let tenants = tenants(first, orgs).await?;
    let clients = Clients { doors, tenants, notes: Notes::default() };
    let to = first.address().context("the service does not run")?;
    for tenant in &clients.tenants {
        let body = json!({"enabled": true, "auto_send_statements": true,
            "ai_autonomous_approval_threshold": 1000.0});
        let path = "/v1/founder-billing/config".to_owned();
        let key = "delegate".to_owned();
        let command = Command { tenant: tenant.clone(), method: "PUT", path, body, key };
        let answered = Client::default().ask(to, &command.request(false)).await;
        match clients.notes.hear(&command, answered) {
            Heard::Done(_) => {}
            other => bail!("nothing is delegated: {other:?}"),
        }
    }
    Ok(clients)
}

/// Kills, brings back, waits until somebody is served again; checks now and then, and at the end,
/// when nobody gives commands any more: what the last check saw is what is left.
///
/// # Errors
/// What was found, or what does not come back.
pub async fn storm(
    ground: &mut Ground,
    books: &Books,
    services: &mut [Service],
    clients: &Clients,
    dice: &mut Dice,
    plan: Plan,
) -> anyhow::Result<Storm> {
    let mut storm = Storm::default();
    let load = Load::start(clients, dice, plan.workers, plan.pace);
    for number in 1..=plan.kills {
        sleep(Duration::from_millis(dice.between(20, plan.longest_pause))).await;
        let what = kill(ground, services, dice).await?;
        *storm.kills.entry(what).or_default() += 1;
        for service in services.iter_mut().filter(|service| service.address().is_some()) {
            if !service.runs() {
                bail!("kill {number} ({what}): a service ended by itself");
            }
        }
        load.hear(1).await.with_context(|| format!("kill {number} ({what})"))?;
        if number % plan.check_every == 0 && number < plan.kills {
            let quiet = load.quiet().await;
            let checked = storm.check(ground, books, clients).await;
            checked.with_context(|| format!("after kill {number} ({what})"))?;
            drop(quiet);
        }
    }
    load.stop().await;
    storm.check(ground, books, clients).await.context("after the last kill")?;
    let all: Vec<&Service> = services.iter().collect();
    let panicked = panics(&all)?;
    Report { findings: panicked, ..Report::default() }.sound()?;
    Ok(storm)
}

impl Storm {
    /// Checks while nobody gives commands; the heads of the check before must be contained.
    async fn check(
        &mut self,
        ground: &Ground,
        books: &Books,
        clients: &Clients,
    ) -> anyhow::Result<()> {
        self.last = check(ground, books, clients, &self.last.heads).await?.sound()?;
        self.checks += 1;
        self.resolved.0 += self.last.resolved.before;
        self.resolved.1 += self.last.resolved.now;
        Ok(())
    }
}

/// Kills something, and brings it back.
async fn kill(
    ground: &mut Ground,
    services: &mut [Service],
    dice: &mut Dice,
) -> anyhow::Result<&'static str> {
    let one = dice.index(services.len());
    let down = Duration::from_millis(dice.between(0, 300));
    let service = services.get_mut(one).context("no service")?;
    Ok(match dice.between(0, 100) {
        0..50 => {
            service.kill().await?;
            sleep(down).await;
            service.revive().await?;
            "service"
        }
        50..75 => {
            ground.postgres.kill()?;
            sleep(down).await;
            ground.postgres.revive().await?;
            "PostgreSQL"
        }
        75..90 => {
            ground.postgres.kill_a_backend().await?;
            sleep(down).await;
            ground.postgres.answers().await?;
            "a process of PostgreSQL"
        }
        _ => {
            ground.postgres.kill()?;
            service.kill().await?;
            ground.postgres.revive().await?;
            service.revive().await?;
            "both"
        }
    })
}
