//! One subject as it was: its own streams, folded for one question.

use std::{cell::Cell, collections::HashMap, sync::Arc};

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
    super::{EngineError, Folded, ReadModel, fold, log::caught},
    given::{Given, GivenRows},
    tables::ours,
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
    tables: HashMap<&'static str, (String, Arc<dyn Given>)>,
}

impl StreamView {
    pub(crate) fn new(position: i64, streams: Streams) -> Self {
        Self { position, streams, filled: Mutex::default() }
    }

    /// What statements call the rows of a model.
    pub(crate) async fn table<M: ReadModel>(
        &self,
        client: &ClientWrapper,
        org: OrgId,
    ) -> Result<String, EngineError> {
        let mut filled = self.filled.lock().await;
        if let Some((name, _)) = filled.tables.get(M::NAME) {
            return Ok(name.clone());
        }
        ours::<M>(client, org).await?;
        let events = match filled.events.take() {
            Some(events) => events,
            None => self.read(client, org).await?,
        };
        let rows = GivenRows::<M>::new(org, folded::<M>(org, &events)?);
        filled.events = Some(events);
        let name = format!("{}_then", M::NAME);
        filled.tables.insert(M::NAME, (name.clone(), Arc::new(rows)));
        Ok(name)
    }

    /// The rows that a statement asks for, with what it calls them.
    pub(crate) async fn rows_in(&self, sql: &str) -> Vec<(String, Arc<dyn Given>)> {
        let filled = self.filled.lock().await;
        filled.tables.values().filter(|(name, _)| sql.contains(name.as_str())).cloned().collect()
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

/// An event that the fold cannot digest is said, never passed over.
fn folded<M: ReadModel>(org: OrgId, events: &[Recorded]) -> Result<Folded<M>, EngineError> {
    let at = Cell::new(0);
    let heard = events.iter().inspect(|event| at.set(event.position));
    caught(|| fold::<M>(heard)).map_err(|why| EngineError::poison(org, M::NAME, at.get(), why))
}
