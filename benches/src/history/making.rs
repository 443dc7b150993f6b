//! Stories into rows, each with the hash that the writer would give it.

use std::collections::BTreeMap;

use anyhow::ensure;
use ledger::{Decider, StoredEvent, invoice::Invoice, store::Stored, values::OrgId};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::story::{EVENTS, story};
use crate::work::{METADATA, decided, id, invoice};

/// The last two bytes of an event's id count the events of its command.
const ORDINALS: u128 = 0xffff;

/// A log that is being made.
pub(super) struct Making {
    pub(super) org: OrgId,
    pub(super) head: i64,
    pub(super) recorded_at: OffsetDateTime,
    /// The last number of each series.
    pub(super) series: BTreeMap<String, i64>,
}

/// Rows that go in together.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) events: Vec<Stored>,
    pub(super) commands: Vec<Remembered>,
}

/// The record of a command.
pub(super) struct Remembered {
    pub(super) org: Uuid,
    pub(super) id: Uuid,
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) version: i64,
    pub(super) recorded_at: OffsetDateTime,
}

impl Making {
    /// Goes on after a head, as of an instant.
    pub(super) fn new(org: OrgId, head: i64, recorded_at: OffsetDateTime) -> Self {
        Self { org, head, recorded_at, series: BTreeMap::new() }
    }

    /// The rows of so many invoices, one command each.
    ///
    /// # Errors
    /// When the rules refuse the story, which they must not.
    pub(super) fn invoices(&mut self, first: u64, count: u64) -> anyhow::Result<Rows> {
        let mut rows = Rows::default();
        for number in first..first + count {
            self.invoice(number, &mut rows)?;
        }
        Ok(rows)
    }

    fn invoice(&mut self, number: u64, rows: &mut Rows) -> anyhow::Result<()> {
        self.recorded_at += Duration::microseconds(100);
        let command_id = id(8, number);
        let base = id(9, number).as_u128() & !ORDINALS;
        let begun = self.head + 1;
        let mut state = Invoice::default();
        let mut sequence = 0;
        for mut command in story(number) {
            if let Some(series) = Invoice::series(&command) {
                let last = self.series.entry(series).or_default();
                *last += 1;
                Invoice::assign_number(&mut command, *last);
            }
            for event in decided(&mut state, command)? {
                self.head += 1;
                let event_id = Uuid::from_u128(base | sequence as u128);
                sequence += 1;
                let mut stored = Stored {
                    org: self.org,
                    position: self.head,
                    aggregate_type: "invoice".to_owned(),
                    aggregate_id: invoice(number).uuid(),
                    sequence,
                    event_id,
                    event_type: event.name().to_owned(),
                    event_version: i32::from(event.version()),
                    payload: event.encode()?,
                    metadata: METADATA.as_bytes().to_vec(),
                    actor: "key:bench".to_owned(),
                    correlation_id: command_id,
                    causation_id: None,
                    command_id,
                    occurred_at: self.recorded_at,
                    recorded_at: self.recorded_at,
                    leaf_hash: [0; 32],
                };
                stored.leaf_hash = stored.leaf();
                rows.events.push(stored);
            }
        }
        ensure!(sequence.unsigned_abs() == EVENTS, "an invoice came to {sequence} events");
        rows.commands.push(Remembered {
            org: self.org.0,
            id: command_id,
            first: begun,
            last: self.head,
            version: sequence,
            recorded_at: self.recorded_at,
        });
        Ok(())
    }
}
