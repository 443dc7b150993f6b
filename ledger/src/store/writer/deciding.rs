//! Commands into a batch: decided on cached state, which the append then proves.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Instant,
};

use super::{
    closed_periods::admit,
    finishing::BUSY,
    job::Job,
    org::{Org, signed},
    prepared::{Entry, NewEvent, Planned, Prepared},
    task::Writer,
};
use crate::{
    decide::Refusal,
    recorded::LedgerEvent,
    store::{
        EventRef, ExecuteError, Outcome, StoreError,
        erased::{AnyAggregate, Decided, Stream, StreamKey},
        error::Placed,
        metrics::Counters,
        told,
    },
    values::OrgId,
};

/// An event that was decided.
struct New {
    stream: Stream,
    event: LedgerEvent,
    /// Whether the state ahead of the log has heard it already.
    heard: bool,
}

/// States ahead of the log: what commands of a job leave behind for those after them.
type Ahead = HashMap<StreamKey, Box<dyn AnyAggregate>>;

/// What one command came to.
enum Decision {
    /// Events in order, the numbers they used, and the states that have heard them.
    Events(Vec<New>, HashMap<String, i64>, Ahead),
    Refused(ExecuteError),
    NeedsSeries(String),
    Panicked,
}

impl Writer {
    /// Puts one command into the batch, or sends it away to wait for what it needs.
    pub(super) fn decide_into(&mut self, prepared: &mut Prepared, org_id: OrgId, job: Job) {
        let org = self.orgs.entry(org_id).or_default();
        if org.stuck_until.is_some_and(|until| Instant::now() < until) {
            job.reply.answer(Err(BUSY));
            return;
        }
        let missing = org.missing(&job);
        if !org.known || !missing.is_empty() {
            org.wanted_streams.extend(missing);
            org.waiting.push(job);
            self.load(org_id);
            return;
        }
        self.tick += 1;
        let decision =
            told::decision(&job.span, job.tries.rounds).in_scope(|| decide(org, &job, self.tick));
        match decision {
            Decision::NeedsSeries(series) => {
                org.wanted_series.insert(series);
                org.waiting.push(job);
                self.load(org_id);
            }
            Decision::Panicked => {
                Counters::add(&self.counters.panics, 1);
                // A decision borrows the aggregate unchanged: nothing is half done.
                job.reply.answer(Err(ExecuteError::Panicked));
            }
            Decision::Refused(refusal) => {
                let part = prepared.part(org_id, org.head, org.recorded_at, self.clock.now());
                let planned = Planned::Refused(refusal);
                prepared.entries.push(Entry { job, part, planned, recorded: false });
            }
            Decision::Events(events, numbers, ahead) => {
                let part = prepared.part(org_id, org.head, org.recorded_at, self.clock.now());
                match encode(&events) {
                    Ok(payloads) if !job.batch.dry_run => {
                        let new = events.into_iter().zip(payloads);
                        let outcome = plan(prepared, part, org, &job, new, ahead);
                        self.cache_bytes += outcome.1;
                        for (series, number) in numbers {
                            prepared.parts[part].series.insert(series.clone(), number);
                            org.series.insert(series, number);
                        }
                        org.recorded_at = Some(prepared.parts[part].recorded_at);
                        accept(prepared, part, job, outcome.0);
                    }
                    Ok(_) => {
                        let outcome = foretell(org, &job, events);
                        let planned = Planned::Accepted(Arc::new(outcome));
                        prepared.entries.push(Entry { job, part, planned, recorded: false });
                    }
                    Err(error) => job.reply.answer(Err(ExecuteError::Store(error))),
                }
            }
        }
    }
}

fn accept(prepared: &mut Prepared, part: usize, job: Job, outcome: Outcome) {
    #[cfg(feature = "ablation")]
    let remembered = prepared.without != Some(crate::store::Ablation::Record);
    #[cfg(not(feature = "ablation"))]
    let remembered = true;
    if remembered {
        prepared.push_command(part, &job.batch.context, &outcome);
    }
    let planned = Planned::Accepted(Arc::new(outcome));
    prepared.entries.push(Entry { job, part, planned, recorded: true });
}

/// Decides every command of the job, each on what the ones before it leave behind.
fn decide(org: &mut Org, job: &Job, tick: u64) -> Decision {
    for (stream, expected) in &job.batch.expected {
        let actual = org.aggregates.get(&stream.key()).map_or(0, |cached| cached.version);
        if actual != *expected {
            let expected = *expected;
            return Decision::Refused(ExecuteError::VersionMismatch { expected, actual });
        }
    }
    let targets = job.batch.targets.iter();
    let used = targets.flat_map(|target| std::iter::once(target.stream()).chain(target.reads()));
    for stream in used.chain([job.books]) {
        if let Some(cached) = org.aggregates.get_mut(&stream.key()) {
            cached.used = tick;
        }
    }
    let org = &*org;
    catch_unwind(AssertUnwindSafe(|| decide_targets(org, job))).unwrap_or(Decision::Panicked)
}

