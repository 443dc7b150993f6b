//! Cells that we write for spreadsheets.

use ledger::invoice::{InvoiceType, Status};
use ledger::values::{Currency, InvoiceId, Money};
use projections::accounting::{Billed, HEADER, header, lines};
use time::macros::date;
use uuid::Uuid;

/// What a spreadsheet takes for a formula when a cell begins with it: on purpose not the list that
/// the export goes by.
const STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Two texts, up to and after the first zero byte, as an invoice's number and jurisdiction.
///
/// # Panics
///
/// When a cell read back is another one, when it could be a formula, or when lines or cells are
/// more or less than were written.
pub fn spreadsheet(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (number, jurisdiction) = text.split_once('\0').unwrap_or((&text, ""));
    let minor = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let billed = [billed(number, jurisdiction, -minor), billed(jurisdiction, number, minor)];
    let file = [header(), lines(&billed)].concat();
    let mut reader = csv::ReaderBuilder::new().from_reader(file.as_slice());
    let names = reader.headers().map(|header| header.iter().eq(HEADER));
    assert!(matches!(names, Ok(true)), "{names:?}");
    let mut read = 0;
    for (record, invoice) in reader.records().zip(&billed) {
        let record = match record {
            Ok(record) => record,
            Err(error) => panic!("{error} in {:?}", String::from_utf8_lossy(&file)),
        };
        let cell = |place: usize| record.get(place).unwrap_or_default();
        is_text(cell(0), &invoice.number);
        is_text(cell(8), invoice.jurisdiction.as_deref().unwrap_or_default());
        assert_eq!(cell(15), invoice.paid.minor().to_string());
        read += 1;
    }
    assert_eq!(read, billed.len(), "lines of {:?}", String::from_utf8_lossy(&file));
}

fn is_text(cell: &str, text: &str) {
    assert!(!cell.starts_with(STARTS), "a formula: {cell:?}");
    let plain = cell == text && !text.starts_with(STARTS);
    let prefixed = cell.strip_prefix('\'') == Some(text) && text.starts_with(STARTS);
    assert!(plain || prefixed, "{cell:?} of {text:?}");
}

fn billed(number: &str, jurisdiction: &str, minor: i64) -> Billed {
    let usd = |minor| Money::from_minor(minor, Currency::USD);
    Billed {
        invoice_id: InvoiceId::new(Uuid::from_u128(1)),
        number: number.to_owned(),
        invoice_type: InvoiceType::OneOff,
        status: Status::Partial,
        issued_on: date!(2026 - 01 - 31),
        due_on: None,
        canceled_on: None,
        jurisdiction: Some(jurisdiction.to_owned()),
        subtotal: usd(minor),
        taxable_subtotal: usd(minor),
        tax: usd(0),
        total: usd(minor),
        paid: usd(minor),
        balance: usd(0),
        credit: usd(0),
        refunded: usd(0),
        credited: usd(0),
        given_up: usd(0),
        payments: 1,
        received: usd(minor),
        last_payment_on: None,
    }
}
