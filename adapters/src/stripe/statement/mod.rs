//! Stripe's statements of the balance, as files.
//!
//! Read are the CSV exports "Itemized balance change from activity" and "Payout reconciliation"
//! (`balance_transaction_id`, `reporting_category`, `gross`, …), the older balance history
//! (`id`, `Type`, `Amount`, …), and the list form of `/v1/balance_transactions`.
//!
//! Columns are found by name, in whatever order and case; those that are not needed
//! (descriptions, customers) are never kept. A statement is read whole or not at all: every line
//! that cannot be read is told with its number and column.
//!
//! - `columns.rs`: names of columns. `csv_form.rs`, `json_form.rs`: the two forms.
//! - `line.rs`: from text to a line. `kinds.rs`: Stripe's categories in our words.

mod columns;
mod csv_form;
mod json_form;
mod kinds;
mod line;

use std::io::{BufRead, BufReader, Read};

use ledger::{
    ports::statements::{BadLine, StatementError, StatementReader, TOLD},
    reconciliation::Statement,
};

/// Bytes of a statement.
const MOST_BYTES: u64 = 512 << 20;
/// Lines of a statement: they are compared in memory.
const MOST_LINES: u64 = 1_000_000;
/// Between two reports of progress.
const REPORT: u64 = 1_000;

/// Reads Stripe's exports.
#[derive(Debug, Clone, Copy, Default)]
pub struct StripeStatement;

impl StatementReader for StripeStatement {
    fn provider(&self) -> &'static str {
        "stripe"
    }

    fn read(
        &self,
        source: &mut dyn Read,
        heard: &mut dyn FnMut(i64),
    ) -> Result<Statement, StatementError> {
        let mut source = BufReader::new(Bounded { source, left: MOST_BYTES });
        let begin = source.fill_buf()?;
        let is_json = begin.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        if begin.is_empty() {
            return Err(StatementError::Empty);
        }
        if is_json { json_form::read(source, heard) } else { csv_form::read(source, heard) }
    }
}

/// A source that ends with an error where a statement would be too large.
struct Bounded<'a> {
    source: &'a mut dyn Read,
    left: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            let text = format!("the statement has more than {MOST_BYTES} bytes");
            std::io::Error::new(std::io::ErrorKind::FileTooLarge, text)
        })?;
        Ok(count)
    }
}

/// Lines and complaints as they are read.
#[derive(Default)]
struct Reading {
    statement: Statement,
    bad: Vec<BadLine>,
    bad_total: u64,
    read: u64,
}

impl Reading {
    /// Notes what one line came to.
    fn take(
        &mut self,
        line: Result<ledger::reconciliation::Line, Vec<BadLine>>,
        heard: &mut dyn FnMut(i64),
    ) -> Result<(), StatementError> {
        self.read += 1;
        if self.read > MOST_LINES {
            return Err(StatementError::TooLarge { most: MOST_LINES, of: "lines" });
        }
        if self.read.is_multiple_of(REPORT) {
            heard(i64::try_from(self.read).unwrap_or(i64::MAX));
        }
        match line {
            Ok(line) => self.statement.lines.push(line),
            Err(wrong) => {
                self.bad_total += 1;
                let room = TOLD.saturating_sub(self.bad.len());
                self.bad.extend(wrong.into_iter().take(room));
            }
        }
        Ok(())
    }

    /// The statement, if every line was good.
    fn finish(self, heard: &mut dyn FnMut(i64)) -> Result<Statement, StatementError> {
        heard(i64::try_from(self.read).unwrap_or(i64::MAX));
        match self.bad_total {
            0 => Ok(self.statement),
            total => Err(StatementError::Lines { total, told: self.bad }),
        }
    }
}