fn decide_targets(org: &Org, job: &Job) -> Decision {
    let targets = &job.batch.targets;
    let books = job.books;
    let mut ahead = Ahead::new();
    let mut events = Vec::new();
    let mut taken: HashMap<String, i64> = HashMap::new();
    for (index, target) in targets.iter().enumerate() {
        let stream = target.stream();
        let mut handed = None;
        let decided = {
            let state = |key: StreamKey| -> Option<&dyn AnyAggregate> {
                let ahead = ahead.get(&key).map(AsRef::as_ref);
                ahead.or_else(|| org.aggregates.get(&key).map(|held| held.aggregate.as_ref()))
            };
            let aggregate = state(stream.key()).expect("checked before deciding");
            let read: Vec<_> = target.reads().iter().filter_map(|read| state(read.key())).collect();
            target.decide(aggregate, &read, &mut |series| {
                let last = taken.get(series).or_else(|| org.series.get(series))?;
                handed = Some((series.to_owned(), last + 1));
                Some(last + 1)
            })
        };
        let new = match decided {
            Decided::Events(new) => new,
            Decided::Refused(refusal) => {
                let refusal = placed(targets.len(), index, refusal);
                return Decision::Refused(ExecuteError::Refused(refusal));
            }
            Decided::NeedsSeries(series) => return Decision::NeedsSeries(series),
        };
        if let Err(closed) = admit(org, &ahead, books, &new) {
            let refusal = placed(targets.len(), index, Arc::new(closed));
            return Decision::Refused(ExecuteError::Refused(refusal));
        }
        // A number is used only by a decision that had effect.
        if let Some((series, number)) = handed.filter(|_| !new.is_empty()) {
            taken.insert(series, number);
        }
        let read_later = |other: &Stream| other.key() == stream.key();
        let needed = targets[index + 1..].iter().any(|later| {
            read_later(&later.stream())
                || later.reads().iter().any(read_later)
                || read_later(&books)
        });
        let heard = needed && !new.is_empty();
        if heard {
            let state = ahead
                .entry(stream.key())
                .or_insert_with(|| org.aggregates[&stream.key()].aggregate.duplicate());
            new.iter().for_each(|event| state.apply(event.clone()));
        }
        events.extend(new.into_iter().map(|event| New { stream, event, heard }));
    }
    Decision::Events(events, taken, ahead)
}

/// Says which of several commands was refused.
fn placed(commands: usize, index: usize, refusal: Arc<dyn Refusal>) -> Arc<dyn Refusal> {
    if commands > 1 { Arc::new(Placed { index, refusal }) } else { refusal }
}

fn encode(events: &[New]) -> Result<Vec<Vec<u8>>, StoreError> {
    events
        .iter()
        .map(|new| new.event.encode())
        .collect::<Result<_, _>>()
        .map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Numbers the events, applies them to the cached aggregates, and puts them into the columns.
/// Also returns by how much the cache grew.
fn plan(
    prepared: &mut Prepared,
    part: usize,
    org: &mut Org,
    job: &Job,
    events: impl Iterator<Item = (New, Vec<u8>)>,
    mut ahead: Ahead,
) -> (Outcome, i64) {
    let context = &job.batch.context;
    let mut outcome = empty_outcome(org, job);
    outcome.recorded_at = prepared.parts[part].recorded_at;
    let mut grown = 0;
    for (ordinal, (New { stream, event, heard }, payload)) in events.enumerate() {
        org.head += 1;
        let (name, version) = (event.name(), event.version());
        let cached = org.aggregates.get_mut(&stream.key()).expect("checked before deciding");
        // The state that later commands were decided on is what the stream comes to; only what
        // nobody decided on is still to be heard, and that is always a stream's last.
        if let Some(state) = ahead.remove(&stream.key()) {
            cached.aggregate = state;
        }
        if !heard {
            cached.aggregate.apply(event.clone());
        }
        cached.version += 1;
        let weight = cached.aggregate.weight();
        grown += signed(weight) - signed(cached.weight);
        cached.weight = weight;
        let sequence = cached.version;
        prepared.parts[part].touched.insert(stream.key());
        let event_id = prepared.push_event(
            part,
            NewEvent {
                context,
                ordinal,
                position: org.head,
                stream: stream.key(),
                sequence,
                name,
                version,
                payload,
                occurred_at: job.batch.occurred_at(ordinal),
            },
        );
        outcome.events.push(EventRef {
            event_id,
            position: org.head,
            name,
            aggregate_id: stream.id,
            sequence,
        });
        outcome.decided.push(event);
        outcome.subjects.push(stream.id);
    }
    prepared.parts[part].new_head = org.head;
    outcome.position = org.head;
    outcome.first_position = outcome.events.first().map_or(org.head, |event| event.position);
    outcome.stream_version = version_of_first(org, job);
    (outcome, grown)
}

/// What would happen, without letting it happen.
fn foretell(org: &Org, job: &Job, events: Vec<New>) -> Outcome {
    let mut outcome = empty_outcome(org, job);
    let first = job.batch.targets.first().map(|target| target.stream().key());
    let added = events.iter().filter(|new| Some(new.stream.key()) == first).count();
    outcome.stream_version = version_of_first(org, job) + signed(added);
    (outcome.subjects, outcome.decided) =
        events.into_iter().map(|new| (new.stream.id, new.event)).unzip();
    outcome.dry_run = true;
    outcome
}

fn empty_outcome(org: &Org, job: &Job) -> Outcome {
    Outcome {
        org: job.org(),
        position: org.head,
        first_position: org.head,
        stream_version: 0,
        events: Vec::new(),
        replayed: false,
        dry_run: false,
        recorded_at: org.recorded_at.unwrap_or(job.batch.context.occurred_at),
        decided: Vec::new(),
        subjects: Vec::new(),
    }
}

fn version_of_first(org: &Org, job: &Job) -> i64 {
    let first = job.batch.targets.first().map(|target| target.stream().key());
    first.and_then(|key| org.aggregates.get(&key)).map_or(0, |cached| cached.version)
}
