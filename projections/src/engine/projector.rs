//! A read model without its types, so that one engine drives them all.

use std::{
    collections::{BTreeSet, HashMap},
    marker::PhantomData,
    sync::Arc,
};

use ledger::{recorded::Recorded, values::OrgId};
use postgres_types::ToSql;
use tokio_postgres::{Error, Row, Transaction};

use super::{
    Array, Columns, ReadModel, Slot,
    pipeline::Sending,
    rebuild::Bulk,
    statements::{TableSql, TableStatements},
};

/// A read model as the engine sees it.
pub trait Projector: Send + Sync {
    /// [`ReadModel::NAME`].
    fn name(&self) -> &'static str;

    /// [`ReadModel::VERSION`].
    fn version(&self) -> i32;

    /// [`ReadModel::hears`].
    fn hears(&self, event_type: &str) -> bool;

    /// The key's columns.
    fn key_columns(&self) -> Vec<&'static str>;

    /// Columns that hold money, in minor units; by our own naming they end in `_minor`.
    fn money_columns(&self) -> Vec<&'static str>;

    /// Whether rows name the currency of their money.
    fn has_currency(&self) -> bool;

    /// The statements of a slot's table.
    #[doc(hidden)]
    fn sql(&self, slot: Slot) -> &TableSql;

    /// The statements of another table of the same shape.
    #[doc(hidden)]
    fn sql_of(&self, table: String) -> TableSql;

    /// A batch of live work for one org.
    #[doc(hidden)]
    fn batch(&self) -> Box<dyn Batch>;

    /// A fold of a whole log, in memory.
    #[doc(hidden)]
    fn bulk(&self) -> Box<dyn Bulk>;
}

/// New events of one org for one read model: heard, then folded onto the rows they touch.
#[doc(hidden)]
pub trait Batch: Send + Sync {
    /// Hears an event.
    fn hear(&mut self, event: &Recorded);

    /// Forgets what was heard from this position on.
    fn forget_from(&mut self, position: i64);

    /// Whether nothing was heard.
    fn is_empty(&self) -> bool;

    /// Asks for the rows that were touched.
    fn load<'a>(
        &'a mut self,
        transaction: &'a Transaction<'_>,
        statements: &'a TableStatements,
        org: &'a OrgId,
    ) -> Sending<'a>;

    /// Takes them.
    fn loaded(&mut self, rows: Vec<Row>) -> Result<(), Error>;

    /// Folds; `at` always tells the position of the event in hand, should this panic.
    fn fold(&mut self, at: &mut i64);

    /// Writes what changed, and removes what is gone.
    fn save<'a>(
        &'a self,
        transaction: &'a Transaction<'_>,
        statements: &'a TableStatements,
        org: &'a OrgId,
    ) -> Vec<Sending<'a>>;
}

/// Wraps a read model for the engine.
pub fn folding<M: ReadModel>() -> Arc<dyn Projector> {
    Arc::new(Typed::<M> {
        sql: [TableSql::of::<M>(Slot::A), TableSql::of::<M>(Slot::B)],
        model: PhantomData,
    })
}

struct Typed<M> {
    sql: [TableSql; 2],
    model: PhantomData<fn() -> M>,
}

impl<M: ReadModel> Projector for Typed<M> {
    fn name(&self) -> &'static str {
        M::NAME
    }

    fn version(&self) -> i32 {
        M::VERSION
    }

    fn hears(&self, event_type: &str) -> bool {
        M::hears(event_type)
    }

    fn key_columns(&self) -> Vec<&'static str> {
        <M::Row as Columns>::KEY.iter().map(|column| column.name).collect()
    }

    fn money_columns(&self) -> Vec<&'static str> {
        M::Row::all().map(|column| column.name).filter(|name| name.ends_with("_minor")).collect()
    }

    fn has_currency(&self) -> bool {
        M::Row::all().any(|column| column.name == "currency")
    }

    fn sql(&self, slot: Slot) -> &TableSql {
        &self.sql[slot.index()]
    }

    fn sql_of(&self, table: String) -> TableSql {
        TableSql::named::<M>(table)
    }

    fn batch(&self) -> Box<dyn Batch> {
        Box::new(TypedBatch::<M>::default())
    }

    fn bulk(&self) -> Box<dyn Bulk> {
        super::rebuild::bulk::<M>()
    }
}

/// A row and the position of the last event that changed it; `None` is a row that is gone.
pub(crate) type Held<M> = (Option<<M as ReadModel>::Row>, i64);

