//! Two tables of a model, row by row.

use deadpool_postgres::Transaction;
use ledger::values::OrgId;
use serde_json::Value;

use super::{super::EngineError, plan::Target};

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

/// Compares within the transaction's snapshot; at most `limit` rows that differ are told.
pub(super) async fn compare(
    transaction: &Transaction<'_>,
    org: OrgId,
    target: &Target,
    live: &str,
    limit: i64,
) -> Result<Vec<Difference>, EngineError> {
    let failed = || EngineError::database("comparing two tables");
    let rebuilt = &target.model.sql(target.idle).table;
    let key = target.model.key_columns();
    let same: Vec<String> = key.iter().map(|name| format!("l.{name} = r.{name}")).collect();
    let sql = format!(
        "select to_jsonb(l)::text, to_jsonb(r)::text\n\
         from (select * from {live} where org_id = $1) l\n\
         full join (select * from {rebuilt} where org_id = $1) r on {}\n\
         where l is distinct from r\nlimit $2",
        same.join(" and ")
    );
    let rows = transaction.query(&sql, &[&org.0, &limit]).await.map_err(failed())?;
    let mut differences = Vec::new();
    for row in rows {
        let live: Option<String> = row.try_get(0).map_err(failed())?;
        let rebuilt: Option<String> = row.try_get(1).map_err(failed())?;
        tell(org, target, &key, live.as_deref(), rebuilt.as_deref(), &mut differences);
    }
    Ok(differences)
}

fn tell(
    org: OrgId,
    target: &Target,
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
        org,
        model: target.model.name().to_owned(),
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
