//! A read model folded from a whole log, in memory, and written in streams.
//!
//! Rows that are heard once are written as they come. The others are held until there are too
//! many of them. Then all are written, and what is heard from there on is kept for a while, folded
//! onto the rows that the table has, and written back: an org of any size needs no more memory.

use std::{
    collections::{BTreeSet, HashMap},
    mem::take,
    pin::pin,
};

use futures_util::future::BoxFuture;
use ledger::{recorded::Recorded, values::OrgId};
use postgres_types::{ToSql, Type};
use tokio_postgres::{Client, Error, binary_copy::BinaryCopyInWriter};

use super::super::{
    Columns, EngineError, ReadModel,
    log::caught,
    projector::{At, Held, parameters},
    statements::TableSql,
};

/// Rows that are heard once are written when there are so many.
const SETTLED_ROWS: usize = 20_000;
/// So are changes of rows that the table may have.
const LATER_CHANGES: usize = 20_000;
/// Rows that the models of one pass hold together: some 300 MB.
pub(crate) const HELD_ROWS: usize = 400_000;
/// Events between two looks at how many they are.
pub(crate) const LOOK: u64 = 1_024;

/// Rows are looked up along their key, whatever PostgreSQL believes of a table that is being
/// filled; and as it was before, since others use the connection.
const ALONG_THE_KEY: &str = "set enable_seqscan = off; set enable_bitmapscan = off; \
     set enable_hashjoin = off; set enable_mergejoin = off; set enable_sort = off; set jit = off";
const AS_BEFORE: &str = "reset enable_seqscan; reset enable_bitmapscan; reset enable_hashjoin; \
     reset enable_mergejoin; reset enable_sort; reset jit";

/// The fold of one org's log.
#[doc(hidden)]
pub trait Bulk: Send + Sync {
    /// Hears the next event.
    fn hear(&mut self, event: &Recorded);

    /// Whether it is time to write.
    fn is_due(&self) -> bool;

    /// Rows that are held, and changes that are kept.
    fn held_rows(&self) -> usize;

    /// Writes what is held and forgets it; by how many rows the table grew.
    ///
    /// # Errors
    ///
    /// [`EngineError::Poison`] where a kept change cannot be digested; otherwise the database's.
    fn write<'a>(
        &'a mut self,
        client: &'a Client,
        sql: &'a TableSql,
        org: OrgId,
    ) -> BoxFuture<'a, Result<i64, EngineError>>;
}

/// Lets a fold hear an event; one that it cannot digest is said, never passed over.
pub(crate) fn hear(
    fold: &mut (dyn Bulk + '_),
    model: &str,
    event: &Recorded,
) -> Result<(), EngineError> {
    caught(|| fold.hear(event))
        .map_err(|why| EngineError::poison(event.org, model, event.position, why))
}

/// Which of several is to be written, because together they hold more than they may.
pub(crate) fn overfull(held: impl Iterator<Item = usize>, most: usize) -> Option<usize> {
    let (mut sum, mut fullest) = (0, (0, 0));
    for (which, rows) in held.enumerate() {
        sum += rows;
        fullest = fullest.max((rows, which));
    }
    (sum > most).then_some(fullest.1)
}

pub(crate) fn bulk<M: ReadModel>() -> Box<dyn Bulk> {
    Box::new(Typed::<M> {
        changes: Vec::new(),
        rows: HashMap::new(),
        settled: Vec::new(),
        later: None,
    })
}

/// What was heard: position, key and change.
type Changes<M> = Vec<(i64, <M as ReadModel>::Key, <M as ReadModel>::Change)>;

struct Typed<M: ReadModel> {
    changes: Changes<M>,
    rows: HashMap<M::Key, Held<M>>,
    settled: Vec<(M::Row, i64)>,
    /// Once rows were written that may be heard of again: the changes since.
    later: Option<Changes<M>>,
}

impl<M: ReadModel> Bulk for Typed<M> {
    fn hear(&mut self, event: &Recorded) {
        if let Some(later) = &mut self.later {
            M::hear(event, &mut At { position: event.position, out: later });
            return;
        }
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

    fn is_due(&self) -> bool {
        let kept = self.later.as_ref().map_or(0, Vec::len);
        self.settled.len() >= SETTLED_ROWS || kept >= LATER_CHANGES
    }

    fn held_rows(&self) -> usize {
        self.settled.len() + self.rows.len() + self.later.as_ref().map_or(0, Vec::len)
    }

    fn write<'a>(
        &'a mut self,
        client: &'a Client,
        sql: &'a TableSql,
        org: OrgId,
    ) -> BoxFuture<'a, Result<i64, EngineError>> {
        Box::pin(async move {
            let failed = EngineError::database("filling a table");
            match &mut self.later {
                Some(later) => fold_on::<M>(take(later), client, sql, org).await,
                None => {
                    let copied = self.write_all(client, sql, org).await.map_err(failed)?;
                    if !M::HEARD_ONCE {
                        self.later = Some(Vec::new());
                    }
                    Ok(i64::try_from(copied).unwrap_or(i64::MAX))
                }
            }
        })
    }
}

