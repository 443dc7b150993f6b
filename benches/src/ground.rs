//! The cluster of the run, and a fresh database for every point.

use std::{fs::Permissions, os::unix::fs::PermissionsExt};

use anyhow::Context;
use cluster::{Cluster, ClusterOptions, Connection};
use ledger::store::{Ablation, Ledger, Limits, MasterKey, StoreConfig};
use schema::RolePasswords;
use tempfile::TempDir;
use tokio_postgres::Client;

use crate::{cpu::Spent, job::Place};

const TEMPLATE: &str = "bench_template";
/// No secret: the server's socket is reachable by its own account alone, and ends with the run.
const PASSWORD: &str = "of a bench";

/// A durable cluster, and in it a migrated template.
pub(crate) struct Ground {
    cluster: Cluster,
    folder: TempDir,
}

/// A database for one point.
#[derive(Clone)]
pub(crate) struct Database {
    owner: Connection,
    name: String,
}

impl Ground {
    pub(crate) async fn prepare() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("daybook-bench-")
            // The server's account, which may not be ours, must get through.
            .permissions(Permissions::from_mode(0o711))
            .tempdir()?;
        let options = ClusterOptions { durable: true, ..ClusterOptions::new(folder.path()) };
        let cluster = Cluster::start(options).await.context("start the cluster")?;
        let ground = Self { cluster, folder };
        if let Err(error) = ground.make_template().await {
            ground.cluster.stop().await?;
            return Err(error);
        }
        Ok(ground)
    }

    async fn make_template(&self) -> anyhow::Result<()> {
        let admin = self.admin().await?;
        admin.batch_execute(&format!("create database {TEMPLATE}")).await?;
        let mut client = self.cluster.connection().connect(TEMPLATE).await?;
        schema::migrate(&mut client).await?;
        let password = || PASSWORD.to_owned();
        let passwords = RolePasswords { app: password(), writer: password(), relay: password() };
        schema::set_role_passwords(&client, &passwords).await?;
        drop(client);
        let close = format!("alter database {TEMPLATE} allow_connections false");
        Ok(admin.batch_execute(&close).await?)
    }

    pub(crate) async fn admin(&self) -> anyhow::Result<Client> {
        Ok(self.cluster.connection().connect("postgres").await?)
    }

    /// A database with our schema and no rows, just after a checkpoint.
    pub(crate) async fn ours(&self) -> anyhow::Result<Database> {
        self.named("bench_ours").await
    }

    /// The same under another name, to be kept while others come and go.
    pub(crate) async fn named(&self, name: &str) -> anyhow::Result<Database> {
        self.fresh(name, TEMPLATE).await
    }

    /// What this process and the server have spent so far.
    pub(crate) fn spent(&self) -> Spent {
        let file = self.folder.path().join("cluster/data/postmaster.pid");
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let postmaster = text.lines().next().and_then(|line| line.trim().parse().ok());
        Spent::so_far(postmaster.unwrap_or(u64::MAX))
    }

    pub(crate) async fn remove(&self, database: Database) -> anyhow::Result<()> {
        let drop = format!("drop database if exists {} with (force)", database.name);
        Ok(self.admin().await?.batch_execute(&drop).await?)
    }

    /// An empty database, just after a checkpoint.
    pub(crate) async fn empty(&self) -> anyhow::Result<Database> {
        self.fresh("bench_peer", "template1").await
    }

    async fn fresh(&self, name: &str, template: &str) -> anyhow::Result<Database> {
        let admin = self.admin().await?;
        admin.batch_execute(&format!("drop database if exists {name} with (force)")).await?;
        admin.batch_execute(&format!("create database {name} template {template}")).await?;
        admin.batch_execute("checkpoint").await?;
        Ok(Database { owner: self.cluster.connection(), name: name.to_owned() })
    }

    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        Ok(self.cluster.stop().await?)
    }
}

impl Database {
    /// One that is there already.
    pub(crate) fn at(place: Place) -> Self {
        let Place { socket_dir, port, user, password, database } = place;
        Self { owner: Connection { socket_dir, port, user, password }, name: database }
    }

    /// What another process must know to find it.
    pub(crate) fn place(&self) -> Place {
        let Connection { socket_dir, port, user, password } = self.owner.clone();
        Place { socket_dir, port, user, password, database: self.name.clone() }
    }

    pub(crate) fn owner(&self) -> &Connection {
        &self.owner
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) async fn client(&self) -> anyhow::Result<Client> {
        Ok(self.owner.connect(&self.name).await?)
    }

    /// How one of the three roles connects.
    pub(crate) fn config(&self, role: &str) -> tokio_postgres::Config {
        self.owner.as_role(role, PASSWORD).config(&self.name)
    }

    /// A ledger as the program opens it: every role its own, every limit the default.
    pub(crate) async fn ledger(&self) -> anyhow::Result<Ledger> {
        self.ledger_without(None).await
    }

    /// The same without a part of the append; `daybook` cannot be told to.
    pub(crate) async fn ledger_without(&self, part: Option<Ablation>) -> anyhow::Result<Ledger> {
        let config = StoreConfig {
            app: self.config(schema::APP),
            writer: self.config(schema::WRITER),
            relay: self.config(schema::RELAY),
            master_key: master_key(),
            limits: Limits { without: part, ..Limits::default() },
        };
        Ok(Ledger::open(config).await?)
    }

    /// A ledger whose three roles are the database's owner, whom no policy binds.
    pub(crate) async fn ledger_of_owner(&self) -> anyhow::Result<Ledger> {
        let owner = || self.owner.config(&self.name);
        let limits = Limits::default();
        let master_key = master_key();
        let (app, writer, relay) = (owner(), owner(), owner());
        Ok(Ledger::open(StoreConfig { app, writer, relay, master_key, limits }).await?)
    }
}

/// No secret, either.
fn master_key() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}
