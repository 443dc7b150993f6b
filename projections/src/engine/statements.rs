//! The statements that load and save a read model's rows, written from its columns.

use deadpool_postgres::Transaction;
use tokio_postgres::Statement;

use super::{Column, Columns, ReadModel, Slot, Worded};

/// The statements of one table.
#[derive(Debug)]
pub struct TableSql {
    /// The table.
    pub table: String,
    /// Rows of given keys.
    pub load: String,
    /// Rows inserted or replaced, column by column.
    pub save: String,
    /// Rows of given keys removed.
    pub remove: String,
    /// All rows of the org removed.
    pub clear: String,
    /// Binary `COPY` into the table.
    pub copy: String,
}

/// The same, prepared on a connection.
pub struct TableStatements {
    pub load: Statement,
    pub save: Statement,
    pub remove: Statement,
}

impl TableSql {
    /// The statements of a model's table.
    pub(crate) fn of<M: ReadModel>(slot: Slot) -> Self {
        Self::named::<M>(format!("{}_{}", M::NAME, slot.word()))
    }

    /// The statements of another table of the same shape.
    pub(crate) fn named<M: ReadModel>(table: String) -> Self {
        let key = <M::Row as Columns>::KEY;
        let rest = <M::Row as Columns>::REST;
        let all: Vec<Column> = M::Row::all().copied().collect();
        let (all_names, key_names) = (names(&all, ""), names(key, ""));
        let (arrays, keys) = (arrays(&all), arrays(key));
        let replaced: Vec<String> = rest
            .iter()
            .map(|column| column.name)
            .chain(["as_of_position"])
            .map(|name| format!("{name} = excluded.{name}"))
            .collect();
        // Each row along its key, whatever PostgreSQL believes of the table: where it expects few
        // rows of an org, all indexes cost the same to it. Only the key's gives the order of its
        // last column unsorted, where those before it are given.
        let (last, before) = key.split_last().map_or(("", key), |(last, rest)| (last.name, rest));
        let given: String =
            before.iter().map(|column| format!("and t.{0} = w.{0}\n", column.name)).collect();
        let along_the_key = |columns: &str| {
            format!(
                "cross join lateral (\nselect {columns}\nfrom {table} t\nwhere t.org_id = $1\n\
                 {given}and t.{last} >= w.{last}\nand t.{last} <= w.{last}\norder by t.{last}\n\
                 limit 1\n) r"
            )
        };
        let position = all.len() + 2;
        Self {
            load: format!(
                "select r.*\nfrom unnest({keys}) as w({key_names})\n{}",
                along_the_key(&format!("{}, t.as_of_position", names(&all, "t.")))
            ),
            save: format!(
                "insert into {table} (org_id, {all_names}, as_of_position)\nselect $1, \
                 {}, w.as_of_position\nfrom unnest({arrays}, ${position}::bigint[]) as \
                 w({all_names}, as_of_position)\non conflict (org_id, {key_names}) do update\n\
                 set {}",
                names(&all, "w."),
                replaced.join(", "),
            ),
            remove: format!(
                "delete from {table}\nwhere org_id = $1\nand ctid = any(array(\nselect r.ctid\n\
                 from unnest({keys}) as w({key_names})\n{}\n))",
                along_the_key("t.ctid")
            ),
            clear: format!("delete from {table}\nwhere org_id = $1"),
            copy: format!("copy {table} (org_id, {all_names}, as_of_position) from stdin binary"),
            table,
        }
    }

    /// Prepares them, before anything is sent that must not be overtaken.
    pub(crate) async fn prepare(
        &self,
        transaction: &Transaction<'_>,
    ) -> Result<TableStatements, tokio_postgres::Error> {
        Ok(TableStatements {
            load: transaction.prepare_cached(&self.load).await?,
            save: transaction.prepare_cached(&self.save).await?,
            remove: transaction.prepare_cached(&self.remove).await?,
        })
    }
}

fn names(columns: &[Column], prefix: &str) -> String {
    let names: Vec<String> =
        columns.iter().map(|column| format!("{prefix}{}", column.name)).collect();
    names.join(", ")
}

/// Array parameters from `$2` on, one per column.
fn arrays(columns: &[Column]) -> String {
    let arrays: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| format!("${}::{}[]", index + 2, column.sql))
        .collect();
    arrays.join(", ")
}
