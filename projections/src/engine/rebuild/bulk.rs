//! A read model folded from a whole log, in memory, and written in one stream.

use std::{collections::HashMap, pin::pin};

use futures_util::future::BoxFuture;
use ledger::{recorded::Recorded, values::OrgId};
use postgres_types::{ToSql, Type};
use tokio_postgres::{Client, Error, binary_copy::BinaryCopyInWriter};

use super::super::{Columns, ReadModel, projector::At, statements::TableSql};

/// A fold of a whole log.
#[doc(hidden)]
pub trait Bulk: Send + Sync {
    /// Hears an event and folds what it means.
    fn hear(&mut self, event: &Recorded);

    /// Rows that may be written already, since no later event changes them.
    fn settled_rows(&self) -> usize;

    /// All rows that are held, those included.
    fn held_rows(&self) -> usize;

    /// Writes all rows and forgets them; how many there were.
    fn write<'a>(
        &'a mut self,
        client: &'a Client,
        sql: &'a TableSql,
        org: OrgId,
    ) -> BoxFuture<'a, Result<u64, Error>>;
}

pub(crate) fn bulk<M: ReadModel>() -> Box<dyn Bulk> {
    Box::new(Typed::<M> { changes: Vec::new(), rows: HashMap::new(), settled: Vec::new() })
}

struct Typed<M: ReadModel> {
    changes: Vec<(i64, M::Key, M::Change)>,
    rows: HashMap<M::Key, (Option<M::Row>, i64)>,
    settled: Vec<(M::Row, i64)>,
}

impl<M: ReadModel> Bulk for Typed<M> {
    fn hear(&mut self, event: &Recorded) {
        M::hear(event, &mut At { position: event.position, out: &mut self.changes });
        for (position, key, change) in self.changes.drain(..) {
            if M::HEARD_ONCE {
                let mut row = None;
                M::fold(&mut row, change);
                self.settled.extend(row.map(|row| (row, position)));
            } else {
                let held = self.rows.entry(key).or_insert((None, 0));
                M::fold(&mut held.0, change);
                held.1 = position;
            }
        }
    }

    fn settled_rows(&self) -> usize {
        self.settled.len()
    }

    fn held_rows(&self) -> usize {
        self.settled.len() + self.rows.len()
    }

    fn write<'a>(
        &'a mut self,
        client: &'a Client,
        sql: &'a TableSql,
        org: OrgId,
    ) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(async move {
            let mut types = vec![Type::UUID];
            types.extend(<M::Row as Columns>::wires());
            types.push(Type::INT8);
            let sink = client.copy_in(&sql.copy).await?;
            let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
            for (row, position) in self.settled.drain(..) {
                writer.as_mut().write(&cells::<M>(&org, &row, &position)).await?;
            }
            let mut kept: Vec<(M::Row, i64)> = Vec::with_capacity(self.rows.len());
            let mut order: Vec<(M::Key, usize)> = Vec::with_capacity(self.rows.len());
            for (key, (row, at)) in self.rows.drain() {
                let Some(row) = row else { continue };
                order.push((key, kept.len()));
                kept.push((row, at));
            }
            // In the order of the primary key the server appends to its index. Rows are large:
            // they stay where they are, and their keys are sorted.
            order.sort_unstable();
            for (row, position) in order.iter().map(|(_, place)| &kept[*place]) {
                writer.as_mut().write(&cells::<M>(&org, row, position)).await?;
            }
            writer.finish().await
        })
    }
}

fn cells<'a, M: ReadModel>(
    org: &'a OrgId,
    row: &'a M::Row,
    position: &'a i64,
) -> Vec<&'a (dyn ToSql + Sync)> {
    let mut cells: Vec<&(dyn ToSql + Sync)> = vec![&org.0];
    cells.extend(row.cells());
    cells.push(position);
    cells
}
