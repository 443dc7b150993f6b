//! Orders about the books of an org.

use time::Date;
use uuid::Uuid;

use super::{EntryKind, EntryLine};
use crate::values::{Code, Sealed};

/// Orders about the books of an org.
#[derive(Debug, Clone, PartialEq)]
pub enum BooksCommand {
    /// Seal everything through the end of a month.
    ClosePeriod(ClosePeriod),
    /// Open the last sealed period again.
    ReopenPeriod(ReopenPeriod),
    /// Make an entry.
    PostEntry(PostEntry),
    /// Undo an entry by its mirror.
    ReverseEntry(ReverseEntry),
}

/// See [`BooksCommand::ClosePeriod`].
#[derive(Debug, Clone, PartialEq)]
pub struct ClosePeriod {
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// The last day to seal: the last of a month that is over.
    pub through: Date,
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`BooksCommand::ReopenPeriod`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReopenPeriod {
    /// Why.
    pub reason_code: Code,
    /// The last day that is sealed; named, so that a repeated order opens one period only.
    pub through: Date,
}

/// See [`BooksCommand::PostEntry`].
#[derive(Debug, Clone, PartialEq)]
pub struct PostEntry {
    /// The day it belongs to.
    pub business_on: Date,
    /// Identifies the entry; a second one of the same id and content changes nothing.
    pub entry_id: Uuid,
    /// What it is for; not [`EntryKind::Reversal`].
    pub kind: EntryKind,
    /// At least two and at most 500 lines that balance in every currency.
    pub lines: Vec<EntryLine>,
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// The other side's id of what is booked (a payout).
    pub reference: Option<Sealed<String>>,
}

/// See [`BooksCommand::ReverseEntry`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReverseEntry {
    /// The day it belongs to, not before the entry's own.
    pub business_on: Date,
    /// Identifies the mirror.
    pub entry_id: Uuid,
    /// A remark.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
    /// Which entry to undo.
    pub reverses: Uuid,
}
