//! Counters of the writer, for the metrics page.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// What the writer did since the start, and what it has at hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriterMetrics {
    /// Commands waiting.
    pub queue_depth: i64,
    /// Appends sent.
    pub batches: u64,
    /// Commands taken in, twins that joined another's answer not counted.
    pub commands: u64,
    /// Events appended.
    pub events: u64,
    /// Orgs whose head another writer had moved.
    pub cas_misses: u64,
    /// Loads of aggregates.
    pub loads: u64,
    /// Microseconds spent in appends.
    pub commit_microseconds: u64,
    /// Bytes of aggregates in memory, roughly.
    pub cache_bytes: i64,
    /// Aggregates dropped to stay within bounds.
    pub evictions: u64,
    /// Decisions that panicked.
    pub panics: u64,
}

/// The living counters.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub queue_depth: AtomicI64,
    pub batches: AtomicU64,
    pub commands: AtomicU64,
    pub events: AtomicU64,
    pub cas_misses: AtomicU64,
    pub loads: AtomicU64,
    pub commit_microseconds: AtomicU64,
    pub cache_bytes: AtomicI64,
    pub evictions: AtomicU64,
    pub panics: AtomicU64,
}

impl Counters {
    pub(super) fn add(counter: &AtomicU64, count: u64) {
        counter.fetch_add(count, Ordering::Relaxed);
    }

    pub(super) fn snapshot(&self) -> WriterMetrics {
        WriterMetrics {
            queue_depth: self.queue_depth.load(Ordering::Relaxed),
            batches: self.batches.load(Ordering::Relaxed),
            commands: self.commands.load(Ordering::Relaxed),
            events: self.events.load(Ordering::Relaxed),
            cas_misses: self.cas_misses.load(Ordering::Relaxed),
            loads: self.loads.load(Ordering::Relaxed),
            commit_microseconds: self.commit_microseconds.load(Ordering::Relaxed),
            cache_bytes: self.cache_bytes.load(Ordering::Relaxed),
            evictions: self.evictions.load(Ordering::Relaxed),
            panics: self.panics.load(Ordering::Relaxed),
        }
    }
}
