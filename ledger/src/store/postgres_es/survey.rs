//! All of a source, read once before anything is appended.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{ImportFailure, Mapping, Source, SourceRow, Unreadable, reading};
use crate::{import::Digest, store::history::number_of, values::OrgId};

/// Complaints that are kept; the first ones tell the story.
const KEPT: usize = 50;
const DOMAIN: &[u8] = b"daybook/postgres-es-source/v1";

/// What a source holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Of every column of every row, in order.
    pub digest: Digest,
    /// How many rows.
    pub rows: i64,
    /// How many streams.
    pub streams: i64,
    /// Rows without a time of their own.
    pub timeless: i64,
    /// How many of each event.
    pub events: BTreeMap<String, i64>,
    /// The first rows that are nothing here.
    pub unreadable: Vec<Unreadable>,
    /// How many of them there are.
    pub unreadable_rows: i64,
}

struct Reader<'a> {
    org: OrgId,
    mapping: &'a Mapping,
    hash: Sha256,
    streams: HashMap<(&'static str, Uuid), i64>,
    numbers: HashMap<String, i64>,
    survey: Survey,
}

/// Reads every row as it would be appended to the log of `org`.
///
/// # Errors
///
/// [`ImportFailure::Source`]; rows that are wrong are in the survey.
pub async fn survey(
    source: &mut Source,
    org: OrgId,
    mapping: &Mapping,
    progress: &mut (dyn FnMut(i64) + Send),
) -> Result<Survey, ImportFailure> {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    let survey = Survey {
        digest: Digest([0; 32]),
        rows: 0,
        streams: 0,
        timeless: 0,
        events: BTreeMap::new(),
        unreadable: Vec::new(),
        unreadable_rows: 0,
    };
    let (streams, numbers) = (HashMap::new(), HashMap::new());
    let mut reader = Reader { org, mapping, hash, streams, numbers, survey };
    source.rewind().await?;
    loop {
        let rows = source.next().await?;
        if rows.is_empty() {
            break;
        }
        rows.iter().for_each(|row| reader.take(row));
        progress(reader.survey.rows);
    }
    let Reader { hash, streams, mut survey, .. } = reader;
    survey.digest = Digest(hash.finalize().into());
    survey.streams = i64::try_from(streams.len()).unwrap_or(i64::MAX);
    Ok(survey)
}

impl Reader<'_> {
    fn take(&mut self, row: &SourceRow) {
        self.hash(row);
        self.survey.rows += 1;
        self.survey.timeless += i64::from(row.happened_at.is_none());
        *self.survey.events.entry(row.event_type.clone()).or_default() += 1;
        if let Err(unreadable) = self.follow(row) {
            self.survey.unreadable_rows += 1;
            if self.survey.unreadable.len() < KEPT {
                self.survey.unreadable.push(unreadable);
            }
        }
    }

    fn hash(&mut self, row: &SourceRow) {
        let sequence = row.sequence.to_be_bytes();
        let columns: [&[u8]; 7] = [
            row.aggregate_type.as_bytes(),
            row.aggregate_id.as_bytes(),
            &sequence,
            row.event_type.as_bytes(),
            row.event_version.as_bytes(),
            row.payload.as_bytes(),
            row.metadata.as_bytes(),
        ];
        for column in columns {
            self.hash.update((column.len() as u64).to_be_bytes());
            self.hash.update(column);
        }
    }

    /// Streams without a gap, and document numbers in order, as a log must have them.
    fn follow(&mut self, row: &SourceRow) -> Result<(), Unreadable> {
        let past = reading::read(self.org, self.mapping, row)?;
        let wrong = |what: String| Unreadable {
            row: row.number,
            aggregate_type: row.aggregate_type.clone(),
            aggregate_id: row.aggregate_id.clone(),
            sequence: row.sequence,
            event_type: row.event_type.clone(),
            what,
        };
        if let Some(stream) = past.stream() {
            let last = self.streams.entry(stream.key()).or_default();
            let expected = *last + 1;
            *last = row.sequence;
            if row.sequence != expected {
                return Err(wrong(format!("sequence {expected} had to follow")));
            }
        }
        if let Some(number) = number_of(&past.event) {
            let (series, found) = crate::proof::numbered(number)
                .ok_or_else(|| wrong("the document number cannot be read".to_owned()))?;
            let last = self.numbers.entry(series.to_owned()).or_default();
            let expected = *last + 1;
            *last = found;
            if found != expected {
                let what = format!("number {expected} had to follow in {series}, not {found}");
                return Err(wrong(what));
            }
        }
        Ok(())
    }
}
