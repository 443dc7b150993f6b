//! An event that cannot be read, in one org of a thousand.

use anyhow::{Context, bail, ensure};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, sleep};
use tokio_postgres::Client as Owner;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::http::{Client, Request};
use crate::load::{Clients, read};
use crate::notes::{Command, Heard};
use crate::tenants::{Tenant, tenants};

/// How many orgs.
const ORGS: usize = 1_000;

/// As somebody with all rights could write it: a name that is known, and nothing that belongs to
/// it. Its leaf is wrong as well, but nobody reads leaves to serve.
const POISON: &str = "\
insert into events
select org_id, position + 1, gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), null,
    gen_random_uuid(), now(), now(), 1, 'invoice', 'billing.invoice.line_added', 'test:poison',
    '{}'::bytea, '{}'::bytea, decode(repeat('00', 32), 'hex')
from org_heads where org_id = $1";
const HEAD_ON: &str = "update org_heads set position = position + 1 where org_id = $1";

/// The others go on, all of them; the one is told, waits, and goes on when it is mended.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 1, 4).await?;
    let more = tenants(&stage.services[0], ORGS - 4).await?;
    stage.clients.tenants.extend(more);
    let owner = stage.ground.postgres.owner(&stage.books.database).await?;
    let sick = stage.clients.tenants[3].clone();
    poison(&owner, &sick).await?;
    let since = Instant::now();
    let load = crate::load::Load::start(&stage.part(&[0], 0..3), dice, 3, 30);
    let others: Vec<Tenant> =
        stage.clients.tenants.iter().filter(|tenant| **tenant != sick).cloned().collect();
    let served = everybody(&stage.clients, others).await?;
    let took = since.elapsed().as_millis();
    let behind = seen(&stage, &sick).await?;
    ensure!(behind == 503, "the sick org is shown as if it were well: {behind}");
    let kept = parked(&owner, &sick).await?;
    load.stop().await;
    mend(&owner, &sick, &stage).await?;
    let report = stage.check().await?;
    Ok(Outcome::Held(format!(
        "{served} orgs served and seen in {took} ms, {kept} models of the sick one parked, mended \
         by a rebuild; {}",
        stage.figures(&report)
    )))
}

async fn poison(owner: &Owner, sick: &Tenant) -> anyhow::Result<()> {
    owner.batch_execute("begin").await?;
    owner.execute(POISON, &[&sick.org]).await?;
    owner.execute(HEAD_ON, &[&sick.org]).await?;
    Ok(owner.batch_execute("commit").await?)
}

/// Takes the poison out again, and has the org's read models worked out anew.
async fn mend(owner: &Owner, sick: &Tenant, stage: &Stage) -> anyhow::Result<()> {
    let org = sick.org;
    owner
        .batch_execute(&format!(
            "begin; set local session_replication_role = replica; \
             delete from events where org_id = '{org}' and actor = 'test:poison'; \
             update org_heads set position = position - 1 where org_id = '{org}'; \
             delete from parked where org_id = '{org}' and slot = '-'; commit"
        ))
        .await?;
    let said = stage.books.run(&["rebuild", "--all", "--org", &org.to_string()]).await?;
    ensure!(said.code == 0, "the org cannot be rebuilt: {}", said.text);
    Ok(())
}

/// A command of each org, seen at its position.
async fn everybody(clients: &Clients, orgs: Vec<Tenant>) -> anyhow::Result<usize> {
    let mut set = JoinSet::new();
    let count = orgs.len();
    for part in orgs.chunks(count.div_ceil(8)) {
        let (part, clients) = (part.to_vec(), clients.clone());
        set.spawn(async move {
            let mut client = Client::default();
            for tenant in part {
                serve(&clients, &mut client, tenant).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = set.join_next().await {
        done??;
    }
    Ok(count)
}

async fn serve(clients: &Clients, client: &mut Client, tenant: Tenant) -> anyhow::Result<()> {
    let to = clients.doors[0].address().context("the service does not run")?;
    let (path, key) = ("/v1/billing/charges/one-off".to_owned(), "beside-the-poison".to_owned());
    let body = json!({"amount": "3.00"});
    let command = Command { tenant: tenant.clone(), method: "POST", path, body, key };
    let answered = client.ask(to, &command.request(false)).await;
    let Heard::Done(answer) = clients.notes.hear(&command, answered) else {
        bail!("org {} is not served", tenant.org);
    };
    for _ in 0..20 {
        let request = invoices(&tenant, answer.position.unwrap_or(0));
        let answered = client.ask(to, &request).await;
        match read(&clients.notes, &request, answered) {
            Heard::Done(_) => return Ok(()),
            Heard::Later(_) => {}
            other => bail!("org {}: {other:?}", tenant.org),
        }
    }
    bail!("org {} stays behind", tenant.org)
}

fn invoices(tenant: &Tenant, position: i64) -> Request {
    Request {
        method: "GET",
        path: format!("/v1/billing/offices/{}/invoices?limit=5", tenant.org),
        bearer: tenant.secret.clone(),
        headers: vec![("daybook-min-position", position.to_string())],
        body: None,
    }
}

/// How the sick org's list is answered at its head.
async fn seen(stage: &Stage, sick: &Tenant) -> anyhow::Result<u16> {
    let owner = stage.ground.postgres.owner(&stage.books.database).await?;
    let head = "select position from org_heads where org_id = $1";
    let head: i64 = owner.query_one(head, &[&sick.org]).await?.get(0);
    let answer = Client::default().ask(stage.address(0)?, &invoices(sick, head)).await?;
    Ok(answer.status)
}

/// How many of its models are parked; at least one is.
async fn parked(owner: &Owner, sick: &Tenant) -> anyhow::Result<i64> {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let ask = "select count(*) from parked where org_id = $1";
        let count: i64 = owner.query_one(ask, &[&sick.org]).await?.get(0);
        let others = "select count(*) from parked where org_id <> $1";
        let others: i64 = owner.query_one(others, &[&sick.org]).await?.get(0);
        ensure!(others == 0, "{others} models of other orgs are parked");
        if count > 0 {
            return Ok(count);
        }
        ensure!(Instant::now() < deadline, "nothing is parked");
        sleep(Duration::from_millis(50)).await;
    }
}
