//! What the writer does, in figures.

use std::time::Duration;

use ledger::store::{BATCH_SIZES, COMMIT_TIMES, WriterMetrics};

use super::reading::Reading;

/// The writer's figures, of this process.
pub(super) fn writer(metrics: &WriterMetrics) -> Vec<Reading> {
    let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let commit = Duration::from_micros(metrics.commit_microseconds).as_secs_f64();
    let total = |name, help, value| Reading::Count(name, help, count(value));
    vec![
        Reading::Count("daybook_writer_queue_depth", "Commands waiting.", metrics.queue_depth),
        total("daybook_writer_batches_total", "Appends sent.", metrics.batches),
        total("daybook_writer_commands_total", "Commands answered.", metrics.commands),
        total("daybook_writer_events_total", "Events appended.", metrics.events),
        total(
            "daybook_writer_cas_misses_total",
            "Heads another writer had moved.",
            metrics.cas_misses,
        ),
        total("daybook_writer_loads_total", "Aggregates loaded.", metrics.loads),
        Reading::Count(
            "daybook_writer_cache_bytes",
            "Bytes of aggregates in memory.",
            metrics.cache_bytes,
        ),
        total(
            "daybook_writer_evictions_total",
            "Aggregates dropped from memory.",
            metrics.evictions,
        ),
        total("daybook_writer_panics_total", "Decisions that panicked.", metrics.panics),
        Reading::Seconds("daybook_writer_commit_seconds_total", "Time spent in appends.", commit),
        Reading::Spread {
            name: "daybook_writer_commit_seconds",
            help: "How long appends took.",
            bounds: COMMIT_TIMES.map(|micros| Duration::from_micros(micros).as_secs_f64()).into(),
            counts: metrics.commit_times.into(),
            sum: commit,
        },
        Reading::Spread {
            name: "daybook_writer_batch_commands",
            help: "Commands in an append.",
            bounds: BATCH_SIZES.map(number).into(),
            counts: metrics.batch_sizes.into(),
            sum: number(metrics.batched_commands),
        },
    ]
}

#[expect(clippy::cast_precision_loss, reason = "Prometheus counts in floating point")]
fn number(count: u64) -> f64 {
    count as f64
}
