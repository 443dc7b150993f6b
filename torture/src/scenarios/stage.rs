//! What every scenario begins with, and how it ends.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Settings;
use crate::check::{Report, check, panics};
use crate::ground::{Books, Ground};
use crate::load::Clients;
use crate::service::Service;
use crate::storm::clients;

/// A PostgreSQL, an installation on it, nodes, orgs, clients.
pub(crate) struct Stage {
    pub(crate) services: Vec<Service>,
    pub(crate) clients: Clients,
    pub(crate) books: Books,
    pub(crate) ground: Ground,
    heads: BTreeMap<Uuid, String>,
    keep: bool,
}

impl Stage {
    /// So many nodes and orgs.
    pub(crate) async fn new(
        settings: &Settings,
        nodes: usize,
        orgs: usize,
    ) -> anyhow::Result<Self> {
        let mut ground = Ground::new(&settings.program, &[]).await?;
        if settings.keep {
            ground.keep();
        }
        let books = ground.books("torture").await?;
        let mut services = Vec::new();
        for node in 0..nodes {
            services.push(Service::start(&books, &format!("node{node}"), None).await?);
        }
        let clients = clients(&services, orgs).await?;
        Ok(Self { services, clients, books, ground, heads: BTreeMap::new(), keep: settings.keep })
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
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.keep {
            eprintln!("kept: {}", self.ground.path("").display());
        }
    }
}
