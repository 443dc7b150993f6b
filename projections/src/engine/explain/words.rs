//! Naming a row: its key, by column, as it is stored.

use bytes::BytesMut;
use ledger::values::Currency;
use postgres_types::{FromSql, IsNull, ToSql, Type};
use serde_json::{Map, Value};
use time::Date;
use uuid::Uuid;

use super::trace::TracedRow;
use crate::engine::{Columns, ReadModel};

/// A row that nothing is known of yet but its name.
pub(super) fn named<M: ReadModel>(row: &M::Row) -> TracedRow {
    let (cells, wires) = (row.cells(), M::Row::wires());
    let of = |place: usize| match (cells.get(place), wires.get(place)) {
        (Some(cell), Some(wire)) => word(*cell, wire),
        _ => Value::Null,
    };
    let key = <M::Row as Columns>::KEY.iter().enumerate();
    let key: Map<String, Value> =
        key.map(|(place, column)| (column.name.to_owned(), of(place))).collect();
    let currency = M::Row::all().enumerate().find(|(_, column)| column.name == "currency");
    let currency = currency.and_then(|(place, _)| of(place).as_str().map(str::to_owned));
    let currency: Option<Currency> = currency.and_then(|code| code.parse().ok());
    TracedRow { model: M::NAME, version: M::VERSION, key, currency, shares: Vec::new() }
}

/// The figure in a monetary column of a row, in minor units; 0 where it holds none.
pub fn minor<R: Columns>(row: &R, column: &str) -> i64 {
    let place = R::all().position(|one| one.name == column);
    let (cells, wires) = (row.cells(), R::wires());
    let cell = place.and_then(|place| Some((*cells.get(place)?, wires.get(place)?)));
    cell.and_then(|(cell, wire)| word(cell, wire).as_i64()).unwrap_or(0)
}

/// A cell as JSON, read back from what would be stored.
fn word(cell: &(dyn ToSql + Sync), wire: &Type) -> Value {
    let mut bytes = BytesMut::new();
    match cell.to_sql_checked(wire, &mut bytes) {
        Ok(IsNull::No) => read(wire, &bytes).unwrap_or(Value::Null),
        Ok(IsNull::Yes) | Err(_) => Value::Null,
    }
}

fn read(wire: &Type, raw: &[u8]) -> Option<Value> {
    match *wire {
        Type::TEXT => String::from_sql(wire, raw).ok().map(Value::from),
        Type::UUID => Uuid::from_sql(wire, raw).ok().map(|id| Value::from(id.to_string())),
        Type::INT2 => i16::from_sql(wire, raw).ok().map(Value::from),
        Type::INT4 => i32::from_sql(wire, raw).ok().map(Value::from),
        Type::INT8 => i64::from_sql(wire, raw).ok().map(Value::from),
        Type::BOOL => bool::from_sql(wire, raw).ok().map(Value::from),
        Type::DATE => Date::from_sql(wire, raw).ok().map(|day| Value::from(day.to_string())),
        _ => None,
    }
}
