//! The history that is asked about.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::{
    errand::{self, What},
    figures::Sample,
    ground::{Database, Ground},
    history::{self, EVENTS, Wanted},
    http::{Connection, Follow, Service, onboarded},
    work::org,
};

/// Making it: the log, then all read models in one pass.
pub(super) const MADE: [&str; 2] = ["history: made, tenth", "history: made"];

/// An org with a long log, its read models, and the service.
pub(super) struct History {
    pub(super) invoices: u64,
    pub(super) head: i64,
    key: String,
    service: Service,
    database: Database,
}

/// Somebody who asks.
pub(super) struct Asker {
    connection: Connection,
    key: String,
}

impl History {
    pub(super) async fn make(
        ground: &Ground,
        invoices: u64,
        patience: Duration,
    ) -> anyhow::Result<(Self, Sample)> {
        let database = ground.named("bench_history").await?;
        let ledger = database.ledger().await?;
        let key = onboarded(&ledger).await?;
        let started = Instant::now();
        let wanted = Wanted { org: org(0), first: 0, invoices };
        let events = history::fill(&ledger, &database, vec![wanted]).await?;
        ledger.close().await;
        let copied = started.elapsed().as_secs_f64();
        let rebuild = What::Rebuild { models: Vec::new(), switch: true };
        errand::send(&database, rebuild, patience).await?;
        let spent = started.elapsed().as_secs_f64();
        database.client().await?.batch_execute("vacuum analyze").await?;
        let service = Service::start(&database, Follow::Models).await?;
        let head = service.ledger().head(org(0)).await?.context("the org is there")?;
        let sample = Sample::once(events as f64 / spent)
            .noting("copied in a second", events as f64 / copied)
            .noting("invoices", (events / EVENTS) as f64);
        Ok((Self { invoices, head, key, service, database }, sample))
    }

    pub(super) async fn asker(&self) -> anyhow::Result<Asker> {
        let connection = Connection::open(self.service.address()).await?;
        Ok(Asker { connection, key: self.key.clone() })
    }

    pub(super) async fn end(self, ground: &Ground) -> anyhow::Result<()> {
        self.service.stop().await?;
        ground.remove(self.database).await
    }
}

impl Asker {
    /// Asks, and must be answered.
    pub(super) async fn get(&mut self, path: &str) -> anyhow::Result<serde_json::Value> {
        let (status, body) = self.ask(path).await?;
        ensure!(status == 200, "{path}: HTTP {status}: {body}");
        Ok(body)
    }

    pub(super) async fn ask(&mut self, path: &str) -> anyhow::Result<(u16, serde_json::Value)> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {}\r\n\r\n",
            self.key
        );
        let answer = self.connection.ask(request.as_bytes()).await?;
        Ok((answer.status, serde_json::from_str(answer.body)?))
    }
}
