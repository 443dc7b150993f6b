//! The CSV form.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder, Terminator};
use ledger::{
    ports::statements::{BadLine, StatementError},
    reconciliation::Statement,
};

use super::{
    Reading,
    columns::{Column, Columns},
    line::Cells,
};

const BOM: &str = "\u{feff}";

pub(super) fn read(
    source: impl Read,
    heard: &mut dyn FnMut(i64),
) -> Result<Statement, StatementError> {
    // Lines of another length are told like any other fault, so the reader lets them through.
    // Only at a line feed does it know the number of a line exactly; a carriage return before it
    // is trimmed with other blanks.
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(source);
    let mut record = ByteRecord::new();
    if !next(&mut reader, &mut record)? {
        return Err(StatementError::Empty);
    }
    let columns = Columns::of(&header(&record)?)?;
    let mut reading = Reading::default();
    reading.statement.names_payouts = columns.has(Column::Payout);
    while next(&mut reader, &mut record)? {
        if record.len() == 1 && is_blank(&record) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        reading.take(one(&columns, &record, line), heard)?;
    }
    reading.finish(heard)
}

fn next<R: Read>(
    reader: &mut csv::Reader<R>,
    record: &mut ByteRecord,
) -> Result<bool, StatementError> {
    reader.read_byte_record(record).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => StatementError::Io(error),
        other => StatementError::Form(format!("this is no CSV: {other:?}")),
    })
}

fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace))
}

fn header(record: &ByteRecord) -> Result<Vec<String>, StatementError> {
    let mut names = Vec::with_capacity(record.len());
    for cell in record {
        let name = std::str::from_utf8(cell).map_err(|_| {
            StatementError::Form("the header is not UTF-8: this is no CSV export".to_owned())
        })?;
        names.push(name.trim_start_matches(BOM).to_owned());
    }
    Ok(names)
}

fn one(
    columns: &Columns,
    record: &ByteRecord,
    line: u64,
) -> Result<ledger::reconciliation::Line, Vec<BadLine>> {
    let whole = |problem| vec![BadLine { line, column: None, problem }];
    if record.len() != columns.count {
        let (has, expected) = (record.len(), columns.count);
        return Err(whole(format!("has {has} cells, the header has {expected}")));
    }
    let cells: Result<Vec<String>, _> =
        record.iter().map(|cell| std::str::from_utf8(cell).map(str::to_owned)).collect();
    let cells = cells.map_err(|_| whole("is not UTF-8".to_owned()))?;
    Cells { columns, cells: &cells, line, bad: Vec::new() }.read()
}
