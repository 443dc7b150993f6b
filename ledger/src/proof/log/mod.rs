//! Following a log from its first event, and stopping at the first one that cannot be.

use std::collections::{BTreeMap, HashMap, HashSet};

use time::OffsetDateTime;
use uuid::Uuid;

use super::Tree;
use crate::{
    claim::{ClaimEvent, Submitted},
    invoice::InvoiceEvent,
    recorded::LedgerEvent,
    statement::StatementEvent,
    store::Stored,
    values::OrgId,
};

/// The events that take a number of a gapless series.
const NUMBERED: [&str; 4] = [
    "billing.claim.submitted",
    "billing.invoice.credit_note_issued",
    "billing.invoice.issued",
    "billing.statement.generated",
];

/// What is wrong with an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It belongs to another log.
    #[error("the event belongs to org {0}")]
    OtherOrg(OrgId),
    /// Something is missing, double or out of order.
    #[error("the event at position {expected} is missing: position {found} follows")]
    Position {
        /// What had to come.
        expected: i64,
        /// What came.
        found: i64,
    },
    /// A column is not what was hashed.
    #[error("the event is not what its leaf hash was taken of")]
    Leaf,
    /// Its stream has a gap, a double or another order.
    #[error("sequence {expected} of {aggregate_type} {aggregate_id} had to follow, not {found}")]
    Sequence {
        /// Kind of stream.
        aggregate_type: String,
        /// Which stream.
        aggregate_id: Uuid,
        /// What had to come.
        expected: i64,
        /// What came.
        found: i64,
    },
    /// Its id was used before.
    #[error("the event id {0} was used before")]
    EventId(Uuid),
    /// It was recorded before its predecessor.
    #[error("the event was recorded earlier than the one before it")]
    RecordedAt,
    /// A document number has a gap or is used twice.
    #[error("document number {expected} had to follow in series {series}, not {found}")]
    Number {
        /// For example `INV-202601`.
        series: String,
        /// What had to come.
        expected: i64,
        /// What came.
        found: i64,
    },
    /// It takes a number that is not of the form `SERIES-NNNNN`.
    #[error("the event's document number cannot be read")]
    Unnumbered,
}

/// The first event that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("position {position}: {flaw}")]
pub struct Finding {
    /// Where.
    pub position: i64,
    /// What is wrong.
    pub flaw: Flaw,
}

/// Whether an event is what its leaf hash was taken of. Independent of every other event, so
/// many can be asked at a time.
pub fn is_intact(stored: &Stored) -> bool {
    stored.leaf() == stored.leaf_hash
}

/// Follows one org's log. Needs about 40 bytes for each event and 80 for each stream.
#[derive(Debug, Clone)]
pub struct LogCheck {
    org: OrgId,
    tree: Tree,
    streams: HashMap<(String, Uuid), i64>,
    event_ids: HashSet<Uuid>,
    numbers: BTreeMap<String, i64>,
    recorded_at: Option<OffsetDateTime>,
}

impl LogCheck {
    /// Before the first event.
    pub fn new(org: OrgId) -> Self {
        Self {
            org,
            tree: Tree::default(),
            streams: HashMap::new(),
            event_ids: HashSet::new(),
            numbers: BTreeMap::new(),
            recorded_at: None,
        }
    }

    /// Takes the next event, its hash included.
    ///
    /// # Errors
    ///
    /// [`Finding`]: what is wrong with it. The log cannot be followed beyond.
    pub fn follow(&mut self, stored: &Stored) -> Result<(), Finding> {
        self.follow_hashed(stored, is_intact(stored))
    }

    /// Takes the next event; `intact` is what [`is_intact`] said of it.
    ///
    /// # Errors
    ///
    /// As [`LogCheck::follow`].
    pub fn follow_hashed(&mut self, stored: &Stored, intact: bool) -> Result<(), Finding> {
        let expected = self.position() + 1;
        let at = |flaw| Finding { position: expected, flaw };
        if stored.org != self.org {
            return Err(at(Flaw::OtherOrg(stored.org)));
        }
        if stored.position != expected {
            return Err(at(Flaw::Position { expected, found: stored.position }));
        }
        if !intact {
            return Err(at(Flaw::Leaf));
        }
        if self.recorded_at.is_some_and(|earlier| stored.recorded_at < earlier) {
            return Err(at(Flaw::RecordedAt));
        }
        if !self.event_ids.insert(stored.event_id) {
            return Err(at(Flaw::EventId(stored.event_id)));
        }
        self.next_of_stream(stored).map_err(at)?;
        self.next_number(stored).map_err(at)?;
        self.recorded_at = Some(stored.recorded_at);
        self.tree.push(stored.leaf_hash);
        Ok(())
    }

    /// The last position that was followed; 0 before the first.
    pub fn position(&self) -> i64 {
        i64::try_from(self.tree.size()).unwrap_or(i64::MAX)
    }

    /// The root over everything that was followed.
    pub fn root(&self) -> [u8; 32] {
        self.tree.root()
    }

    /// The last number of each series.
    pub fn numbers(&self) -> &BTreeMap<String, i64> {
        &self.numbers
    }

    /// How many streams there are.
    pub fn streams(&self) -> usize {
        self.streams.len()
    }

    fn next_of_stream(&mut self, stored: &Stored) -> Result<(), Flaw> {
        let stream = (stored.aggregate_type.clone(), stored.aggregate_id);
        let last = self.streams.entry(stream).or_insert(0);
        let expected = *last + 1;
        if stored.sequence != expected {
            return Err(Flaw::Sequence {
                aggregate_type: stored.aggregate_type.clone(),
                aggregate_id: stored.aggregate_id,
                expected,
                found: stored.sequence,
            });
        }
        *last = expected;
        Ok(())
    }

    fn next_number(&mut self, stored: &Stored) -> Result<(), Flaw> {
        if !NUMBERED.contains(&stored.event_type.as_str()) {
            return Ok(());
        }
        let event = stored.event().map_err(|_| Flaw::Unnumbered)?;
        // A claim that is sent under numbers of the sender takes none.
        if let LedgerEvent::Claim(ClaimEvent::Submitted(Submitted { number: None, .. })) = event {
            return Ok(());
        }
        let number = number_of(event).ok_or(Flaw::Unnumbered)?;
        let (series, found) = numbered(&number).ok_or(Flaw::Unnumbered)?;
        let last = self.numbers.entry(series.to_owned()).or_insert(0);
        let expected = *last + 1;
        if found != expected {
            return Err(Flaw::Number { series: series.to_owned(), expected, found });
        }
        *last = expected;
        Ok(())
    }
}

/// The number that an event takes.
fn number_of(event: LedgerEvent) -> Option<String> {
    if let LedgerEvent::Invoice(InvoiceEvent::Issued(issued)) = event {
        Some(issued.number)
    } else if let LedgerEvent::Invoice(InvoiceEvent::CreditNoteIssued(note)) = event {
        Some(note.number)
    } else if let LedgerEvent::Claim(ClaimEvent::Submitted(submitted)) = event {
        submitted.number
    } else if let LedgerEvent::Statement(StatementEvent::Generated(generated)) = event {
        Some(generated.number)
    } else {
        None
    }
}

/// `INV-202601-00007` is number 7 of the series `INV-202601`.
pub fn numbered(number: &str) -> Option<(&str, i64)> {
    let (series, digits) = number.rsplit_once('-')?;
    let plain = digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let padded = digits.len() == 5 || !digits.starts_with('0');
    if series.is_empty() || !plain || !padded {
        return None;
    }
    Some((series, digits.parse().ok()?))
}

#[cfg(test)]
mod tests;
