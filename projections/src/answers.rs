//! From columns to typed answers.

use ledger::{
    store::StoreError,
    values::{Currency, Money, Sealed},
};
use serde::de::DeserializeOwned;
use tokio_postgres::Row;

use crate::engine::{Columns, EngineError, Word};

/// Minor units and a currency column make money.
pub(crate) fn money(minor: i64, currency: Word<Currency>) -> Money {
    Money::from_minor(minor, currency.0)
}

/// Reads rows selected with all of a read model's columns.
pub(crate) fn read<R: Columns>(rows: &[Row]) -> Result<Vec<R>, EngineError> {
    rows.iter()
        .map(R::read)
        .collect::<Result<_, _>>()
        .map_err(EngineError::database("reading a read model's row"))
}

/// Sealed data as it was copied from the event, unopened.
pub(crate) fn sealed(bytes: Option<&[u8]>) -> Result<Option<Sealed<String>>, EngineError> {
    let unreadable = |error: serde_json::Error| {
        EngineError::Store(StoreError::Damaged(format!("sealed column: {error}")))
    };
    bytes.map(serde_json::from_slice).transpose().map_err(unreadable)
}

/// Sealed data for a column.
pub(crate) fn closed<T>(sealed: &Sealed<T>) -> Vec<u8> {
    serde_json::to_vec(sealed).expect("sealed data is a flat object of text and numbers")
}

/// Sealed data that is always there.
pub(crate) fn sealed_id(bytes: &[u8]) -> Result<Sealed<String>, EngineError> {
    from_json(bytes)
}

/// What a read model wrote as JSON.
pub(crate) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, EngineError> {
    serde_json::from_slice(bytes)
        .map_err(|error| EngineError::Store(StoreError::Damaged(format!("JSON column: {error}"))))
}
