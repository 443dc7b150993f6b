//! What every scenario begins with, and how it ends.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Range;

use anyhow::Context;
use uuid::Uuid;

use super::Settings;
use crate::check::{Report, check, panics};
use crate::dice::Dice;
use crate::ground::{Books, Ground};
use crate::load::{Clients, Load};
use crate::proxy::Proxy;
use crate::service::Service;
use crate::storm::clients;

/// A PostgreSQL, an installation on it, nodes, orgs, clients.
pub(crate) struct Stage {
    pub(crate) services: Vec<Service>,
    pub(crate) clients: Clients,
    pub(crate) books: Books,
    pub(crate) ground: Ground,
    pub(crate) heads: BTreeMap<Uuid, String>,
    keep: bool,
}

impl Stage {
    /// So many nodes and orgs.
    pub(crate) async fn new(
        settings: &Settings,
        nodes: usize,
        orgs: usize,
    ) -> anyhow::Result<Self> {
        Self::on(settings, Ground::new(&settings.program, &[]).await?, nodes, orgs).await
    }

    /// The same on a ground that was prepared.
    pub(crate) async fn on(
        settings: &Settings,
        mut ground: Ground,
        nodes: usize,
        orgs: usize,
    ) -> anyhow::Result<Self> {
        if settings.keep {
            ground.keep();
        }
        let books = ground.books("torture").await?;
        Self::with(settings, ground, books, nodes, orgs).await
    }

    /// The same on an installation that is there.
    pub(crate) async fn with(
        settings: &Settings,
        ground: Ground,
        books: Books,
        nodes: usize,
        orgs: usize,
    ) -> anyhow::Result<Self> {
        let mut services = Vec::new();
        for node in 0..nodes {
            services.push(Service::start(&books, &format!("node{node}"), None).await?);
        }
        let clients = clients(&services, orgs).await?;
        Ok(Self { services, clients, books, ground, heads: BTreeMap::new(), keep: settings.keep })
    }

    /// A line to this PostgreSQL.
    pub(crate) async fn proxy(&self) -> anyhow::Result<Proxy> {
        Proxy::start(&self.ground.postgres.socket()).await
    }

    /// Starts a node anew, behind a line.
    pub(crate) async fn put_behind(&mut self, node: usize, proxy: &Proxy) -> anyhow::Result<()> {
        self.services[node].stop().await?;
        let name = format!("behind{node}");
        let service = Service::start(&self.books, &name, Some(proxy.port)).await?;
        self.clients.doors[node] = service.door();
        self.services[node] = service;
        Ok(())
    }

    /// Clients of all orgs, at any node.
    pub(crate) fn load(&self, dice: &mut Dice, workers: usize, pace: u64) -> Load {
        Load::start(&self.clients, dice, workers, pace)
    }

    /// Only these nodes and orgs, with the same notes.
    pub(crate) fn part(&self, nodes: &[usize], orgs: Range<usize>) -> Clients {
        Clients {
            doors: nodes.iter().map(|node| self.clients.doors[*node].clone()).collect(),
            tenants: self.clients.tenants[orgs].to_vec(),
            notes: self.clients.notes.clone(),
        }
    }

    /// Where a node answers.
    pub(crate) fn address(&self, node: usize) -> anyhow::Result<SocketAddr> {
        self.clients.doors[node].address().context("a node is gone")
    }

    /// How often callers were put off.
    pub(crate) fn put_off(&self) -> u64 {
        self.clients.notes.open().put_off.values().sum()
    }

    /// Everything is checked, the heads of the check before are contained, nobody panicked.
    pub(crate) async fn check(&mut self) -> anyhow::Result<Report> {
        let report = check(&self.ground, &self.books, &self.clients, &self.heads).await?;
        let services: Vec<&Service> = self.services.iter().collect();
        let panicked = Report { findings: panics(&services)?, ..Report::default() };
        let report = report.sound()?;
        panicked.sound()?;
        self.heads = report.heads.clone();
        Ok(report)
    }

    /// What every scenario tells.
    pub(crate) fn figures(&self, report: &Report) -> String {
        let noted = self.clients.notes.open();
        let put_off: Vec<String> =
            noted.put_off.iter().map(|(what, times)| format!("{what} × {times}")).collect();
        let told = if put_off.is_empty() {
            String::new()
        } else {
            format!(" (answered {})", put_off.join(", "))
        };
        let (events, resolved) = (report.events, report.resolved);
        format!(
            "{} promises, {events} events, {} lost answers; {} resolved: {} had happened, {} \
             then{told}",
            report.acknowledged,
            noted.lost,
            resolved.all(),
            resolved.before,
            resolved.now
        )
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.keep {
            eprintln!("kept: {}", self.ground.path("").display());
        }
    }
}
