//! One org at one position: a connection of its own, and the tables that were asked for so far.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Instant,
};

use deadpool_postgres::{ClientWrapper, Object};
use ledger::values::OrgId;
use tokio::sync::{OnceCell, watch};
use uuid::Uuid;

use super::{
    super::{EngineError, ReadModel},
    Inner,
    filling::{Filling, fill},
};

/// Where an answer is that is still being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preparing {
    /// Which; [`History::status`](super::History::status) tells of it.
    pub id: Uuid,
}

/// How far an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// The log is being folded.
    Filling,
    /// It can be asked.
    Ready,
    /// It could not be made; asking again begins anew.
    Failed,
}

/// How an answer comes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerStatus {
    /// Which.
    pub id: Uuid,
    /// As of which position.
    pub position: i64,
    /// Whether all that was asked for is there.
    pub state: AnswerState,
    /// Read models that were asked for: name, state, and the last event that was folded.
    pub models: Vec<(&'static str, AnswerState, i64)>,
}

/// One org at one position.
pub(crate) struct Answer {
    pub(super) id: Uuid,
    pub(crate) org: OrgId,
    pub(crate) position: i64,
    /// Keys of the org that were destroyed when it was begun.
    pub(super) erasures: i64,
    /// One table is filled at a time.
    pub(super) one: tokio::sync::Mutex<()>,
    home: Weak<Inner>,
    client: OnceCell<ClientWrapper>,
    tables: Mutex<HashMap<&'static str, watch::Receiver<Filling>>>,
    used: Mutex<Instant>,
    wait_events: i64,
    pub(super) rows: usize,
    pub(super) held_rows: usize,
}

impl Answer {
    pub(super) fn new(
        home: &Arc<Inner>,
        org: OrgId,
        position: i64,
        erasures: i64,
        now: Instant,
    ) -> Self {
        let name = format!("{}@{position}/{erasures}", org.0);
        Self {
            id: Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()),
            org,
            position,
            erasures,
            one: tokio::sync::Mutex::default(),
            home: Arc::downgrade(home),
            client: OnceCell::new(),
            tables: Mutex::default(),
            used: Mutex::new(now),
            wait_events: home.options.wait_events,
            rows: home.options.rows,
            held_rows: home.options.held_rows,
        }
    }

    /// The table of a model. The first to ask has it filled; everybody waits for that, unless the
    /// log is too long to wait.
    ///
    /// # Errors
    ///
    /// [`EngineError::Preparing`] where it is not there yet and nobody should wait for it;
    /// otherwise why it could not be filled.
    pub(crate) async fn table<M: ReadModel>(self: &Arc<Self>) -> Result<String, EngineError> {
        let mut filling = self.filling::<M>()?;
        if self.position > self.wait_events && matches!(*filling.borrow(), Filling::At(_)) {
            return Err(EngineError::Preparing(Preparing { id: self.id }));
        }
        let waited = filling.wait_for(|filling| !matches!(filling, Filling::At(_))).await;
        let came_of = match waited {
            Ok(filling) => filling.clone(),
            // Whoever filled it is gone: the process is stopping.
            Err(_) => Filling::Failed(Arc::new(EngineError::Aborted)),
        };
        match came_of {
            Filling::Done => Ok(self.name::<M>()),
            Filling::At(_) => Err(EngineError::Aborted),
            Filling::Failed(error) => {
                self.lock().remove(M::NAME);
                Err(EngineError::Shared(error))
            }
        }
    }

    pub(super) fn name<M: ReadModel>(&self) -> String {
        format!("asof_{}_v{}_p{}", M::NAME, M::VERSION, self.position)
    }

    /// The filling of a model, begun if it was not.
    fn filling<M: ReadModel>(self: &Arc<Self>) -> Result<watch::Receiver<Filling>, EngineError> {
        let home = self.home.upgrade().ok_or(EngineError::Aborted)?;
        let mut tables = self.lock();
        if let Some(begun) = tables.get(M::NAME) {
            return Ok(begun.clone());
        }
        let (told, filling) = watch::channel(Filling::At(0));
        tables.insert(M::NAME, filling.clone());
        let (answer, ledger) = (Arc::clone(self), home.ledger.clone());
        home.spawn(async move {
            let came_of = match fill::<M>(&answer, &ledger, &told).await {
                Ok(()) => Filling::Done,
                Err(error) => {
                    let (model, position) = (M::NAME, answer.position);
                    tracing::warn!(%error, model, position, "the past could not be folded");
                    Filling::Failed(Arc::new(error))
                }
            };
            drop(answer);
            told.send_replace(came_of);
        });
        Ok(filling)
    }

    /// Its connection: of the app role, never given back, for this org only.
    pub(super) async fn connected(
        &self,
        ledger: &ledger::store::Ledger,
    ) -> Result<&ClientWrapper, EngineError> {
        let doing = "connecting to answer of the past";
        let connect = async || {
            let client = ledger.app_pool().get().await.map_err(EngineError::pool(doing))?;
            let client = Object::take(client);
            let settings = format!(
                "set app.current_org_id = '{}'; set client_min_messages = warning",
                self.org.0.hyphenated()
            );
            client.batch_execute(&settings).await.map_err(EngineError::database(doing))?;
            Ok(client)
        };
        self.client.get_or_try_init(connect).await
    }

    /// The same, once a table was asked for.
    pub(crate) fn client(&self) -> Result<&ClientWrapper, EngineError> {
        self.client.get().ok_or(EngineError::Aborted)
    }

    pub(super) fn is_broken(&self) -> bool {
        self.client.get().is_some_and(|client| client.is_closed())
    }

    pub(super) fn status(&self) -> AnswerStatus {
        let tables = self.lock();
        let mut models: Vec<_> = tables
            .iter()
            .map(|(name, filling)| match &*filling.borrow() {
                Filling::At(position) => (*name, AnswerState::Filling, *position),
                Filling::Done => (*name, AnswerState::Ready, self.position),
                Filling::Failed(_) => (*name, AnswerState::Failed, 0),
            })
            .collect();
        models.sort_unstable_by_key(|(name, ..)| *name);
        let any = |wanted| models.iter().any(|(_, state, _)| *state == wanted);
        let state = match (any(AnswerState::Failed), any(AnswerState::Filling)) {
            (true, _) => AnswerState::Failed,
            (false, true) => AnswerState::Filling,
            (false, false) => AnswerState::Ready,
        };
        AnswerStatus { id: self.id, position: self.position, state, models }
    }

    pub(super) fn touch(&self, now: Instant) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    pub(super) fn used(&self) -> Instant {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<&'static str, watch::Receiver<Filling>>> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
