//! Taking each event's share of a figure.

use std::collections::BTreeMap;

use ledger::{recorded::Recorded, values::Currency};
use serde_json::{Map, Value};

use super::{figure::Typed, words};
use crate::engine::ReadModel;

/// A row that was moved, and by which events.
#[derive(Debug, Clone, PartialEq)]
pub struct TracedRow {
    /// The read model.
    pub model: &'static str,
    /// The version of its rule.
    pub version: i32,
    /// The row's key, by column.
    pub key: Map<String, Value>,
    /// The currency of the row, where it has one.
    pub currency: Option<Currency>,
    /// Positions of events and what each changed the value by, in minor units; never 0.
    pub shares: Vec<(i64, i64)>,
}

impl TracedRow {
    /// What the row gives to the figure, in minor units.
    pub fn minor(&self) -> i128 {
        self.shares.iter().map(|(_, share)| i128::from(*share)).sum()
    }
}

/// Takes shares, event by event.
pub trait Tracing: Send {
    /// Hears an event; they come in order.
    fn hear(&mut self, event: &Recorded);

    /// The rows that were moved, by the position of their first share.
    fn rows(self: Box<Self>) -> Vec<TracedRow>;
}

struct Held<R> {
    row: Option<R>,
    value: i64,
    traced: Option<TracedRow>,
}

struct TypedTracing<'p, M: ReadModel> {
    part: &'p Typed<M>,
    sign: i64,
    rows: BTreeMap<M::Key, Held<M::Row>>,
    changes: Vec<(M::Key, M::Change)>,
}

pub(super) fn trace<M: ReadModel>(part: &Typed<M>, sign: i64) -> Box<dyn Tracing + '_> {
    let (rows, changes) = (BTreeMap::new(), Vec::new());
    Box::new(TypedTracing::<M> { part, sign, rows, changes })
}

impl<M: ReadModel> TypedTracing<'_, M> {
    /// All changes of one event to one row are one share.
    fn settle(&mut self, key: &M::Key, position: i64) {
        let Some(held) = self.rows.get_mut(key) else { return };
        let value = held.row.as_ref().map_or(0, |row| (self.part.value)(row));
        let share = self.sign * (value - held.value);
        held.value = value;
        if share == 0 {
            return;
        }
        if held.traced.is_none() {
            held.traced = held.row.as_ref().map(words::named::<M>);
        }
        if let Some(traced) = &mut held.traced {
            traced.shares.push((position, share));
        }
    }
}

impl<M: ReadModel> Tracing for TypedTracing<'_, M> {
    fn hear(&mut self, event: &Recorded) {
        let mut changes = std::mem::take(&mut self.changes);
        M::hear(event, &mut changes);
        let wanted = |key: &M::Key| self.part.key.as_ref().is_none_or(|wanted| wanted == key);
        changes.retain(|(key, _)| wanted(key));
        let mut touched: Vec<M::Key> = Vec::with_capacity(1);
        for (key, change) in changes.drain(..) {
            let held = self.rows.entry(key.clone());
            let held = held.or_insert(Held { row: None, value: 0, traced: None });
            M::fold(&mut held.row, change);
            if !touched.contains(&key) {
                touched.push(key);
            }
        }
        for key in &touched {
            self.settle(key, event.position);
            // Nothing will be heard of it again: only what it came to is still needed.
            if M::HEARD_ONCE
                && let Some(held) = self.rows.get_mut(key)
            {
                held.row = None;
                if held.traced.is_none() {
                    self.rows.remove(key);
                }
            }
        }
        self.changes = changes;
    }

    fn rows(self: Box<Self>) -> Vec<TracedRow> {
        let mut rows: Vec<TracedRow> =
            self.rows.into_values().filter_map(|held| held.traced).collect();
        rows.sort_by_key(|row| row.shares.first().copied());
        rows
    }
}