struct TypedBatch<M: ReadModel> {
    changes: Vec<(i64, M::Key, M::Change)>,
    keys: Vec<M::Key>,
    rows: HashMap<M::Key, Held<M>>,
    touched: BTreeSet<M::Key>,
}

impl<M: ReadModel> Default for TypedBatch<M> {
    fn default() -> Self {
        Self {
            changes: Vec::new(),
            keys: Vec::new(),
            rows: HashMap::new(),
            touched: BTreeSet::new(),
        }
    }
}

/// Gives every change its position on the way into the list.
pub(crate) struct At<'a, K, C> {
    /// Of the event that is being heard.
    pub position: i64,
    /// Where changes go.
    pub out: &'a mut Vec<(i64, K, C)>,
}

impl<K, C> Extend<(K, C)> for At<'_, K, C> {
    fn extend<I: IntoIterator<Item = (K, C)>>(&mut self, changes: I) {
        let position = self.position;
        self.out.extend(changes.into_iter().map(|(key, change)| (position, key, change)));
    }
}

impl<M: ReadModel> Batch for TypedBatch<M> {
    fn hear(&mut self, event: &Recorded) {
        M::hear(event, &mut At { position: event.position, out: &mut self.changes });
    }

    fn forget_from(&mut self, position: i64) {
        self.changes.retain(|(at, _, _)| *at < position);
    }

    fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    fn load<'a>(
        &'a mut self,
        transaction: &'a Transaction<'_>,
        statements: &'a TableStatements,
        org: &'a OrgId,
    ) -> Sending<'a> {
        let keys: BTreeSet<&M::Key> = self.changes.iter().map(|(_, key, _)| key).collect();
        self.keys = keys.into_iter().cloned().collect();
        let keys: Vec<&M::Key> = self.keys.iter().collect();
        Box::pin(async move {
            let arrays = <M::Row as Columns>::key_arrays(&keys);
            transaction.query(&statements.load, &parameters(&org.0, &arrays)).await
        })
    }

    fn loaded(&mut self, rows: Vec<Row>) -> Result<(), Error> {
        for row in rows {
            let position = row.try_get("as_of_position")?;
            let row = <M::Row as Columns>::read(&row)?;
            self.rows.insert(row.key(), (Some(row), position));
        }
        Ok(())
    }

    fn fold(&mut self, at: &mut i64) {
        for (position, key, change) in self.changes.drain(..) {
            *at = position;
            let held = self.rows.entry(key.clone()).or_insert((None, 0));
            // The checkpoint already promises it; a row that has heard an event says so itself.
            // An event may change one row several times, so equal within this batch is new.
            if held.1 < position || self.touched.contains(&key) {
                M::fold(&mut held.0, change);
                held.1 = position;
                self.touched.insert(key);
            }
        }
    }

    fn save<'a>(
        &'a self,
        transaction: &'a Transaction<'_>,
        statements: &'a TableStatements,
        org: &'a OrgId,
    ) -> Vec<Sending<'a>> {
        let mut saved: Vec<&M::Row> = Vec::new();
        let mut positions: Vec<i64> = Vec::new();
        let mut removed: Vec<&M::Key> = Vec::new();
        for key in &self.touched {
            match self.rows.get(key) {
                Some((Some(row), position)) => {
                    saved.push(row);
                    positions.push(*position);
                }
                Some((None, _)) | None => removed.push(key),
            }
        }
        let mut sending: Vec<Sending<'a>> = Vec::new();
        if !saved.is_empty() {
            sending.push(Box::pin(async move {
                let mut arrays = <M::Row as Columns>::arrays(&saved);
                arrays.push(Box::new(positions));
                transaction.execute(&statements.save, &parameters(&org.0, &arrays)).await?;
                Ok(Vec::new())
            }));
        }
        if !removed.is_empty() {
            sending.push(Box::pin(async move {
                let arrays = <M::Row as Columns>::key_arrays(&removed);
                transaction.execute(&statements.remove, &parameters(&org.0, &arrays)).await?;
                Ok(Vec::new())
            }));
        }
        sending
    }
}

/// The parameters of a statement: the org, then its columns.
pub(crate) fn parameters<'a>(
    org: &'a (dyn ToSql + Sync),
    arrays: &'a [Array<'_>],
) -> Vec<&'a (dyn ToSql + Sync)> {
    let mut all: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(arrays.len() + 1);
    all.push(org);
    all.extend(arrays.iter().map(parameter));
    all
}

/// A parameter of any kind, as the driver takes it.
pub(crate) fn parameter<'a>(value: &'a Array<'_>) -> &'a (dyn ToSql + Sync) {
    value.as_ref()
}
