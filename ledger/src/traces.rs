//! How what follows from one request is told as one story.
//!
//! The envelope of an event has room for all of it: its correlation id is the trace's id, its own
//! id names the span of the append that made it, and its causation id that of the append that
//! caused it. So whoever reads an event, on whichever node and however much later, knows where to
//! hang what comes of it, and nothing is stored for the sake of telling.
//!
//! Spans of [`TARGET`] are told, by whoever is set up to. They carry codes, counts and an org's
//! id: never a name, an amount or a path. Their fields:
//!
//! - `trace.id`, `span.id`, `parent.id`: which span of which trace this is, and under which one it
//!   hangs where that is not the current one.
//! - `took.us`: it ends now and began so many microseconds ago.
//! - `otel.name`, `otel.kind` (`server`), `otel.failed`: as the collector is to show it.

use std::future::Future;

use uuid::Uuid;

use crate::store::event_base;

/// The spans that are told.
pub const TARGET: &str = "daybook::trace";

tokio::task_local! {
    static CORRELATION: Uuid;
}

/// Commands given within are of one request: they share this correlation id.
pub async fn correlated<F: Future>(correlation_id: Uuid, inside: F) -> F::Output {
    CORRELATION.scope(correlation_id, inside).await
}

/// The correlation id of the request that is being answered, if one is.
pub(crate) fn correlation() -> Option<Uuid> {
    CORRELATION.try_with(|id| *id).ok()
}

/// The trace that belongs to a correlation id.
pub fn trace_id(correlation_id: Uuid) -> u128 {
    correlation_id.as_u128()
}

/// The span of the append that made an event: the same for all events of a command.
pub fn span_id(event_id: Uuid) -> u64 {
    event_base(event_id).as_u64_pair().1
}

/// Whether anybody is told; what is costly to say need not be gathered otherwise.
pub fn told() -> bool {
    tracing::span_enabled!(target: TARGET, tracing::Level::INFO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_events_of_a_command_name_one_span_and_those_of_another_a_different_one() {
        let base = Uuid::from_u128(0x0190_0000_0000_7000_8000_0012_3456_0000);
        let span = span_id(base);
        assert_eq!(span, 0x8000_0012_3456_0000);
        assert_eq!(span_id(Uuid::from_u128(base.as_u128() + 65_535)), span);
        assert_ne!(span_id(Uuid::from_u128(base.as_u128() + 65_536)), span);
        assert_eq!(trace_id(base), base.as_u128());
    }

    #[test]
    fn a_correlation_id_holds_within_and_not_after() {
        let id = Uuid::from_u128(7);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            assert_eq!(correlation(), None);
            assert_eq!(correlated(id, async { correlation() }).await, Some(id));
            assert_eq!(correlation(), None);
        });
    }
}
