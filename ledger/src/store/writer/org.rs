//! What the writer remembers of one org.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    time::Instant,
};

use time::OffsetDateTime;

use super::{
    job::Job,
    loading::{Loaded, LoadedStream},
};
use crate::store::erased::{AnyAggregate, Stream, StreamKey};

/// An aggregate in memory.
pub(super) struct Cached {
    pub key: StreamKey,
    pub aggregate: Box<dyn AnyAggregate>,
    pub version: i64,
    pub weight: usize,
    pub used: u64,
}

/// One org's head, aggregates and numbers, all as of `head`.
#[derive(Default)]
pub(super) struct Org {
    /// Whether head and what hangs on it were read yet.
    pub known: bool,
    /// The last position, those of appends included that are still on their way.
    pub head: i64,
    /// How far what is remembered was proved: nothing up to here is ever taken back.
    pub proved: i64,
    pub recorded_at: Option<OffsetDateTime>,
    /// The last position that somebody else wrote; what was read before it is stale.
    pub foreign_at: i64,
    pub series: HashMap<String, i64>,
    pub aggregates: HashMap<StreamKey, Cached>,
    pub queue: VecDeque<Job>,
    pub in_ring: bool,
    pub loading: bool,
    /// Jobs that wait for a load.
    pub waiting: Vec<Job>,
    pub wanted_streams: Vec<Stream>,
    pub wanted_series: HashSet<String>,
    /// How often the head was refused although it was where we expected it.
    pub phantoms: u32,
    /// Somebody else holds the head and does not let go.
    pub stuck_until: Option<Instant>,
}

impl Org {
    /// Streams of a job that are not in memory. The books are read for every job: whether they
    /// take what it posts must be proved by the same head.
    pub(super) fn missing(&self, job: &Job) -> Vec<Stream> {
        let batch = &job.batch;
        let targets = batch.targets.iter();
        targets
            .flat_map(|target| std::iter::once(target.stream()).chain(target.reads()))
            .chain([job.books])
            .chain(batch.expected.iter().map(|(stream, _)| *stream))
            .filter(|stream| !self.aggregates.contains_key(&stream.key()))
            .collect()
    }

    /// Goes back to the last proved state: what was applied since is dropped.
    /// Returns the bytes set free.
    pub(super) fn roll_back(&mut self, head: i64, touched: &HashSet<StreamKey>) -> usize {
        self.head = head;
        self.proved = self.proved.min(head);
        self.series.clear();
        touched.iter().filter_map(|key| self.aggregates.remove(key)).map(|held| held.weight).sum()
    }

    /// Forgets everything read; the next job reads anew. Returns the bytes set free.
    pub(super) fn forget(&mut self) -> usize {
        self.known = false;
        self.series.clear();
        self.aggregates.drain().map(|(_, held)| held.weight).sum()
    }

    /// Takes in what was read. Returns by how much the cache grew, in bytes.
    pub(super) fn take_in(&mut self, loaded: Loaded, tick: u64) -> i64 {
        let mut grown = 0;
        // It was asked for after events of ours that were taken back meanwhile: others stand in
        // their places, and those were not read. Read again.
        if self.known && loaded.after > self.head {
            return grown;
        }
        if self.known && loaded.head > self.head {
            grown += self.catch_up(&loaded);
        } else if !self.known {
            self.known = true;
            self.at(&loaded);
        }
        // Somebody else wrote after this was read: read again.
        if loaded.head < self.foreign_at {
            return grown;
        }
        for (series, last) in loaded.series {
            self.series.entry(series).or_insert(last);
        }
        for LoadedStream { key, aggregate, version } in loaded.streams {
            let weight = aggregate.weight();
            let cached = Cached { key, aggregate, version, weight, used: tick };
            // Kept state is as of the head already; what was read is not newer.
            if let std::collections::hash_map::Entry::Vacant(vacant) = self.aggregates.entry(key) {
                vacant.insert(cached);
                grown += signed(weight);
            }
        }
        grown
    }

    /// Hears what another writer appended in (head, loaded.head].
    fn catch_up(&mut self, loaded: &Loaded) -> i64 {
        let mut grown = 0;
        self.series.clear();
        match &loaded.since {
            Some(events) => {
                let head = self.head;
                for stored in events.iter().filter(|stored| stored.position > head) {
                    grown += self.hear(stored);
                }
            }
            // Too far behind to be worth it.
            None => grown -= signed(self.aggregates.drain().map(|(_, held)| held.weight).sum()),
        }
        self.at(loaded);
        grown
    }

    fn at(&mut self, loaded: &Loaded) {
        self.head = loaded.head;
        self.proved = loaded.head;
        self.foreign_at = loaded.head;
        self.recorded_at = Some(loaded.recorded_at);
    }

    fn hear(&mut self, stored: &crate::store::Stored) -> i64 {
        let name = (stored.aggregate_type.as_str(), stored.aggregate_id);
        let Some(key) = known_key(&self.aggregates, &name) else { return 0 };
        let Some(cached) = self.aggregates.get_mut(&key) else { return 0 };
        let expected = cached.version + 1 == stored.sequence;
        match stored.event() {
            Ok(event) if expected => {
                let before = cached.weight;
                cached.aggregate.apply(event);
                cached.version = stored.sequence;
                cached.weight = cached.aggregate.weight();
                signed(cached.weight) - signed(before)
            }
            // Unreadable here, or out of step: read it again when it is needed.
            Ok(_) | Err(_) => self.aggregates.remove(&key).map_or(0, |held| -signed(held.weight)),
        }
    }
}

/// The key that equals a name whose text lives elsewhere.
fn known_key<'a>(
    aggregates: &'a HashMap<StreamKey, Cached>,
    name: &(&'a str, uuid::Uuid),
) -> Option<StreamKey> {
    let aggregates: &HashMap<(&'a str, uuid::Uuid), Cached> = aggregates;
    aggregates.get(name).map(|cached| cached.key)
}

/// A size as a signed number; sizes are far from the limits.
pub(super) fn signed(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
