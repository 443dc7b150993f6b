//! The tree: figure, rows, entries, events; every node is the sum of what stands below it.

use std::collections::BTreeSet;

use ledger::{
    journal::{Account, Posting, postings},
    recorded::Recorded,
    values::Currency,
};
use serde_json::{Map, Value};

use super::TracedRow;

/// Which stretch of the tree is shown; the rest stands in it as sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Nodes below the figure, and below each row.
    pub most: usize,
    /// Rows passed over; with one row chosen, its events passed over.
    pub skip: usize,
    /// Only this row, by its place; the others are summed.
    pub row: Option<usize>,
}

/// Nodes that are not shown, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// How many.
    pub count: usize,
    /// Minor units.
    pub minor: i128,
}

impl Rest {
    fn of(shares: impl Iterator<Item = i128>) -> Option<Self> {
        let rest = shares.fold(Self { count: 0, minor: 0 }, |rest, minor| Self {
            count: rest.count + 1,
            minor: rest.minor + minor,
        });
        (rest.count > 0).then_some(rest)
    }
}

/// One event's share of a row, with the journal entry that the event made.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryNode {
    /// The event.
    pub event: Recorded,
    /// Minor units.
    pub minor: i64,
    /// Its entry; empty where the event moves no money in the books.
    pub lines: Vec<Posting>,
    /// The account that the entry moved by the same amount, one way or the other.
    pub account: Option<Account>,
}

/// One row's share of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct RowNode {
    /// Its place among all rows.
    pub place: usize,
    /// The read model.
    pub model: &'static str,
    /// The version of its rule.
    pub version: i32,
    /// The row's key, by column.
    pub key: Map<String, Value>,
    /// Minor units.
    pub minor: i128,
    /// By position.
    pub entries: Vec<EntryNode>,
    /// The entries that are not shown.
    pub rest: Option<Rest>,
}

/// A figure and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// As of this position.
    pub position: i64,
    /// The currency of the rows, where they have one.
    pub currency: Option<Currency>,
    /// Minor units.
    pub minor: i128,
    /// How many rows there are.
    pub row_count: usize,
    /// Those that give something come first, the earliest moved first.
    pub rows: Vec<RowNode>,
    /// The rows that are not shown.
    pub rest: Option<Rest>,
}

/// All shares of a figure, of which a stretch is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    position: i64,
    rows: Vec<TracedRow>,
}

impl Shares {
    /// Orders rows: those that give something first.
    pub fn new(position: i64, mut rows: Vec<TracedRow>) -> Self {
        rows.sort_by_key(|row| (row.minor() == 0, row.shares.first().copied()));
        Self { position, rows }
    }

    /// The sum of all leaves, in minor units.
    pub fn minor(&self) -> i128 {
        self.rows.iter().map(TracedRow::minor).sum()
    }

    /// The currency of the rows, where they have one.
    pub fn currency(&self) -> Option<Currency> {
        self.rows.iter().find_map(|row| row.currency)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing ever moved the figure.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The events that a stretch shows.
    pub fn positions(&self, view: &View) -> Vec<i64> {
        let shown = self.shown(view);
        let positions = shown.flat_map(|(_, row, shares)| row.shares[shares].iter());
        let positions: BTreeSet<i64> = positions.map(|(position, _)| *position).collect();
        positions.into_iter().collect()
    }

    fn shown(
        &self,
        view: &View,
    ) -> impl Iterator<Item = (usize, &TracedRow, std::ops::Range<usize>)> {
        let View { most, skip, row: chosen } = view.clone();
        let (first, last, skip) = match chosen {
            Some(place) => (place, place.saturating_add(1), skip),
            None => (skip, skip.saturating_add(most), 0),
        };
        let rows = self.rows.iter().enumerate();
        rows.skip(first).take(last.saturating_sub(first)).map(move |(place, row)| {
            let begins = skip.min(row.shares.len());
            (place, row, begins..begins.saturating_add(most).min(row.shares.len()))
        })
    }

    /// The stretch as a tree; `events` are those of [`Shares::positions`], in that order.
    pub fn tree(&self, view: &View, events: &[Recorded]) -> Explanation {
        let rows: Vec<RowNode> =
            self.shown(view).map(|(place, row, shares)| node(place, row, shares, events)).collect();
        let is_shown = |place: usize| rows.iter().any(|row| row.place == place);
        let others = self.rows.iter().enumerate().filter(|(place, _)| !is_shown(*place));
        let rest = Rest::of(others.map(|(_, row)| row.minor()));
        Explanation {
            position: self.position,
            currency: self.currency(),
            minor: self.minor(),
            row_count: self.rows.len(),
            rows,
            rest,
        }
    }
}

fn node(
    place: usize,
    row: &TracedRow,
    shares: std::ops::Range<usize>,
    events: &[Recorded],
) -> RowNode {
    let mut entries = Vec::with_capacity(shares.len());
    let mut rest = Vec::new();
    for (index, (position, share)) in row.shares.iter().enumerate() {
        let found = events.binary_search_by_key(position, |event| event.position);
        match found.ok().and_then(|found| events.get(found)) {
            Some(event) if shares.contains(&index) => entries.push(entry(event, *share)),
            _ => rest.push(i128::from(*share)),
        }
    }
    RowNode {
        place,
        model: row.model,
        version: row.version,
        key: row.key.clone(),
        minor: row.minor(),
        entries,
        rest: Rest::of(rest.into_iter()),
    }
}

fn entry(event: &Recorded, minor: i64) -> EntryNode {
    let lines = postings(&event.event);
    let net = |account: Account| -> i64 {
        let of = lines.iter().filter(|line| line.account == account);
        of.map(|line| line.debit_minor - line.credit_minor).sum()
    };
    let same = |line: &&Posting| net(line.account).abs() == minor.abs();
    let account = lines.iter().find(same).map(|line| line.account);
    EntryNode { event: event.clone(), minor, account, lines }
}

impl Explanation {
    /// Whether every node is the sum of what stands below it, and every entry balances.
    pub fn adds_up(&self) -> bool {
        let below: i128 = self.rows.iter().map(|row| row.minor).sum();
        below + minor(self.rest) == self.minor && self.rows.iter().all(RowNode::adds_up)
    }
}

impl RowNode {
    fn adds_up(&self) -> bool {
        let below: i128 = self.entries.iter().map(|entry| i128::from(entry.minor)).sum();
        let balances = |entry: &EntryNode| {
            let sides = entry.lines.iter().map(|line| line.debit_minor - line.credit_minor);
            sides.sum::<i64>() == 0
        };
        below + minor(self.rest) == self.minor && self.entries.iter().all(balances)
    }
}

fn minor(rest: Option<Rest>) -> i128 {
    rest.map_or(0, |rest| rest.minor)
}
