//! Two tables of a model, row by row.

use deadpool_postgres::Transaction;
use ledger::values::OrgId;
use serde_json::Value;

use super::super::{EngineError, Projector};

/// Two tables of a model in one snapshot, both at this position.
pub(super) struct Pair<'a> {
    pub org: OrgId,
    pub model: &'a dyn Projector,
    pub live: &'a str,
    pub rebuilt: &'a str,
    pub position: i64,
    /// Whether they may differ: the model's version was raised.
    pub explained: bool,
}

/// A cell in which the rebuilt table differs from the one that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whose.
    pub org: OrgId,
    /// Which model.
    pub model: String,
    /// The row's key, as JSON.
    pub key: String,
    /// The column; `*` when the whole row is missing on one side.
    pub column: String,
    /// What the live table says; `None` when it has no such row.
    pub live: Option<String>,
    /// What the rebuilt table says; `None` when it has no such row.
    pub rebuilt: Option<String>,
}

impl Difference {
    /// The same for everybody who may know how a rebuild went: other cells than money and states
    /// are named, and what they hold is not told.
    pub(super) fn told(&self) -> Value {
        let open = self.column.ends_with("_minor") || self.column == "status";
        let content = |side: &Option<String>| side.clone().filter(|_| open);
        serde_json::json!({
            "key": self.key,
            "column": self.column,
            "in_live": self.live.is_some(),
            "in_rebuilt": self.rebuilt.is_some(),
            "live": content(&self.live),
            "rebuilt": content(&self.rebuilt),
        })
    }
}

/// Two tables of a model that do not say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Whose.
    pub org: OrgId,
    /// Which model.
    pub model: String,
    /// The position at which they were compared.
    pub position: i64,
    /// Rows that differ.
    pub rows: i64,
    /// SHA-256 over all of them, in the order of their keys.
    pub digest: [u8; 32],
    /// By how much the money of all rows differs.
    pub money: Vec<MoneyMoved>,
    /// Whether the model's version was raised: then its rows were meant to change.
    pub explained: bool,
}

/// What the rebuilt table says in all, less what the live one says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyMoved {
    /// The column.
    pub column: String,
    /// In which currency; `None` where rows name none.
    pub currency: Option<String>,
    /// Minor units, as a whole number.
    pub minor: String,
}

/// What was found: the first rows cell by cell, and all of them in sum.
pub(super) type Found = (Vec<Difference>, Option<Disagreement>);

/// Compares within the transaction's snapshot; at most `limit` rows that differ are told.
pub(super) async fn compare(
    transaction: &Transaction<'_>,
    pair: &Pair<'_>,
    limit: i64,
) -> Result<Found, EngineError> {
    let failed = || EngineError::database("comparing two tables");
    let Pair { org, position, explained, .. } = *pair;
    let key = pair.model.key_columns();
    let differing = pair.differing(&key);
    let sql = format!("select to_jsonb(l)::text, to_jsonb(r)::text\n{differing}\nlimit $2");
    let rows = transaction.query(&sql, &[&org.0, &limit]).await.map_err(failed())?;
    let mut differences = Vec::new();
    for row in &rows {
        let live: Option<String> = row.try_get(0).map_err(failed())?;
        let rebuilt: Option<String> = row.try_get(1).map_err(failed())?;
        pair.tell(&key, live.as_deref(), rebuilt.as_deref(), &mut differences);
    }
    if rows.is_empty() {
        return Ok((differences, None));
    }
    let order: Vec<String> =
        key.iter().map(|name| format!("coalesce(l.{name}, r.{name})")).collect();
    let sql = format!(
        "select count(*), sha256(string_agg(sha256(convert_to(concat(to_jsonb(l), E'\\n', \
         to_jsonb(r)), 'UTF8')), ''::bytea order by {}))\n{differing}",
        order.join(", ")
    );
    let row = transaction.query_one(&sql, &[&org.0]).await.map_err(failed())?;
    let digest: &[u8] = row.try_get(1).map_err(failed())?;
    let disagreement = Disagreement {
        org,
        model: pair.model.name().to_owned(),
        position,
        rows: row.try_get(0).map_err(failed())?,
        digest: digest.try_into().unwrap_or_default(),
        money: pair.money(transaction, &differing).await?,
        explained,
    };
    Ok((differences, Some(disagreement)))
}

impl Pair<'_> {
    /// The rows that differ, as the end of a statement: `l` is live, `r` is rebuilt.
    fn differing(&self, key: &[&str]) -> String {
        let Self { live, rebuilt, .. } = self;
        let same: Vec<String> = key.iter().map(|name| format!("l.{name} = r.{name}")).collect();
        format!(
            "from (select * from {live} where org_id = $1) l\n\
         full join (select * from {rebuilt} where org_id = $1) r on {}\n\
         where l is distinct from r",
            same.join(" and ")
        )
    }

    /// Sums of the money that differs, where there is any.
    async fn money(
        &self,
        transaction: &Transaction<'_>,
        differing: &str,
    ) -> Result<Vec<MoneyMoved>, EngineError> {
        let failed = || EngineError::database("comparing two tables");
        let currency = match self.model.has_currency() {
            true => "coalesce(r.currency, l.currency)",
            false => "null::text",
        };
        let columns = self.model.money_columns();
        if columns.is_empty() {
            return Ok(Vec::new());
        }
        let sum = |column: &&str| {
            format!("(sum(coalesce(r.{column}, 0)) - sum(coalesce(l.{column}, 0)))::text")
        };
        let sums: Vec<String> = columns.iter().map(sum).collect();
        let sums = sums.join(", ");
        let sql = format!("select {currency}, {sums}\n{differing}\ngroup by 1\norder by 1");
        let rows = transaction.query(&sql, &[&self.org.0]).await.map_err(failed())?;
        let mut moved = Vec::new();
        for (index, column) in columns.into_iter().enumerate() {
            for row in &rows {
                let minor: String = row.try_get(index + 1).map_err(failed())?;
                if minor != "0" {
                    let currency = row.try_get(0).map_err(failed())?;
                    moved.push(MoneyMoved { column: column.to_owned(), currency, minor });
                }
            }
        }
        Ok(moved)
    }

    fn tell(
        &self,
        key: &[&'static str],
        live: Option<&str>,
        rebuilt: Option<&str>,
        out: &mut Vec<Difference>,
    ) {
        let parse = |text: Option<&str>| -> Value {
            text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null)
        };
        let (left, right) = (parse(live), parse(rebuilt));
        let one = if left.is_null() { &right } else { &left };
        let key: Vec<&Value> = key.iter().map(|name| &one[*name]).collect();
        let key = serde_json::to_string(&key).unwrap_or_default();
        let difference = |column: &str, live: Option<String>, rebuilt: Option<String>| Difference {
            org: self.org,
            model: self.model.name().to_owned(),
            key: key.clone(),
            column: column.to_owned(),
            live,
            rebuilt,
        };
        match (left.as_object(), right.as_object()) {
            (Some(left), Some(right)) => {
                for (column, value) in left {
                    let other = right.get(column).unwrap_or(&Value::Null);
                    if value != other {
                        let (value, other) = (value.to_string(), other.to_string());
                        out.push(difference(column, Some(value), Some(other)));
                    }
                }
            }
            _ => out.push(difference("*", live.map(str::to_owned), rebuilt.map(str::to_owned))),
        }
    }
}
