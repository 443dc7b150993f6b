//! Reading an org's log to fold it anew: one binary stream, only the columns that are needed, only
//! the events that somebody hears.

use std::pin::Pin;

use futures_util::TryStreamExt;
use ledger::{
    recorded::{Actor, LedgerEvent, Recorded},
    values::OrgId,
};
use postgres_types::Type;
use time::OffsetDateTime;
use tokio_postgres::{
    Error, Transaction,
    binary_copy::{BinaryCopyOutRow, BinaryCopyOutStream},
};
use uuid::Uuid;

use super::super::{EngineError, log};

const TYPES: [Type; 13] = [
    Type::INT8,
    Type::UUID,
    Type::INT8,
    Type::UUID,
    Type::TEXT,
    Type::INT4,
    Type::BYTEA,
    Type::TEXT,
    Type::UUID,
    Type::UUID,
    Type::UUID,
    Type::TIMESTAMPTZ,
    Type::TIMESTAMPTZ,
];

const ALONG_THE_KEY: &str = "set local enable_seqscan = off; set local enable_bitmapscan = off; \
                             set local jit = off";

const READING: &str = "reading the log for a rebuild";

/// What is read of a log, and how far.
pub(crate) struct Reading<'a> {
    pub org: OrgId,
    /// Up to and with this position.
    pub until: i64,
    /// Stored names that nobody hears; see [`log::ignored`].
    pub ignored: &'a (Vec<&'static str>, i32),
}

impl<'a> Reading<'a> {
    /// Begins the stream. The log is read along its primary key, never sorted or hashed.
    pub(crate) async fn begin(
        self,
        transaction: &Transaction<'_>,
    ) -> Result<Events<'a>, EngineError> {
        transaction.batch_execute(ALONG_THE_KEY).await.map_err(EngineError::database(READING))?;
        let copied = transaction.copy_out(&self.sql()).await;
        let copied = copied.map_err(EngineError::database(READING))?;
        let rows = Box::pin(BinaryCopyOutStream::new(copied, &TYPES));
        Ok(Events { reading: self, rows })
    }

    /// `COPY` takes no parameters; everything here is a number, a parsed UUID or a name of ours.
    fn sql(&self) -> String {
        let (names, known) = self.ignored;
        let filter = if names.is_empty() {
            String::new()
        } else {
            let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
            format!(
                " and (event_type <> all (array[{}]) or event_version > {known})",
                names.join(", ")
            )
        };
        format!(
            "copy (select position, aggregate_id, sequence, event_id, \
             event_type, event_version, payload, actor, correlation_id, causation_id, \
             command_id, occurred_at, recorded_at from events where org_id = '{}' and \
             position <= {}{filter} order by position) to stdout (format binary)",
            self.org.0.hyphenated(),
            self.until,
        )
    }

    fn event(
        &self,
        row: &BinaryCopyOutRow,
        name: &str,
        version: i32,
    ) -> Result<Result<Recorded, EngineError>, Error> {
        let position = row.try_get(0)?;
        let payload: &[u8] = row.try_get(6)?;
        let version = u16::try_from(version).unwrap_or(u16::MAX);
        let event = match LedgerEvent::decode(name, version, payload) {
            Ok(event) => event,
            Err(source) => {
                return Ok(Err(EngineError::Decode { org: self.org, position, source }));
            }
        };
        Ok(Ok(Recorded {
            org: self.org,
            position,
            aggregate_type: kind(name).to_owned(),
            aggregate_id: row.try_get::<Uuid>(1)?,
            sequence: row.try_get(2)?,
            event_id: row.try_get::<Uuid>(3)?,
            event,
            actor: Actor(row.try_get::<&str>(7)?.to_owned()),
            correlation_id: row.try_get::<Uuid>(8)?,
            causation_id: row.try_get::<Option<Uuid>>(9)?,
            command_id: row.try_get::<Uuid>(10)?,
            occurred_at: row.try_get::<OffsetDateTime>(11)?,
            recorded_at: row.try_get::<OffsetDateTime>(12)?,
        }))
    }
}

/// The kind of stream stands in the event's name, so that it need not be read.
fn kind(name: &str) -> &str {
    name.split('.').nth(1).unwrap_or(name)
}

/// Events on their way.
pub(crate) struct Events<'a> {
    reading: Reading<'a>,
    rows: Pin<Box<BinaryCopyOutStream>>,
}

impl Events<'_> {
    /// The next event that somebody may hear.
    pub(crate) async fn next(&mut self) -> Result<Option<Recorded>, EngineError> {
        let failed = || EngineError::database(READING);
        while let Some(row) = self.rows.try_next().await.map_err(failed())? {
            let name: &str = row.try_get(4).map_err(failed())?;
            let version: i32 = row.try_get(5).map_err(failed())?;
            let ignored = self.reading.ignored.0.binary_search(&name).is_ok();
            if ignored && log::is_known(name, version) {
                continue;
            }
            let event = self.reading.event(&row, name, version).map_err(failed())??;
            return Ok(Some(event));
        }
        Ok(None)
    }
}
