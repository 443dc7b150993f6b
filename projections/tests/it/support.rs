//! A migrated database, a ledger on it, and an engine.

use std::time::Duration;

use ledger::{
    recorded::Recorded,
    store::{Ledger, Limits, MasterKey, StoreConfig},
    values::OrgId,
};
use projections::engine::{Engine, EngineOptions};
use schema::testing::{Role, TestDatabase, database};
use tokio::time::Instant;
use tokio_postgres::Client;

use crate::world::World;

/// Everything a test needs.
pub(crate) struct Setup {
    pub(crate) database: TestDatabase,
    pub(crate) ledger: Ledger,
    /// As the owner, who sees everything.
    pub(crate) owner: Client,
}

pub(crate) async fn setup() -> Setup {
    let database = database().await;
    let ledger = open(&database).await;
    let owner = database.connect(Role::Owner).await;
    Setup { database, ledger, owner }
}

/// Another program's ledger on the same database.
pub(crate) async fn open(database: &TestDatabase) -> Ledger {
    let config = StoreConfig {
        app: database.config(Role::App),
        writer: database.config(Role::Writer),
        relay: database.config(Role::Relay),
        master_key: MasterKey::from_bytes([7; 32]),
        limits: Limits { app_connections: 6, ..Limits::default() },
    };
    Ledger::open(config).await.unwrap()
}

/// How engines run in tests: as always, only more often.
pub(crate) fn options(database: &TestDatabase) -> EngineOptions {
    EngineOptions {
        relay: Some(database.config(Role::Relay)),
        scan_every: Duration::from_millis(50),
        compare_every: Duration::from_millis(500),
        ..EngineOptions::default()
    }
}

/// Read models only: no policy answers.
pub(crate) fn models_only(database: &TestDatabase) -> EngineOptions {
    EngineOptions { policies: Vec::new(), ..options(database) }
}

pub(crate) fn soon() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

/// Asks again until there is an answer, and not for ever.
pub(crate) async fn eventually<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = soon();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "nothing came of it");
        tokio::task::yield_now().await;
    }
}

/// Waits until every read model of an org has handled a position.
pub(crate) async fn reach(engine: &Engine, org: OrgId, position: i64) {
    for model in projections::engine::read_models() {
        engine.wait_for(org, model.name(), position, soon()).await.unwrap();
    }
}

impl Setup {
    pub(crate) fn engine(&self) -> Engine {
        Engine::start(self.ledger.clone(), models_only(&self.database))
    }

    /// Puts a history into the log as it is, without deciding it again.
    pub(crate) async fn append(&self, world: &World) {
        self.append_after(world, 0).await;
    }

    /// Puts the events after a position into the log.
    pub(crate) async fn append_after(&self, world: &World, position: i64) {
        if position == 0 {
            self.ledger.create_org(world.org, "Maple Chiropractic").await.unwrap();
        }
        let insert = "insert into events (org_id, position, aggregate_id, sequence, event_id, \
            correlation_id, causation_id, command_id, occurred_at, recorded_at, event_version, \
            aggregate_type, event_type, actor, payload, metadata, leaf_hash) \
            values ($1, $2, $3, $4, $5, $6, null, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
        let insert = self.owner.prepare(insert).await.unwrap();
        for event in world.events.iter().filter(|event| event.position > position) {
            self.insert(&insert, event).await;
        }
        self.move_head(world.org, world.head()).await;
    }

    async fn insert(&self, insert: &tokio_postgres::Statement, event: &Recorded) {
        let payload = event.event.encode().unwrap();
        let version = i32::from(event.event.version());
        let name = event.event.name();
        let (metadata, leaf): (&[u8], &[u8]) = (b"{}", &[0; 32]);
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 15] = [
            &event.org.0,
            &event.position,
            &event.aggregate_id,
            &event.sequence,
            &event.event_id,
            &event.correlation_id,
            &event.command_id,
            &event.occurred_at,
            &event.recorded_at,
            &version,
            &event.aggregate_type,
            &name,
            &event.actor.0,
            &payload,
            &metadata,
        ];
        let mut all = values.to_vec();
        all.push(&leaf);
        self.owner.execute(insert, &all).await.unwrap();
    }

    pub(crate) async fn move_head(&self, org: OrgId, position: i64) {
        let sql = "update org_heads set position = $2, recorded_at = now() where org_id = $1";
        self.owner.execute(sql, &[&org.0, &position]).await.unwrap();
    }

    /// Every row of a table as JSON, by key, whoever's it is.
    pub(crate) async fn table(&self, table: &str) -> Vec<String> {
        let sql = format!("select to_jsonb(t)::text from {table} t order by 1");
        let rows = self.owner.query(&sql, &[]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// One number.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.owner.query_one(sql, &[]).await.unwrap().get(0)
    }
}
