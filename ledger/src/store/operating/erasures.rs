//! Who was erased: a list to keep outside the backups, because a restore brings back the keys
//! that were destroyed since.

use time::OffsetDateTime;

use crate::{
    store::{Ledger, StoreError},
    values::{OrgId, SubjectRef},
};

/// A person's keys were destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// In whose ledger.
    pub org: OrgId,
    /// Whose keys.
    pub subject: SubjectRef,
    /// When the last of them was.
    pub erased_at: OffsetDateTime,
}

/// Every erasure, the earliest first.
///
/// # Errors
///
/// [`StoreError`].
pub async fn erasures(ledger: &Ledger) -> Result<Vec<Erasure>, StoreError> {
    let doing = "listing erasures";
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool(doing))?;
    let text = "select org_id, subject_id, max(destroyed_at) from subject_keys \
                where destroyed_at is not null group by 1, 2 order by 3, 1, 2";
    let rows = client.query(text, &[]).await.map_err(StoreError::database(doing))?;
    let read = |row: &tokio_postgres::Row| {
        let (org, subject) = (OrgId(row.try_get(0)?), SubjectRef(row.try_get(1)?));
        Ok(Erasure { org, subject, erased_at: row.try_get(2)? })
    };
    rows.iter().map(read).collect::<Result<_, _>>().map_err(StoreError::database(doing))
}

/// Whether a key that the erasure destroyed is here. One made later is not meant: the person
/// came back.
///
/// # Errors
///
/// [`StoreError`].
pub async fn is_back(ledger: &Ledger, erasure: &Erasure) -> Result<bool, StoreError> {
    let doing = "looking for destroyed keys";
    let client = ledger.relay_pool().get().await.map_err(StoreError::pool(doing))?;
    let text = "select exists (select from subject_keys where org_id = $1 and subject_id = $2 \
                and destroyed_at is null and created_at <= $3)";
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
        [&erasure.org.0, &erasure.subject.0, &erasure.erased_at];
    let row = client.query_one(text, &values).await.map_err(StoreError::database(doing))?;
    row.try_get(0).map_err(StoreError::database(doing))
}
