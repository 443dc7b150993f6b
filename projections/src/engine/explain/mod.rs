//! Why a figure is what it is: the events that made it, and by how much each of them moved it.
//!
//! A figure is a sum of a value over the rows of a read model. Rows are pure folds, so the value
//! of a row is taken after every event, and what it changed by is that event's share. Shares sum
//! to the value because each begins where the last one ended; no read model has to say anything
//! about itself.
//!
//! - `figure.rs`: what a figure is. `trace.rs`: taking the shares, pure. `words.rs`: naming rows.
//! - `tree.rs`: figure, rows, entries and events, summing at every node.
//! - `reading.rs`: the same out of the log.

mod figure;
mod reading;
mod trace;
mod tree;
mod words;

pub use figure::{Figure, Part, Stream};
pub use reading::{Log, prefix};
pub use trace::{TracedRow, Tracing};
pub use tree::{EntryNode, Explanation, Rest, RowNode, Shares, View};
pub use words::minor;