impl<M: ReadModel> Typed<M> {
    async fn write_all(
        &mut self,
        client: &Client,
        sql: &TableSql,
        org: OrgId,
    ) -> Result<u64, Error> {
        if M::HEARD_ONCE {
            let settled = take(&mut self.settled);
            return copy::<M>(settled.iter().map(|(row, at)| (row, at)), client, sql, org).await;
        }
        // Taken, not drained: the room that the rows took is given back.
        copy_sorted::<M>(&take(&mut self.rows), client, sql, org).await
    }
}

/// Rows in the order of the primary key, so that the server appends to its index.
async fn copy_sorted<M: ReadModel>(
    rows: &HashMap<M::Key, Held<M>>,
    client: &Client,
    sql: &TableSql,
    org: OrgId,
) -> Result<u64, Error> {
    let mut order: Vec<(&M::Key, &M::Row, &i64)> = Vec::with_capacity(rows.len());
    order.extend(rows.iter().filter_map(|(key, (row, at))| Some((key, row.as_ref()?, at))));
    order.sort_unstable_by_key(|(key, ..)| *key);
    copy::<M>(order.into_iter().map(|(_, row, at)| (row, at)), client, sql, org).await
}

async fn copy<'r, M: ReadModel>(
    rows: impl Iterator<Item = (&'r M::Row, &'r i64)>,
    client: &Client,
    sql: &TableSql,
    org: OrgId,
) -> Result<u64, Error> {
    let mut types = vec![Type::UUID];
    types.extend(<M::Row as Columns>::wires());
    types.push(Type::INT8);
    let sink = client.copy_in(&sql.copy).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    for (row, position) in rows {
        writer.as_mut().write(&cells::<M>(&org, row, position)).await?;
    }
    writer.finish().await
}

/// Folds changes onto the rows that the table has; by how many rows it grew.
async fn fold_on<M: ReadModel>(
    changes: Changes<M>,
    client: &Client,
    sql: &TableSql,
    org: OrgId,
) -> Result<i64, EngineError> {
    let failed = || EngineError::database("filling a table");
    client.batch_execute(ALONG_THE_KEY).await.map_err(failed())?;
    let mut rows = load::<M>(&changes, client, sql, org).await.map_err(failed())?;
    // Who rebuilds may add rows and take rows away, not change them.
    let gone = remove::<M>(&rows, client, sql, org).await.map_err(failed())?;
    client.batch_execute(AS_BEFORE).await.map_err(failed())?;
    let mut at = 0;
    let folded = caught(|| {
        for (position, key, change) in changes {
            at = position;
            let held = rows.entry(key).or_insert((None, 0));
            M::fold(&mut held.0, change);
            held.1 = position;
        }
    });
    folded.map_err(|why| EngineError::poison(org, M::NAME, at, why))?;
    let left = copy_sorted::<M>(&rows, client, sql, org).await.map_err(failed())?;
    Ok(i64::try_from(left).unwrap_or(i64::MAX) - i64::try_from(gone).unwrap_or(i64::MAX))
}

async fn load<M: ReadModel>(
    changes: &Changes<M>,
    client: &Client,
    sql: &TableSql,
    org: OrgId,
) -> Result<HashMap<M::Key, Held<M>>, Error> {
    let keys: BTreeSet<&M::Key> = changes.iter().map(|(_, key, _)| key).collect();
    let keys: Vec<&M::Key> = keys.into_iter().collect();
    let arrays = <M::Row as Columns>::key_arrays(&keys);
    let mut rows = HashMap::with_capacity(keys.len());
    for row in client.query(&sql.load, &parameters(&org.0, &arrays)).await? {
        let position = row.try_get("as_of_position")?;
        let row = <M::Row as Columns>::read(&row)?;
        rows.insert(row.key(), (Some(row), position));
    }
    Ok(rows)
}

async fn remove<M: ReadModel>(
    rows: &HashMap<M::Key, Held<M>>,
    client: &Client,
    sql: &TableSql,
    org: OrgId,
) -> Result<u64, Error> {
    let keys: Vec<&M::Key> = rows.keys().collect();
    let arrays = <M::Row as Columns>::key_arrays(&keys);
    client.execute(&sql.remove, &parameters(&org.0, &arrays)).await
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
