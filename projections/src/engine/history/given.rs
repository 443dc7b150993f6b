//! Rows in memory, given to a statement beside its own parameters.

use ledger::values::OrgId;
use uuid::Uuid;

use super::super::{Array, Columns, Folded, ReadModel};

/// The rows of one model.
pub(crate) trait Given: Send + Sync {
    /// A table of them under a name, for the `with` of a statement; its first parameter is the
    /// one after so many.
    fn table(&self, name: &str, after: usize) -> String;

    /// How many parameters that takes.
    fn parameters(&self) -> usize;

    /// The rows, to be laid out in columns.
    fn rows(&self) -> Box<dyn Laid + '_>;
}

/// Rows, one reference each.
pub(crate) trait Laid: Send + Sync {
    /// The parameters: the org, then an array for each column.
    fn values(&self) -> Vec<Array<'_>>;
}

/// Rows of a fold.
pub(super) struct GivenRows<M: ReadModel> {
    org: Uuid,
    rows: Vec<M::Row>,
    positions: Vec<i64>,
}

impl<M: ReadModel> GivenRows<M> {
    pub(super) fn new(org: OrgId, folded: Folded<M>) -> Self {
        let (rows, positions) = folded.into_values().unzip();
        Self { org: org.0, rows, positions }
    }
}

impl<M: ReadModel> Given for GivenRows<M> {
    fn table(&self, name: &str, after: usize) -> String {
        let (mut names, mut arrays) = (String::new(), String::new());
        for (number, column) in M::Row::all().enumerate() {
            names.push_str(column.name);
            names.push_str(", ");
            arrays.push_str(&format!("${}::{}[], ", after + 2 + number, column.sql));
        }
        let (org, positions) = (after + 1, after + self.parameters());
        format!(
            "{name} (org_id, {names}as_of_position) as (\n\
             select ${org}::uuid, w.*\nfrom unnest({arrays}${positions}::bigint[]) as w\n)"
        )
    }

    fn parameters(&self) -> usize {
        M::Row::all().count() + 2
    }

    fn rows(&self) -> Box<dyn Laid + '_> {
        Box::new(Borrowed { given: self, rows: self.rows.iter().collect() })
    }
}

struct Borrowed<'h, M: ReadModel> {
    given: &'h GivenRows<M>,
    rows: Vec<&'h M::Row>,
}

impl<M: ReadModel> Laid for Borrowed<'_, M> {
    fn values(&self) -> Vec<Array<'_>> {
        let mut values: Vec<Array<'_>> = vec![Box::new(self.given.org)];
        values.extend(<M::Row as Columns>::arrays(&self.rows));
        values.push(Box::new(&self.given.positions));
        values
    }
}

/// A statement that begins with these tables.
pub(crate) fn with(tables: &[String], sql: &str) -> String {
    let tables = tables.join(",\n");
    match sql.strip_prefix("with ") {
        Some(rest) => format!("with {tables},\n{rest}"),
        None => format!("with {tables}\n{sql}"),
    }
}
