//! The defect of cqrs-es 0.5 that keeps us from its stores (`event-store.md` 7).
//!
//! `EventSink::write` already applies an event to the aggregate in the context; when the store
//! then writes a snapshot it applies the same events to that aggregate once more. An aggregate
//! that adds instead of assigning loads with its balance doubled, and no error anywhere.
//!
//! Ours is free of it twice over: the store's own test shows that no event reaches an aggregate
//! twice, and the laws of each aggregate (`an_event_heard_twice_changes_nothing`) that it would
//! not matter if one did.

use std::sync::{Arc, Mutex};

use cqrs_es::{
    Aggregate, AggregateContext, CqrsFramework, DomainEvent, EventStore,
    event_sink::EventSink,
    persist::{
        PersistedEventRepository, PersistedEventStore, PersistenceError, ReplayStream,
        SerializedEvent, SerializedSnapshot,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An account that adds what its events say, as most do.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Account {
    balance_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Deposited {
    amount_minor: i64,
}

#[derive(Debug, thiserror::Error)]
enum Never {}

impl DomainEvent for Deposited {
    fn event_type(&self) -> String {
        "deposited".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

impl Aggregate for Account {
    const TYPE: &'static str = "account";
    type Command = Deposited;
    type Event = Deposited;
    type Error = Never;
    type Services = ();

    async fn handle(
        &mut self,
        command: Deposited,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Never> {
        sink.write(command, self).await;
        Ok(())
    }

    fn apply(&mut self, event: Deposited) {
        self.balance_minor += event.amount_minor;
    }
}

/// A repository that keeps exactly what it is told, in memory.
#[derive(Clone, Default)]
struct Memory {
    events: Arc<Mutex<Vec<SerializedEvent>>>,
    snapshot: Arc<Mutex<Option<(Value, usize, usize)>>>,
}

impl Memory {
    fn after(&self, sequence: usize) -> Vec<SerializedEvent> {
        let events = self.events.lock().unwrap();
        events.iter().filter(|event| event.sequence > sequence).cloned().collect()
    }
}

impl PersistedEventRepository for Memory {
    async fn get_events<A: Aggregate>(
        &self,
        _aggregate_id: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        Ok(self.after(0))
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        _aggregate_id: &str,
        last_sequence: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        Ok(self.after(last_sequence))
    }

    async fn get_snapshot<A: Aggregate>(
        &self,
        aggregate_id: &str,
    ) -> Result<Option<SerializedSnapshot>, PersistenceError> {
        let snapshot = self.snapshot.lock().unwrap().clone();
        Ok(snapshot.map(|(aggregate, current_sequence, current_snapshot)| SerializedSnapshot {
            aggregate_id: aggregate_id.to_owned(),
            aggregate,
            current_sequence,
            current_snapshot,
        }))
    }

    async fn persist<A: Aggregate>(
        &self,
        events: &[SerializedEvent],
        snapshot_update: Option<(String, Value, usize)>,
    ) -> Result<(), PersistenceError> {
        let mut kept = self.events.lock().unwrap();
        kept.extend_from_slice(events);
        if let Some((_, aggregate, snapshot)) = snapshot_update {
            *self.snapshot.lock().unwrap() = Some((aggregate, kept.len(), snapshot));
        }
        Ok(())
    }

    async fn stream_events<A: Aggregate>(
        &self,
        _aggregate_id: &str,
    ) -> Result<ReplayStream, PersistenceError> {
        Ok(ReplayStream::new(1).1)
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        Ok(ReplayStream::new(1).1)
    }
}

/// Deposits 100 and loads the account again.
async fn deposit_and_load(
    store: impl Fn(Memory) -> PersistedEventStore<Memory, Account>,
) -> (i64, usize) {
    let memory = Memory::default();
    let framework = CqrsFramework::new(store(memory.clone()), vec![], ());
    framework.execute("one", Deposited { amount_minor: 100 }).await.unwrap();
    let mut loaded = store(memory.clone()).load_aggregate("one").await.unwrap();
    (loaded.aggregate().balance_minor, memory.after(0).len())
}

#[tokio::test]
async fn cqrs_es_snapshots_count_one_deposit_twice() {
    let plain = deposit_and_load(PersistedEventStore::new_event_store).await;
    assert_eq!(plain, (100, 1));

    let snapshots = deposit_and_load(|memory| PersistedEventStore::new_snapshot_store(memory, 1));
    // One deposit of 100 is stored, and 200 is loaded. When this fails, cqrs-es is mended.
    assert_eq!(snapshots.await, (200, 1));
    let whole = deposit_and_load(PersistedEventStore::new_aggregate_store).await;
    assert_eq!(whole, (200, 1));
}
