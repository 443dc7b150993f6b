//! A CSV file (RFC 4180, UTF-8) with named columns.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use csv::{ReaderBuilder, StringRecord, Trim};
use ledger::values::{Currency, Money};
use time::Date;

use crate::cli::day;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which file.
    pub file: String,
    /// Which line, from 1.
    pub line: u64,
    /// Which column, if one is to blame.
    pub column: Option<&'static str>,
    /// What is wrong; never what stands there, which may be about a person.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)?;
        if let Some(column) = self.column {
            write!(formatter, ":{column}")?;
        }
        write!(formatter, ": {}", self.what)
    }
}

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The lines that could be read.
    pub lines: Vec<T>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

/// Reads a file whose first line names exactly these columns, in any order.
pub(super) fn read<T>(
    name: &str,
    bytes: &[u8],
    columns: &'static [&'static str],
    mut line: impl FnMut(&mut Cells<'_>) -> Option<T>,
) -> Read<T> {
    let mut read = Read { lines: Vec::new(), problems: Vec::new() };
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(bytes);
    let problem = |line, what| Problem { file: name.to_owned(), line, column: None, what };
    let places = match reader.headers() {
        Ok(header) => match places(header, columns) {
            Ok(places) => places,
            Err(what) => {
                read.problems.push(problem(1, what));
                return read;
            }
        },
        Err(error) => {
            read.problems.push(problem(1, error.to_string()));
            return read;
        }
    };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, csv::Position::line);
                read.problems.push(problem(at, "not UTF-8 text".to_owned()));
                continue;
            }
        };
        let at = record.position().map_or(0, csv::Position::line);
        if record.len() != columns.len() {
            let what = format!("{} cells, {} are expected", record.len(), columns.len());
            read.problems.push(problem(at, what));
            continue;
        }
        let mut cells =
            Cells { name, line: at, record: &record, places: &places, problems: Vec::new() };
        let found = line(&mut cells);
        match found {
            Some(found) if cells.problems.is_empty() => read.lines.push(found),
            _ => read.problems.extend(cells.problems),
        }
    }
    read
}

fn places(
    header: &StringRecord,
    columns: &'static [&'static str],
) -> Result<HashMap<&'static str, usize>, String> {
    let mut places = HashMap::new();
    for (place, name) in header.iter().enumerate() {
        // A byte order mark, as spreadsheets write it.
        let name = name.trim_start_matches('\u{feff}');
        match columns.iter().find(|column| **column == name) {
            Some(column) if places.insert(*column, place).is_none() => {}
            Some(column) => return Err(format!("column {column} stands twice")),
            None => {
                return Err(format!("there is no column {name:?}; there are {}", list(columns)));
            }
        }
    }
    match columns.iter().find(|column| !places.contains_key(*column)) {
        Some(missing) => Err(format!("column {missing} is missing; there are {}", list(columns))),
        None => Ok(places),
    }
}

fn list(columns: &[&str]) -> String {
    columns.join(",")
}

/// One line.
pub(super) struct Cells<'a> {
    name: &'a str,
    /// Where it stands.
    pub(super) line: u64,
    record: &'a StringRecord,
    places: &'a HashMap<&'static str, usize>,
    problems: Vec<Problem>,
}

impl Cells<'_> {
    /// What stands in a column.
    pub(super) fn text(&self, column: &'static str) -> &str {
        self.places.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default()
    }

    /// Notes that a cell is wrong.
    pub(super) fn wrong(&mut self, column: &'static str, what: impl Into<String>) {
        let (file, line) = (self.name.to_owned(), self.line);
        self.problems.push(Problem { file, line, column: Some(column), what: what.into() });
    }

    /// Whatever can be read from text.
    pub(super) fn parsed<T: FromStr>(&mut self, column: &'static str, expected: &str) -> Option<T> {
        let value = self.text(column).parse().ok();
        if value.is_none() {
            self.wrong(column, format!("{expected} is expected"));
        }
        value
    }

    /// A calendar day.
    pub(super) fn day(&mut self, column: &'static str) -> Option<Date> {
        match day(self.text(column)) {
            Ok(day) => Some(day),
            Err(what) => {
                self.wrong(column, what);
                None
            }
        }
    }

    /// An amount of a currency, not below zero; nothing stands for zero.
    pub(super) fn amount(&mut self, column: &'static str, currency: Currency) -> Option<Money> {
        let text = self.text(column);
        if text.is_empty() {
            return Some(Money::zero(currency));
        }
        match Money::parse(text, currency) {
            Ok(amount) if !amount.is_negative() => Some(amount),
            Ok(_) => {
                self.wrong(column, "an amount is not below zero here");
                None
            }
            Err(error) => {
                self.wrong(column, error.to_string());
                None
            }
        }
    }
}
