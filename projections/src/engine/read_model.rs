//! What a read model is: two pure functions over its own rows.

use std::hash::Hash;

use ledger::recorded::Recorded;

use super::Columns;

/// One question, answered by folding the log. Pure: no clock, no network, no database, no keys.
///
/// The engine owns the rest: order, batches, the transaction, the checkpoint, loading and saving
/// rows, and passing over any event that a row has already heard.
pub trait ReadModel: Send + Sync + 'static {
    /// The folder, the tables (`<name>_a` and `<name>_b`), the checkpoint and the metric label.
    const NAME: &'static str;

    /// Raised whenever the same events would give other rows; a rebuild brings the new ones.
    const VERSION: i32;

    /// Whether every key is heard exactly once, so that a rebuild need not keep rows in memory.
    const HEARD_ONCE: bool = false;

    /// What one row is about.
    type Key: Clone + Ord + Hash + Send + Sync;

    /// What an event means for this question.
    type Change: Send + Sync;

    /// The answer for one key.
    type Row: Columns<Key = Self::Key> + Clone + PartialEq + Send + Sync;

    /// Whether events of this stored name matter here. A rebuild does not even read the others,
    /// so `hear` must give nothing for them (a law checks it).
    fn hears(_event_type: &str) -> bool {
        true
    }

    /// Says which rows an event speaks about, and what it means there.
    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Self::Change)>);

    /// Changes a row accordingly; `None` is a row that is not there.
    fn fold(row: &mut Option<Self::Row>, change: Self::Change);
}
