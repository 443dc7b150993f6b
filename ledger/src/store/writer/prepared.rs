//! A batch on its way to the database, as columns.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use time::OffsetDateTime;
use uuid::Uuid;

use super::job::Job;
use crate::{
    store::{Context, ExecuteError, Outcome, context::event_id, erased::StreamKey, leaf::Leaf},
    values::OrgId,
};

/// What the batch wants of one org.
pub(super) struct Part {
    pub org: OrgId,
    /// The head everything was decided at.
    pub old_head: i64,
    pub new_head: i64,
    pub recorded_at: OffsetDateTime,
    /// Streams that have events in the batch.
    pub touched: HashSet<StreamKey>,
    /// Numbers given out, by series.
    pub series: BTreeMap<String, i64>,
}

/// The answer a command gets if its org's head is confirmed.
pub(super) enum Planned {
    Accepted(Arc<Outcome>),
    Refused(ExecuteError),
}

/// A command of the batch.
pub(super) struct Entry {
    pub job: Job,
    pub part: usize,
    pub planned: Planned,
    /// Whether it leaves an idempotency record.
    pub recorded: bool,
}

/// Columns of the events to insert.
#[derive(Default)]
pub(super) struct EventColumns {
    pub part: Vec<i32>,
    pub position: Vec<i64>,
    pub aggregate_id: Vec<Uuid>,
    pub sequence: Vec<i64>,
    pub event_id: Vec<Uuid>,
    pub correlation_id: Vec<Uuid>,
    pub causation_id: Vec<Option<Uuid>>,
    pub command_id: Vec<Uuid>,
    pub occurred_at: Vec<OffsetDateTime>,
    pub event_version: Vec<i32>,
    pub aggregate_type: Vec<&'static str>,
    pub event_type: Vec<&'static str>,
    /// Whose events these are: actor and metadata are read from the entry.
    pub entry: Vec<usize>,
    pub payload: Vec<Vec<u8>>,
    pub leaf_hash: Vec<[u8; 32]>,
}

/// Columns of the idempotency records to insert.
#[derive(Default)]
pub(super) struct CommandColumns {
    pub part: Vec<i32>,
    pub command_id: Vec<Uuid>,
    pub fingerprint: Vec<[u8; 32]>,
    pub verdict: Vec<i16>,
    pub first_position: Vec<i64>,
    pub last_position: Vec<i64>,
    pub stream_version: Vec<i64>,
}

/// A batch.
#[derive(Default)]
pub(super) struct Prepared {
    pub parts: Vec<Part>,
    pub part_of: HashMap<OrgId, usize>,
    pub entries: Vec<Entry>,
    pub events: EventColumns,
    pub commands: CommandColumns,
    pub bytes: usize,
    /// Holds one command that goes on its own.
    pub alone: bool,
    /// What is left out to see what it costs.
    #[cfg(feature = "ablation")]
    pub without: Option<crate::store::Ablation>,
}

/// One event to be inserted.
pub(super) struct NewEvent<'a> {
    pub context: &'a Context,
    pub ordinal: usize,
    pub position: i64,
    pub stream: StreamKey,
    pub sequence: i64,
    pub name: &'static str,
    pub version: u16,
    pub payload: Vec<u8>,
    pub occurred_at: OffsetDateTime,
}

impl Prepared {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The org's part, begun at its head if it has none yet.
    pub(super) fn part(
        &mut self,
        org: OrgId,
        head: i64,
        last_recorded_at: Option<OffsetDateTime>,
        now: OffsetDateTime,
    ) -> usize {
        *self.part_of.entry(org).or_insert_with(|| {
            // Never decreasing along positions, whatever the clock does.
            let recorded_at = last_recorded_at.map_or(now, |last| last.max(now));
            self.parts.push(Part {
                org,
                old_head: head,
                new_head: head,
                recorded_at,
                touched: HashSet::new(),
                series: BTreeMap::new(),
            });
            self.parts.len() - 1
        })
    }

    /// Adds an event; returns its id.
    pub(super) fn push_event(&mut self, part: usize, event: NewEvent<'_>) -> Uuid {
        let context = event.context;
        let id = event_id(context.event_base, event.ordinal);
        let occurred_at = event.occurred_at;
        let leaf = Leaf {
            org_id: context.org.0,
            position: event.position,
            aggregate_type: event.stream.0,
            aggregate_id: event.stream.1,
            sequence: event.sequence,
            event_id: id,
            event_type: event.name,
            event_version: i32::from(event.version),
            payload: &event.payload,
            metadata: &context.metadata,
            actor: &context.actor.0,
            correlation_id: context.correlation_id,
            causation_id: context.causation_id,
            command_id: context.command_id,
            occurred_at,
            recorded_at: self.parts[part].recorded_at,
        };
        let columns = &mut self.events;
        #[cfg(feature = "ablation")]
        let hash = match self.without {
            Some(crate::store::Ablation::Hash) => [0; 32],
            _ => leaf.hash(),
        };
        #[cfg(not(feature = "ablation"))]
        let hash = leaf.hash();
        columns.leaf_hash.push(hash);
        columns.part.push(index(part));
        columns.position.push(event.position);
        columns.aggregate_id.push(event.stream.1);
        columns.sequence.push(event.sequence);
        columns.event_id.push(id);
        columns.correlation_id.push(context.correlation_id);
        columns.causation_id.push(context.causation_id);
        columns.command_id.push(context.command_id);
        columns.occurred_at.push(occurred_at);
        columns.event_version.push(i32::from(event.version));
        columns.aggregate_type.push(event.stream.0);
        columns.event_type.push(event.name);
        // Its command is the next entry.
        columns.entry.push(self.entries.len());
        self.bytes += event.payload.len() + context.metadata.len() + 300;
        columns.payload.push(event.payload);
        id
    }

    /// Adds an idempotency record.
    pub(super) fn push_command(&mut self, part: usize, context: &Context, outcome: &Outcome) {
        let columns = &mut self.commands;
        columns.part.push(index(part));
        columns.command_id.push(context.command_id);
        columns.fingerprint.push(context.fingerprint);
        columns.verdict.push(i16::from(!outcome.events.is_empty()));
        columns.first_position.push(outcome.first_position);
        columns.last_position.push(outcome.position);
        columns.stream_version.push(outcome.stream_version);
        self.bytes += 120;
    }

    /// Where each part stands when the orgs are in order, counted from 1: heads are locked in
    /// one order by everybody, so that two writers cannot wait for each other.
    pub(super) fn ranks(&self) -> (Vec<usize>, Vec<i32>) {
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|part| self.parts[*part].org);
        let mut ranks = vec![0; order.len()];
        for (rank, part) in order.iter().enumerate() {
            ranks[*part] = index(rank) + 1;
        }
        (order, ranks)
    }
}

/// Batches are far smaller than 2^31.
fn index(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
