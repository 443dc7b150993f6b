//! What a figure is: a sum of values over rows.

use std::sync::Arc;

use ledger::recorded::Recorded;
use uuid::Uuid;

use super::trace::{TracedRow, Tracing, trace};
use crate::engine::ReadModel;

/// A stream of the log: its kind and its id.
pub type Stream = (&'static str, Uuid);

/// The sum of a value over the rows of one or several read models, in minor units.
#[derive(Clone, Default)]
pub struct Figure {
    parts: Vec<(Arc<dyn Part>, i64)>,
}

impl Figure {
    /// A value of one row. The stream is the one that all events of the row stand in; without
    /// one the whole log is read.
    pub fn of<M: ReadModel>(
        key: M::Key,
        stream: Option<Stream>,
        value: impl Fn(&M::Row) -> i64 + Send + Sync + 'static,
    ) -> Self {
        Self::single::<M>(Some(key), stream, value)
    }

    /// The sum of a value over all rows; rows that do not belong to the figure give 0.
    pub fn sum<M: ReadModel>(value: impl Fn(&M::Row) -> i64 + Send + Sync + 'static) -> Self {
        Self::single::<M>(None, None, value)
    }

    /// The sum over all rows that are made of one stream.
    pub fn within<M: ReadModel>(
        stream: Stream,
        value: impl Fn(&M::Row) -> i64 + Send + Sync + 'static,
    ) -> Self {
        Self::single::<M>(None, Some(stream), value)
    }

    fn single<M: ReadModel>(
        key: Option<M::Key>,
        stream: Option<Stream>,
        value: impl Fn(&M::Row) -> i64 + Send + Sync + 'static,
    ) -> Self {
        let part = Typed::<M> { key, stream, value: Box::new(value) };
        Self { parts: vec![(Arc::new(part), 1)] }
    }

    /// This and another.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// This less another.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let mut negative = other;
        for (_, sign) in &mut negative.parts {
            *sign = -*sign;
        }
        self.plus(negative)
    }

    /// Its parts, each with the sign that it counts with.
    pub fn parts(&self) -> &[(Arc<dyn Part>, i64)] {
        &self.parts
    }

    /// The shares of every row that was ever moved, taken from events in order.
    pub fn shares<'e>(
        &self,
        events: impl IntoIterator<Item = &'e Recorded> + Clone,
    ) -> Vec<TracedRow> {
        let mut rows = Vec::new();
        for (part, sign) in &self.parts {
            let mut tracing = part.tracing(*sign);
            for event in events.clone() {
                if part.stream().is_none_or(|(_, id)| event.aggregate_id == id) {
                    tracing.hear(event);
                }
            }
            rows.extend(tracing.rows());
        }
        rows
    }
}

/// A value over the rows of one read model, without its types.
pub trait Part: Send + Sync {
    /// [`ReadModel::NAME`].
    fn model(&self) -> &'static str;

    /// [`ReadModel::hears`].
    fn hears(&self, event_type: &str) -> bool;

    /// The one stream that is to be read, if there is one.
    fn stream(&self) -> Option<Stream>;

    /// Begins to take shares, each multiplied by a sign.
    fn tracing(&self, sign: i64) -> Box<dyn Tracing + '_>;
}

/// What a row gives, in minor units.
type Value<R> = Box<dyn Fn(&R) -> i64 + Send + Sync>;

pub(super) struct Typed<M: ReadModel> {
    pub(super) key: Option<M::Key>,
    stream: Option<Stream>,
    pub(super) value: Value<M::Row>,
}

impl<M: ReadModel> Part for Typed<M> {
    fn model(&self) -> &'static str {
        M::NAME
    }

    fn hears(&self, event_type: &str) -> bool {
        M::hears(event_type)
    }

    fn stream(&self) -> Option<Stream> {
        self.stream
    }

    fn tracing(&self, sign: i64) -> Box<dyn Tracing + '_> {
        trace(self, sign)
    }
}
