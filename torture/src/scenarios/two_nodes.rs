//! Two nodes on one org: what one has promised, the other neither refuses nor forgets.

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::http::{Answer, Client, Request};
use crate::load::{Clients, amount, read};
use crate::notes::{Command, Heard};
use crate::service::Door;
use crate::tenants::Tenant;

/// Three desks at once, each going back and forth between the nodes.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 2, 1).await?;
    let until = Instant::now() + settings.lasts * 2;
    let rounds = back_and_forth(&stage.clients, dice, 3, until).await?;
    let report = stage.check().await?;
    let read = stage.clients.notes.open().reads;
    Ok(Outcome::Held(format!(
        "{rounds} rounds, {read} reads of the other node's promises, none stale, none refused; {}",
        stage.figures(&report)
    )))
}

/// So many desks at once; answers how many rounds they made.
pub(super) async fn back_and_forth(
    clients: &Clients,
    dice: &mut Dice,
    desks: usize,
    until: Instant,
) -> anyhow::Result<usize> {
    let mut set = tokio::task::JoinSet::new();
    for number in 0..desks {
        let tenant = clients.tenants[number % clients.tenants.len()].clone();
        let run = dice.between(0, u64::MAX);
        let desk = Desk { client: Client::default(), clients: clients.clone(), run, tenant };
        set.spawn(desk.work(dice.split(), until));
    }
    let mut rounds = 0;
    while let Some(done) = set.join_next().await {
        rounds += done??;
    }
    Ok(rounds)
}

struct Desk {
    client: Client,
    clients: Clients,
    run: u64,
    tenant: Tenant,
}

impl Desk {
    async fn work(mut self, mut dice: Dice, until: Instant) -> anyhow::Result<usize> {
        let mut round = 0;
        while Instant::now() < until {
            let (one, two) = if dice.percent(50) { (0, 1) } else { (1, 0) };
            self.round(round, one, two, &mut dice).await?;
            round += 1;
        }
        Ok(round)
    }

    /// Charged here, issued there, paid here and there at once, seen on both.
    async fn round(
        &mut self,
        round: usize,
        one: usize,
        two: usize,
        dice: &mut Dice,
    ) -> anyhow::Result<()> {
        let cents = i64::try_from(dice.between(100, 9_999))?;
        let key = |what: &str| format!("{what}-{round}");
        let charge = "/v1/billing/charges/one-off".to_owned();
        let made = self.give(one, key("c"), charge, json!({"amount": amount(cents)})).await?;
        let id = made.body["invoice_id"].as_str().context("no invoice")?.to_owned();
        let invoice = format!("/v1/billing/invoices/{id}");
        self.give(two, key("i"), format!("{invoice}/issue"), json!({})).await?;
        let body = json!({"amount": amount(cents), "method": "check"});
        let paid = self.give(one, key("p"), format!("{invoice}/payments"), body.clone()).await?;
        // The same command to the other node is the same payment.
        let again = self.give(two, key("p"), format!("{invoice}/payments"), body).await?;
        ensure!(again.replayed && again.body["events"] == paid.body["events"], "paid twice: {id}");
        let position = paid.position.context("no position")?;
        for node in [two, one] {
            self.look(node, &id, position, cents).await?;
        }
        Ok(())
    }

    async fn give(
        &mut self,
        node: usize,
        key: String,
        path: String,
        body: Value,
    ) -> anyhow::Result<Answer> {
        let key = format!("{:x}-{key}", self.run);
        let command = Command { tenant: self.tenant.clone(), method: "POST", path, body, key };
        for _ in 0..50 {
            let to = address(&self.clients.doors, node)?;
            let answered = self.client.ask(to, &command.request(false)).await;
            match self.clients.notes.hear(&command, answered) {
                Heard::Done(answer) => return Ok(answer),
                Heard::Later(_) => {}
                other => bail!("{} on node {node}: {other:?}", command.path),
            }
        }
        bail!("{} on node {node}: put off for ever", command.path)
    }

    async fn look(
        &mut self,
        node: usize,
        id: &str,
        position: i64,
        cents: i64,
    ) -> anyhow::Result<()> {
        let request = Request {
            method: "GET",
            path: format!("/v1/billing/payment-status/{id}"),
            bearer: self.tenant.secret.clone(),
            headers: vec![("daybook-min-position", position.to_string())],
            body: None,
        };
        for _ in 0..20 {
            let to = address(&self.clients.doors, node)?;
            let answered = self.client.ask(to, &request).await;
            match read(&self.clients.notes, &request, answered) {
                Heard::Done(answer) => {
                    let fresh = answer.position >= Some(position)
                        && answer.body["amount_paid_cents"] == cents;
                    ensure!(fresh, "stale at {position} on node {node}: {}", answer.body);
                    return Ok(());
                }
                Heard::Later(_) => {}
                other => bail!("payment-status on node {node}: {other:?}"),
            }
        }
        bail!("node {node} stays behind {position}")
    }
}

fn address(doors: &[Door], node: usize) -> anyhow::Result<std::net::SocketAddr> {
    doors.get(node).and_then(Door::address).context("a node is gone")
}
