//! Hears spans begin and end.

use std::time::{SystemTime, UNIX_EPOCH};

use tracing::Subscriber;
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::draft::Draft;
use super::sending::Sender;

/// The last seven bytes of a trace's id, which say whether it is told.
const LOT: u128 = (1 << 56) - 1;

/// Hears spans begin and end, and hands over those that ended.
pub struct Layer {
    sender: Sender,
    threshold: u64,
}

impl Layer {
    /// Tells of traces whose id ends below the threshold.
    pub fn new(sender: Sender, threshold: u64) -> Self {
        Self { sender, threshold }
    }

    /// The same answer on every node and for whatever follows later.
    fn is_told(&self, trace: u128) -> bool {
        trace != 0 && trace & LOT < u128::from(self.threshold)
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> tracing_subscriber::Layer<S> for Layer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut draft = Draft::begun(now_ns());
        attributes.record(&mut draft);
        let above = span.parent().and_then(|parent| {
            let extensions = parent.extensions();
            extensions.get::<Draft>().and_then(|above| above.trace.zip(above.span))
        });
        let trace = draft.trace.or(above.map(|(trace, _)| trace));
        let Some(trace) = trace.filter(|trace| self.is_told(*trace)) else { return };
        let near = above.filter(|(above, _)| *above == trace).map(|(_, span)| span);
        draft.trace = Some(trace);
        draft.parent = draft.parent.or(near);
        draft.span = draft.span.or_else(|| Some(rand::random::<u64>().max(1)));
        span.extensions_mut().insert(draft);
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(draft) = span.extensions_mut().get_mut::<Draft>() {
            record.record(draft);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let draft = span.extensions_mut().remove::<Draft>();
        if let Some(told) = draft.and_then(|draft| draft.end(span.name(), now_ns())) {
            self.sender.send(told);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "when a span began and ended is told, not decided on"
)]
fn now_ns() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
