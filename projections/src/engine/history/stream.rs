//! One subject as it was: its own streams, folded for one question.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use deadpool_postgres::ClientWrapper;
use ledger::{
    Decider, DecodeError,
    recorded::Recorded,
    store::{Stored, rows::COLUMNS},
    values::{Id, OrgId},
};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{
    super::{
        EngineError, ReadModel,
        log::panic_text,
        rebuild::{Bulk, bulk},
        statements::TableSql,
    },
    tables::{Rows, create, ours},
};

/// The streams that make the rows of one subject: all of them, and no other, or the answer is
/// not the one that the whole log gives. A law checks every use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streams {
    kinds: &'static [&'static str],
    id: Uuid,
}

impl Streams {
    /// The stream of one aggregate.
    pub fn of<A: Decider>(id: Id<A>) -> Self {
        Self { kinds: const { &[A::TYPE] }, id: id.uuid() }
    }

    /// The streams of three kinds of aggregates that share an id.
    pub fn of_three<A: Decider, B: Decider, C: Decider>(id: Uuid) -> Self {
        Self { kinds: const { &[A::TYPE, B::TYPE, C::TYPE] }, id }
    }
}

/// What is known of a subject at a position.
pub(crate) struct StreamView {
    pub(crate) position: i64,
    streams: Streams,
    filled: Mutex<Filled>,
}

#[derive(Default)]
struct Filled {
    events: Option<Vec<Recorded>>,
    models: HashSet<&'static str>,
}

impl StreamView {
    pub(crate) fn new(position: i64, streams: Streams) -> Self {
        Self { position, streams, filled: Mutex::default() }
    }

    /// The table of a model within the transaction that the connection is in.
    pub(crate) async fn table<M: ReadModel>(
        &self,
        client: &ClientWrapper,
        org: OrgId,
    ) -> Result<String, EngineError> {
        let name = format!("asof_{}_v{}", M::NAME, M::VERSION);
        let mut filled = self.filled.lock().await;
        if filled.models.contains(M::NAME) {
            return Ok(name);
        }
        ours::<M>(client, org).await?;
        create::<M>(client, &name, Rows::OfTransaction).await?;
        let events = match filled.events.take() {
            Some(events) => events,
            None => self.read(client, org).await?,
        };
        let mut rows = bulk::<M>();
        for event in &events {
            hear::<M>(rows.as_mut(), event)?;
        }
        let sql = TableSql::named::<M>(name.clone());
        let written = rows.write(client, &sql, org).await;
        written.map_err(EngineError::database("filling a table of the past"))?;
        filled.events = Some(events);
        filled.models.insert(M::NAME);
        Ok(name)
    }

    async fn read(&self, client: &ClientWrapper, org: OrgId) -> Result<Vec<Recorded>, EngineError> {
        let failed = || EngineError::database("reading a subject's streams");
        let sql = format!(
            "select {COLUMNS}\nfrom events\nwhere org_id = $1\nand aggregate_type = any($2)\n\
             and aggregate_id = $3\nand position <= $4\norder by position"
        );
        let Streams { kinds, id } = self.streams;
        let statement = client.prepare_cached(&sql).await.map_err(failed())?;
        let rows = client.query(&statement, &[&org.0, &kinds, &id, &self.position]).await;
        let mut events = Vec::new();
        for row in rows.map_err(failed())? {
            let stored = Stored::from_row(&row)?;
            let position = stored.position;
            let event = stored.decode().map_err(|source| undecoded(org, position, source))?;
            events.push(event);
        }
        Ok(events)
    }
}

/// A shape of a newer program's is no damage.
pub(super) fn undecoded(org: OrgId, position: i64, source: DecodeError) -> EngineError {
    match source {
        DecodeError::Unknown { name, .. } => EngineError::NeedsUpgrade { org, model: name },
        source @ DecodeError::Malformed { .. } => EngineError::Decode { org, position, source },
    }
}

/// Lets a fold hear an event; one that it cannot digest is said, never passed over.
pub(super) fn hear<M: ReadModel>(
    rows: &mut (dyn Bulk + '_),
    event: &Recorded,
) -> Result<(), EngineError> {
    catch_unwind(AssertUnwindSafe(|| rows.hear(event))).map_err(|panic| EngineError::Poison {
        org: event.org,
        model: M::NAME.to_owned(),
        position: event.position,
        reason: panic_text(panic.as_ref()),
    })
}
