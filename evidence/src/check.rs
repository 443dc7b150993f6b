//! Reading a bundle, believing nothing.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, bail};
use ledger::proof::{
    Checkpoint, Flaw, NoteError, VerifierKey, includes, is_intact, open, unverified,
};
use ledger::recorded::Recorded;
use ledger::store::Stored;
use ledger::values::OrgId;
use time::OffsetDateTime;
use uuid::Uuid;

use super::About;
use super::event_line::next_line;
use super::line::{self, Digest, Header, Trailer};
use super::totals::{Projector, projectors, totals};

/// The first thing in a bundle that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The first line.
    #[error("line 1: the header is damaged: {0}")]
    Header(&'static str),
    /// The checkpoint in it.
    #[error("line 1: {0}")]
    Checkpoint(#[from] NoteError),
    /// A line that had to be an event.
    #[error("line {line}: {what}")]
    Line {
        /// Which line.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// An event.
    #[error("line {line}, position {position}: {what}")]
    Event {
        /// Which line.
        line: u64,
        /// Which event.
        position: i64,
        /// What is wrong with it.
        what: String,
    },
    /// The last line.
    #[error("line {line}: {what}")]
    Trailer {
        /// Which line.
        line: u64,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// A bundle that is sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Whose log.
    pub org: OrgId,
    /// What it is about.
    pub about: About,
    /// How many events it holds.
    pub events: u64,
    /// In how many streams.
    pub streams: usize,
    /// The log that they are in.
    pub checkpoint: Checkpoint,
    /// Whose signature it bears; `None` where no key was given to check it.
    pub signed_by: Option<VerifierKey>,
}

/// Checks a bundle against itself and against public keys; without keys the signature is not
/// checked.
///
/// # Errors
/// When the source cannot be read or another version of the program is needed; inside, the first
/// thing that cannot be.
pub fn check(source: impl Read, keys: &[VerifierKey]) -> anyhow::Result<Result<Checked, Damage>> {
    let mut lines = BufReader::with_capacity(1 << 20, source);
    let text = next_line(&mut lines)?.unwrap_or_default();
    let Some(header) = Header::read(&text) else {
        return Ok(Err(Damage::Header("this is no bundle of daybook")));
    };
    let mut digest = Digest::default();
    digest.take(&text);
    let opened = if keys.is_empty() {
        unverified(&header.checkpoint).map(|checkpoint| (checkpoint, None))
    } else {
        open(&header.checkpoint, keys).map(|(checkpoint, key)| (checkpoint, Some(key)))
    };
    let (checkpoint, signed_by) = match opened {
        Ok(opened) => opened,
        Err(error) => return Ok(Err(error.into())),
    };
    if checkpoint.org() != Some(header.org()) {
        return Ok(Err(Damage::Header("the checkpoint is another org's")));
    }
    let mut reading = Reading::new(&header, &checkpoint);
    for line in 2..header.count.saturating_add(2) {
        let Some(text) = next_line(&mut lines)? else {
            let what = "the file ends before this event".to_owned();
            return Ok(Err(Damage::Line { line, what }));
        };
        if let Err(damage) = reading.follow(line, &text) {
            return Ok(Err(damage));
        }
        digest.take(&text);
    }
    if let Err(damage) = reading.finish(header.count) {
        return Ok(Err(damage));
    }
    let (events, streams) = (header.count, reading.sequences.len());
    let (about, org) = (header.about.clone(), header.org());
    let counted = std::mem::take(&mut reading.counted);
    Ok(trailer(&mut lines, events + 2, &about, (counted, &digest.hex()))?.map(|()| Checked {
        org,
        about,
        events,
        streams,
        checkpoint,
        signed_by,
    }))
}

/// What was read so far.
struct Reading<'a> {
    org: OrgId,
    about: &'a About,
    checkpoint: &'a Checkpoint,
    sequences: HashMap<(String, Uuid), i64>,
    first: Option<(i64, OffsetDateTime)>,
    last: Option<(i64, OffsetDateTime)>,
    counted: Vec<Stored>,
}

impl<'a> Reading<'a> {
    fn new(header: &'a Header<'_>, checkpoint: &'a Checkpoint) -> Self {
        Self {
            org: header.org(),
            about: &header.about,
            checkpoint,
            sequences: HashMap::new(),
            first: None,
            last: None,
            counted: Vec::new(),
        }
    }

    fn follow(&mut self, line: u64, text: &str) -> Result<(), Damage> {
        let read = line::to_event(text);
        let (stored, proof) =
            read.map_err(|error| Damage::Line { line, what: error.to_string() })?;
        let position = stored.position;
        let at = |what: String| Damage::Event { line, position, what };
        if stored.org != self.org {
            return Err(at(Flaw::OtherOrg(stored.org).to_string()));
        }
        if !is_intact(&stored) {
            return Err(at(Flaw::Leaf.to_string()));
        }
        let index = u64::try_from(position).ok().and_then(|position| position.checked_sub(1));
        let Checkpoint { size, root, .. } = self.checkpoint;
        let proved =
            index.is_some_and(|index| includes(&stored.leaf_hash, index, *size, &proof, root));
        if !proved {
            return Err(at("the event is not in the log that was signed".to_owned()));
        }
        self.in_order(&stored).map_err(at)?;
        self.in_stream(&stored).map_err(at)?;
        self.first.get_or_insert((position, stored.recorded_at));
        self.last = Some((position, stored.recorded_at));
        if self.about.counts(&stored) {
            self.counted.push(stored);
        }
        Ok(())
    }

    /// Positions grow; of a stretch of time none is missing.
    fn in_order(&self, stored: &Stored) -> Result<(), String> {
        let Some((last, _)) = self.last else { return Ok(()) };
        let found = stored.position;
        if found <= last {
            return Err(format!("the event stands out of order: position {last} is before it"));
        }
        if matches!(self.about, About::Period { .. }) && found != last + 1 {
            return Err(Flaw::Position { expected: last + 1, found }.to_string());
        }
        Ok(())
    }

    /// Streams are those that belong here, from their first event on, without a gap.
    fn in_stream(&mut self, stored: &Stored) -> Result<(), String> {
        let stream = (stored.aggregate_type.clone(), stored.aggregate_id);
        let last = self.sequences.get(&stream).copied();
        self.sequences.insert(stream, stored.sequence);
        if matches!(self.about, About::Period { .. }) && last.is_none() {
            return Ok(());
        }
        let expected = last.unwrap_or(0) + 1;
        if stored.sequence != expected {
            let (aggregate_type, aggregate_id) =
                (stored.aggregate_type.clone(), stored.aggregate_id);
            let found = stored.sequence;
            let flaw = Flaw::Sequence { aggregate_type, aggregate_id, expected, found };
            return Err(flaw.to_string());
        }
        if last.is_none() && !self.about.holds(stored) {
            return Err(format!("the event does not belong to {}", self.about));
        }
        Ok(())
    }

    /// Something is there, and a stretch of time is there to both its ends.
    fn finish(&self, events: u64) -> Result<(), Damage> {
        let (Some(first), Some(last)) = (self.first, self.last) else {
            return Err(Damage::Header("it holds no events"));
        };
        let About::Period { from, until } = self.about else { return Ok(()) };
        if first.0 != 1 && first.1 >= *from {
            return Err(Damage::Header("events before the first one are missing"));
        }
        let ends = u64::try_from(last.0) == Ok(self.checkpoint.size);
        if !ends && last.1 < *until {
            return Err(Damage::Header("events after the last one are missing"));
        }
        let around = u64::from(first.1 < *from) + u64::from(last.1 >= *until);
        if from >= until || events != self.counted.len() as u64 + around {
            return Err(Damage::Header("it holds events of another stretch of time"));
        }
        Ok(())
    }
}

/// The totals must be what the events come to.
fn trailer(
    lines: &mut impl BufRead,
    line: u64,
    about: &About,
    (counted, digest): (Vec<Stored>, &str),
) -> anyhow::Result<Result<(), Damage>> {
    let damaged = |what| Ok(Err(Damage::Trailer { line, what }));
    let Some(text) = next_line(lines)? else { return damaged("the file ends before it") };
    let Some(trailer) = Trailer::read(&text) else {
        return damaged("the line is not of the form that a trailer has");
    };
    let mut rest = [0; 1];
    if lines.read(&mut rest)? != 0 {
        return damaged("something follows it");
    }
    if trailer.digest != digest {
        return damaged("the lines before are not those that were written");
    }
    if trailer.projectors != projectors() {
        let named = |projectors: &[Projector]| {
            let named: Vec<String> = projectors.iter().map(ToString::to_string).collect();
            named.join(", ")
        };
        bail!(
            "the totals were worked out by {} and this program has {}: use the version of the \
             program that wrote the bundle",
            named(&trailer.projectors),
            named(&projectors())
        );
    }
    let decoded: Result<Vec<Recorded>, _> = counted.into_iter().map(Stored::decode).collect();
    let decoded = decoded.context("this version of the program cannot read an event")?;
    if totals(about, &decoded) != trailer.totals {
        return damaged("the totals are not what the events come to");
    }
    Ok(Ok(()))
}
