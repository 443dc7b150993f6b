//! The table, read in one snapshot.

use std::{fmt, str::FromStr};

use time::OffsetDateTime;
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, NoTls, Row};

use super::ImportFailure;

/// Rows fetched at a time.
const PAGE: i32 = 1_000;

/// The name of a table, with or without its schema.
///
/// - **Unit:** letters, digits and `_`; quoted before it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceTable(String);

fn is_word(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.len() <= 63 && text.bytes().all(plain)
}

impl FromStr for SourceTable {
    type Err = ImportFailure;

    fn from_str(text: &str) -> Result<Self, ImportFailure> {
        let parts: Vec<&str> = text.split('.').collect();
        if parts.len() > 2 || !parts.iter().copied().all(is_word) {
            return Err(ImportFailure::Name(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for SourceTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl SourceTable {
    fn quoted(&self) -> String {
        let parts: Vec<String> = self.0.split('.').map(|part| format!("\"{part}\"")).collect();
        parts.join(".")
    }
}

/// One row, in the order of the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Its place in that order, from 1.
    pub number: i64,
    /// Kind of stream.
    pub aggregate_type: String,
    /// Which stream.
    pub aggregate_id: String,
    /// Place in the stream, from 1.
    pub sequence: i64,
    /// Name of the event.
    pub event_type: String,
    /// Version of its shape.
    pub event_version: String,
    /// JSON, exactly as it is stored.
    pub payload: String,
    /// JSON, exactly as it is stored.
    pub metadata: String,
    /// When it happened, where the metadata says so.
    pub happened_at: Option<OffsetDateTime>,
}

/// A source that is open: what it holds does not change while it is read.
pub struct Source {
    client: Client,
    connection: JoinHandle<()>,
    sql: String,
    read: i64,
}

impl Source {
    /// Connects, and fixes what is read. `time_key` is the field of the metadata that holds an
    /// instant (RFC 3339).
    ///
    /// # Errors
    ///
    /// [`ImportFailure::Source`], [`ImportFailure::Name`].
    pub async fn open(
        config: &Config,
        table: &SourceTable,
        time_key: &str,
    ) -> Result<Self, ImportFailure> {
        if !is_word(time_key) {
            return Err(ImportFailure::Name(time_key.to_owned()));
        }
        let sql = include_str!("rows.sql")
            .replace("{table}", &table.quoted())
            .replace("{time_key}", time_key);
        let (client, connection) = config.connect(NoTls).await?;
        let connection = tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "the source's connection ended");
            }
        });
        client.batch_execute("begin isolation level repeatable read read only").await?;
        Ok(Self { client, connection, sql, read: 0 })
    }

    /// Begins to read from the first row; again, if it was read before.
    ///
    /// # Errors
    ///
    /// [`ImportFailure::Source`].
    pub async fn rewind(&mut self) -> Result<(), ImportFailure> {
        self.client.batch_execute("close all").await?;
        self.client.batch_execute(&self.sql).await?;
        self.read = 0;
        Ok(())
    }

    /// The next rows; none at the end.
    ///
    /// # Errors
    ///
    /// [`ImportFailure::Source`].
    pub async fn next(&mut self) -> Result<Vec<SourceRow>, ImportFailure> {
        let fetch = format!("fetch forward {PAGE} from source_rows");
        let rows = self.client.query(&fetch, &[]).await?;
        let mut read = Vec::with_capacity(rows.len());
        for row in &rows {
            self.read += 1;
            read.push(source_row(self.read, row)?);
        }
        Ok(read)
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

fn source_row(number: i64, row: &Row) -> Result<SourceRow, tokio_postgres::Error> {
    Ok(SourceRow {
        number,
        aggregate_type: row.try_get(0)?,
        aggregate_id: row.try_get(1)?,
        sequence: row.try_get(2)?,
        event_type: row.try_get(3)?,
        event_version: row.try_get(4)?,
        payload: row.try_get(5)?,
        metadata: row.try_get(6)?,
        happened_at: row.try_get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_by_words_and_nothing_else() {
        let quoted = |text: &str| text.parse::<SourceTable>().map(|table| table.quoted());
        assert_eq!(quoted("events").unwrap(), "\"events\"");
        assert_eq!(quoted("old.events").unwrap(), "\"old\".\"events\"");
        for text in ["", "a.b.c", "events;", "\"events\"", "ev ents", ".events", "é"] {
            assert!(quoted(text).is_err(), "{text}");
        }
    }
}
