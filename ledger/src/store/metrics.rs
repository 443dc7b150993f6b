//! Counters of the writer, for the metrics page.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};

/// Upper ends of the classes of [`WriterMetrics::commit_times`], in microseconds.
pub const COMMIT_TIMES: [u64; 12] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    5_000_000,
];

/// Upper ends of the classes of [`WriterMetrics::batch_sizes`], in commands.
pub const BATCH_SIZES: [u64; 10] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/// What the writer did since the start, and what it has at hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriterMetrics {
    /// Commands waiting.
    pub queue_depth: i64,
    /// Appends sent.
    pub batches: u64,
    /// Commands in them, told by class; what is beyond [`BATCH_SIZES`] comes last.
    pub batch_sizes: [u64; BATCH_SIZES.len() + 1],
    /// Commands in them.
    pub batched_commands: u64,
    /// Commands taken in, twins that joined another's answer not counted.
    pub commands: u64,
    /// Events appended.
    pub events: u64,
    /// Orgs whose head another writer had moved.
    pub cas_misses: u64,
    /// Loads of aggregates.
    pub loads: u64,
    /// How long appends took, told by class; what is beyond [`COMMIT_TIMES`] comes last.
    pub commit_times: [u64; COMMIT_TIMES.len() + 1],
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
    batch_sizes: [AtomicU64; BATCH_SIZES.len() + 1],
    batched_commands: AtomicU64,
    pub commands: AtomicU64,
    pub events: AtomicU64,
    pub cas_misses: AtomicU64,
    pub loads: AtomicU64,
    commit_times: [AtomicU64; COMMIT_TIMES.len() + 1],
    commit_microseconds: AtomicU64,
    pub cache_bytes: AtomicI64,
    pub evictions: AtomicU64,
    pub panics: AtomicU64,
}

impl Counters {
    pub(super) fn add(counter: &AtomicU64, count: u64) {
        counter.fetch_add(count, Ordering::Relaxed);
    }

    /// An append ended, well or not.
    pub(super) fn committed(&self, took: Duration, commands: usize) {
        let spent = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let size = u64::try_from(commands).unwrap_or(u64::MAX);
        Self::add(&self.commit_microseconds, spent);
        Self::add(&self.commit_times[class(&COMMIT_TIMES, spent)], 1);
        Self::add(&self.batched_commands, size);
        Self::add(&self.batch_sizes[class(&BATCH_SIZES, size)], 1);
    }

    pub(super) fn snapshot(&self) -> WriterMetrics {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        WriterMetrics {
            queue_depth: self.queue_depth.load(Ordering::Relaxed),
            batches: read(&self.batches),
            batch_sizes: self.batch_sizes.each_ref().map(read),
            batched_commands: read(&self.batched_commands),
            commands: read(&self.commands),
            events: read(&self.events),
            cas_misses: read(&self.cas_misses),
            loads: read(&self.loads),
            commit_times: self.commit_times.each_ref().map(read),
            commit_microseconds: read(&self.commit_microseconds),
            cache_bytes: self.cache_bytes.load(Ordering::Relaxed),
            evictions: read(&self.evictions),
            panics: read(&self.panics),
        }
    }
}

/// The class that a figure falls into.
fn class(bounds: &[u64], figure: u64) -> usize {
    bounds.partition_point(|bound| *bound < figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_on_a_bound_is_within_it_and_one_beyond_all_comes_last() {
        assert_eq!(class(&BATCH_SIZES, 0), 0);
        assert_eq!(class(&BATCH_SIZES, 1), 0);
        assert_eq!(class(&BATCH_SIZES, 3), 2);
        assert_eq!(class(&BATCH_SIZES, 512), 9);
        assert_eq!(class(&BATCH_SIZES, 513), 10);
    }

    #[test]
    fn every_append_is_counted_once_in_its_class() {
        let counters = Counters::default();
        counters.committed(Duration::from_micros(700), 3);
        counters.committed(Duration::from_secs(9), 1);
        let metrics = counters.snapshot();
        assert_eq!((metrics.commit_times[1], metrics.commit_times[12]), (1, 1));
        assert_eq!((metrics.batch_sizes[2], metrics.batch_sizes[0]), (1, 1));
        assert_eq!((metrics.batched_commands, metrics.commit_microseconds), (4, 9_000_700));
    }
}
