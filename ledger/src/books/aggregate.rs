//! What the books remember, and how they hear their own history.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{BooksCommand, BooksError, BooksEvent, Decision, EntryKind, EntryLine};
use crate::{decide::Decider, values::Code};

/// An entry as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day it belongs to.
    pub business_on: Date,
    /// What it is for.
    pub kind: EntryKind,
    /// The lines.
    pub lines: Vec<EntryLine>,
    /// Why.
    pub reason_code: Code,
    /// The mirror that undid it.
    pub reversed_by: Option<Uuid>,
    /// The entry that it mirrors.
    pub reverses: Option<Uuid>,
}

/// The operator's books of an org.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Books {
    /// Last days of the sealed periods.
    pub(super) closed: BTreeSet<Date>,
    pub(super) entries: BTreeMap<Uuid, Entry>,
    /// Last days of the periods that were sealed and are not any more.
    pub(super) reopened: BTreeSet<Date>,
}

impl Books {
    /// The entries made, by id.
    pub fn entries(&self) -> &BTreeMap<Uuid, Entry> {
        &self.entries
    }
}

impl Decider for Books {
    fn decide(&self, command: BooksCommand) -> Decision {
        match command {
            BooksCommand::ClosePeriod(command) => self.close(command),
            BooksCommand::ReopenPeriod(command) => self.reopen(command),
            BooksCommand::PostEntry(command) => self.post(command),
            BooksCommand::ReverseEntry(command) => self.reverse(command),
        }
    }

    fn weight(&self) -> usize {
        let lines: usize = self.entries.values().map(|entry| entry.lines.len()).sum();
        256 + (self.closed.len() + self.reopened.len()) * 16 + self.entries.len() * 192 + lines * 32
    }
}

impl Aggregate for Books {
    const TYPE: &'static str = "books";
    type Command = BooksCommand;
    type Event = BooksEvent;
    type Error = BooksError;
    type Services = ();

    async fn handle(
        &mut self,
        command: BooksCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), BooksError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: BooksEvent) {
        match event {
            BooksEvent::PeriodClosed(event) => {
                self.closed.insert(event.closed_through);
                self.reopened.remove(&event.closed_through);
            }
            BooksEvent::PeriodReopened(event) => {
                self.closed.remove(&event.was);
                self.reopened.insert(event.was);
            }
            BooksEvent::EntryPosted(event) => {
                if let Some(reversed) = event.reverses
                    && let Some(entry) = self.entries.get_mut(&reversed)
                {
                    entry.reversed_by = Some(event.entry_id);
                }
                let entry = Entry {
                    business_on: event.business_on,
                    kind: event.kind,
                    lines: event.lines,
                    reason_code: event.reason_code,
                    reversed_by: None,
                    reverses: event.reverses,
                };
                // Heard again, it keeps what happened to it since.
                self.entries.entry(event.entry_id).or_insert(entry);
            }
        }
    }
}
