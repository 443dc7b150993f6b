//! A read model folded in memory: as-of questions, what-if, and the yardstick of the laws.

use std::collections::BTreeMap;

use ledger::recorded::Recorded;

use super::{ReadModel, projector::At};

/// Rows by key, each with the position of the last event that changed it.
pub type Folded<M> = BTreeMap<<M as ReadModel>::Key, (<M as ReadModel>::Row, i64)>;

/// Folds events, in order, from nothing.
pub fn fold<'e, M: ReadModel>(events: impl IntoIterator<Item = &'e Recorded>) -> Folded<M> {
    let mut rows: BTreeMap<M::Key, (Option<M::Row>, i64)> = BTreeMap::new();
    let mut changes = Vec::new();
    for event in events {
        M::hear(event, &mut At { position: event.position, out: &mut changes });
        for (position, key, change) in changes.drain(..) {
            let held = rows.entry(key).or_insert((None, 0));
            M::fold(&mut held.0, change);
            held.1 = position;
        }
    }
    rows.into_iter()
        .filter_map(|(key, (row, position))| row.map(|row| (key, (row, position))))
        .collect()
}
