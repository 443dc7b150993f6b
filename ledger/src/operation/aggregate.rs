//! What is known of a thing elsewhere: what it remembers, decides and hears.

use std::collections::BTreeMap;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    Count, Decision, Note, OperationCommand, OperationError, OperationEvent, Record, Standing,
    counting::{Months, changes},
};
use crate::{decide::Decider, values::CycleKey};

/// How far another system's clock may run ahead of ours.
const CLOCKS_DIFFER: Duration = Duration::minutes(10);

/// One thing elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// What it counts for.
    counts: Vec<Count>,
    /// Message → content.
    heard: BTreeMap<Uuid, Uuid>,
    /// Of the fact that counts.
    rank: Option<Rank>,
}

/// Of two facts about a thing, the one of higher rank counts, whichever came first. Where two
/// were said at the same instant the message's name decides: by nothing, but always alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Rank {
    month: Option<CycleKey>,
    said_at: OffsetDateTime,
    message: Uuid,
}

impl Operation {
    /// What it counts for now.
    pub fn counts(&self) -> &[Count] {
        &self.counts
    }

    fn record(&self, record: Record) -> Decision {
        let Record { content, entity_id, fact, message, now, said_at, time_zone } = record;
        match self.heard.get(&message) {
            Some(known) if *known == content => return Ok(vec![]),
            Some(_) => return Err(OperationError::OtherContent),
            None => {}
        }
        fact.check()?;
        if said_at > now.saturating_add(CLOCKS_DIFFER) {
            return Err(OperationError::FromTheFuture { said_at, now });
        }
        let months = Months::of(time_zone);
        let late = fact.late(&months, now)?;
        let rank = Rank { month: fact.month_told(), said_at, message };
        let (standing, counts) = match self.rank {
            Some(known) if rank < known => (Standing::Superseded, self.counts.clone()),
            Some(_) => (Standing::Correction, fact.counts(&months)?),
            None => (Standing::First, fact.counts(&months)?),
        };
        let changes = changes(&self.counts, &counts, &months, now)?;
        let note = Note { changes, content, counts, entity_id, late, message, said_at, standing };
        Ok(vec![OperationEvent::new(fact, note)])
    }

    fn hear(&mut self, month: Option<CycleKey>, note: Note) {
        self.heard.insert(note.message, note.content);
        if note.standing != Standing::Superseded {
            let Note { message, said_at, .. } = note;
            self.rank = Some(Rank { month, said_at, message });
        }
        self.counts = note.counts;
    }
}

impl Decider for Operation {
    fn decide(&self, command: OperationCommand) -> Decision {
        match command {
            OperationCommand::Record(record) => self.record(*record),
        }
    }

    fn weight(&self) -> usize {
        256 + self.heard.len() * 48 + self.counts.len() * 32
    }
}

impl Aggregate for Operation {
    const TYPE: &'static str = "operation";
    type Command = OperationCommand;
    type Event = OperationEvent;
    type Error = OperationError;
    type Services = ();

    async fn handle(
        &mut self,
        command: OperationCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), OperationError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: OperationEvent) {
        match event {
            OperationEvent::BlackoutRecorded(event) => self.hear(None, event.note),
            OperationEvent::BookingRecorded(event) => self.hear(None, event.note),
            OperationEvent::JobCompletionRecorded(event) => self.hear(None, event.note),
            OperationEvent::LeadRecorded(event) => self.hear(None, event.note),
            OperationEvent::NpsResponseRecorded(event) => self.hear(None, event.note),
            OperationEvent::PhotoRecorded(event) => self.hear(None, event.note),
            OperationEvent::PhotoReviewRecorded(event) => self.hear(None, event.note),
            OperationEvent::StorageRecorded(event) => self.hear(None, event.note),
            OperationEvent::SupportTicketRecorded(event) => self.hear(None, event.note),
            OperationEvent::TeamRecorded(event) => self.hear(None, event.note),
            OperationEvent::UsageCounterRecorded(event) => {
                self.hear(Some(event.fact.month), event.note);
            }
            OperationEvent::WorkerRecorded(event) => self.hear(None, event.note),
        }
    }
}
