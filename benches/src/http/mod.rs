//! Commands over HTTP: the real application on loopback, asked over connections that stay open,
//! one request at a time on each, by a client on a thread of its own.
//!
//! - `service.rs`: the service as the program starts it, and a handler that does nothing.
//! - `client.rs`: the least that can ask.
//! - `lines.rs`: the request: a line on an open invoice, with a key of its own.
//! - `lag.rs`: how long after an acknowledgement everything that follows the log has followed.

mod client;
mod lag;
mod lines;
mod noop;
mod service;

use std::sync::Arc;

use ledger::store::{Ledger, account_id};
use ledger::{
    invoice::{Invoice, InvoiceCommand},
    subscription::Subscription,
};

use crate::{
    append::ours::check,
    bench::Bench,
    drive::{Caller, drive},
    figures::{Point, Sample},
    ground::Ground,
    options::{Part, Plan},
    work::{id, invoice, line, org},
};
use client::Load;
use lines::Lines;

pub(crate) use client::Connection;
pub(crate) use lag::{Lag, follow};
pub(crate) use lines::onboarded;
pub(crate) use service::{Follow, Service, rest};

/// A handler that does nothing, in the same server.
pub(crate) const NOOP: &str = "http: no-op";
/// The same commands through the executor.
pub(crate) const EXECUTOR: &str = "http: executor";
/// Nobody follows the log.
pub(crate) const COMMANDS: &str = "http: command";
/// Read models and policies follow the log.
pub(crate) const LIVE: &str = "http: command, all live";
/// So many arrive in a second as half of what the closed loop reached.
pub(crate) const OPEN: &str = "http: open loop";
/// The same with read models and policies.
pub(crate) const LIVE_OPEN: &str = "http: open loop, all live";
/// How long after the acknowledgement everything had followed.
pub(crate) const SETTLED: &str = "http: settled, all live";
/// Arrivals that somebody must have promised, where the machine can: commands a second.
const PROMISED: f64 = 6_000.0;

pub(crate) const fn point(what: &'static str, clients: usize) -> Point {
    Point { part: Part::Http, what, orgs: 1, clients, events: 1 }
}

/// All of it once.
pub(crate) async fn measure(bench: &mut Bench<'_>) {
    let (ground, plan) = (bench.ground, bench.plan);
    for clients in [1, 8, 64, 256] {
        bench.point(point(NOOP, clients), noop::measure(plan, clients)).await;
    }
    for clients in [64, 256] {
        bench.point(point(EXECUTOR, clients), executor(ground, plan, clients)).await;
    }
    for clients in [1, 8, 64, 256] {
        bench.point(point(COMMANDS, clients), closed(ground, plan, clients, Follow::Nobody)).await;
    }
    let reached = bench.figures.latest(point(COMMANDS, 64));
    if let Some(rate) = reached {
        bench.point(point(OPEN, 64), open(ground, plan, rate / 2.0)).await;
    }
    for clients in [1, 8, 64, 256] {
        bench.point(point(LIVE, clients), closed(ground, plan, clients, Follow::All)).await;
    }
    if let Some(rate) = bench.figures.latest(point(LIVE, 64)) {
        // As many as are wanted, or what can be had with some room.
        live_open(bench, PROMISED.min(rate * 0.8)).await;
    }
}

async fn closed(
    ground: &Ground,
    plan: &Plan,
    clients: usize,
    follow: Follow,
) -> anyhow::Result<Sample> {
    let database = ground.ours().await?;
    let service = Service::start(&database, follow).await?;
    let lines = Lines::prepare(&service, plan.invoices).await?;
    let load = Load { address: service.address(), clients, a_second: None, told: None };
    let then = ground.spent();
    let measured = client::run(load, Arc::new(lines), plan).await?;
    let spent = ground.spent().since(then, measured.answers as f64);
    service.stop().await?;
    check(&database).await?;
    Ok(Sample::from(measured).noting_all(spent))
}

async fn open(ground: &Ground, plan: &Plan, a_second: f64) -> anyhow::Result<Sample> {
    let database = ground.ours().await?;
    let service = Service::start(&database, Follow::Nobody).await?;
    let lines = Lines::prepare(&service, plan.invoices).await?;
    let a = Some(a_second);
    let load = Load { address: service.address(), clients: 64, a_second: a, told: None };
    let measured = client::run(load, Arc::new(lines), plan).await?;
    service.stop().await?;
    Ok(Sample::from(measured).noting("arrivals a second", a_second))
}

/// One load, two points: its own latencies, and how long everything took to follow.
async fn live_open(bench: &mut Bench<'_>, a_second: f64) {
    let (ground, plan) = (bench.ground, bench.plan);
    let (answered, settled) = (point(LIVE_OPEN, 64), point(SETTLED, 64));
    if !plan.wants(answered) && !plan.wants(settled) {
        return;
    }
    let measuring = async {
        let database = ground.ours().await?;
        let service = Service::start(&database, Follow::All).await?;
        let lines = Lines::prepare(&service, plan.invoices).await?;
        let (told, lag) = Lag::watch(service.engine(), org(0), plan);
        let a = Some(a_second);
        let load = Load { address: service.address(), clients: 64, a_second: a, told: Some(told) };
        let measured = client::run(load, Arc::new(lines), plan).await?;
        let lag = lag.seen().await?;
        service.stop().await?;
        check(&database).await?;
        let answered = Sample::from(measured).noting("arrivals a second", a_second);
        anyhow::Ok((answered, lag))
    };
    if let Some((first, second)) = bench.within(answered, plan.deadline, measuring).await {
        bench.figures.add(answered, first);
        bench.figures.add(settled, second);
    }
}

/// The same command as over HTTP, from a caller in the same process.
async fn executor(ground: &Ground, plan: &Plan, clients: usize) -> anyhow::Result<Sample> {
    let database = ground.ours().await?;
    let service = Service::start(&database, Follow::Nobody).await?;
    Lines::prepare(&service, plan.invoices).await?;
    let callers = (0..clients).map(|number| Direct {
        ledger: service.ledger().clone(),
        caller: number as u64,
        asked: 0,
        invoices: plan.invoices,
    });
    let then = ground.spent();
    let measured = drive(callers.collect(), plan.pace).await?;
    let spent = ground.spent().since(then, measured.answers as f64);
    service.stop().await?;
    Ok(Sample::from(measured).noting_all(spent))
}

struct Direct {
    ledger: Ledger,
    caller: u64,
    asked: u64,
    invoices: u64,
}

impl Caller for Direct {
    async fn call(&mut self) -> anyhow::Result<()> {
        self.asked += 1;
        let context = lines::context(&self.ledger, self.caller, self.asked);
        let (account, line_id) = (account_id(org(0)), id(7 + self.caller, self.asked));
        let about = invoice(id(11 + self.caller, self.asked).as_u64_pair().0 % self.invoices);
        let build = move |_: &Subscription| -> Result<InvoiceCommand, Box<dyn ledger::Refusal>> {
            Ok(line(line_id))
        };
        let batch = self.ledger.batch(context);
        batch.then_from::<Invoice, Subscription>(about, account, build).run().await?;
        Ok(())
    }
}
