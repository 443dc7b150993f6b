//! Which installation this is, and whether the master key is its own.

use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::store::{Ledger, StoreError};

/// What the database says about the master key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyCheck {
    /// It was never used here; now it is this installation's key.
    First,
    /// It is this installation's key.
    Same,
    /// Another key sealed what is here.
    Other,
}

/// Compares the master key with the one that this database was first opened with.
///
/// # Errors
///
/// [`StoreError`].
pub async fn check_key(ledger: &Ledger) -> Result<KeyCheck, StoreError> {
    let ours = ledger.names().sign("key check", b"daybook");
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("checking the key"))?;
    let error = || StoreError::database("checking the key");
    let noted = client
        .execute(
            "update installation set key_check = $1 where key_check is null",
            &[&ours.as_slice()],
        )
        .await
        .map_err(error())?;
    if noted == 1 {
        return Ok(KeyCheck::First);
    }
    let row = client.query_one("select key_check from installation", &[]).await.map_err(error())?;
    let theirs: Vec<u8> = row.try_get(0).map_err(error())?;
    let same = bool::from(ours.as_slice().ct_eq(&theirs));
    Ok(if same { KeyCheck::Same } else { KeyCheck::Other })
}

/// The installation's id.
///
/// # Errors
///
/// [`StoreError`].
pub async fn installation_id(ledger: &Ledger) -> Result<Uuid, StoreError> {
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool("reading its id"))?;
    let row = client
        .query_one("select id from installation", &[])
        .await
        .map_err(StoreError::database("reading the installation's id"))?;
    row.try_get(0).map_err(StoreError::database("reading the installation's id"))
}
