//! As a file that spreadsheets open (RFC 4180, UTF-8), and that cannot make them do anything.

use std::borrow::Cow;

use csv::{Terminator, Writer, WriterBuilder};
use time::Date;

use super::Billed;
use crate::engine::Worded;

/// A text cell that begins with one of these would be taken for a formula.
///
/// - **Source:** OWASP, "CSV Injection".
pub const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// The columns.
///
/// - **Source:** contract S2.3; `*_cents` are minor units of `currency`.
pub const HEADER: [&str; 22] = [
    "invoice_number",
    "invoice_id",
    "invoice_type",
    "status",
    "currency",
    "issued_on",
    "due_on",
    "canceled_on",
    "jurisdiction",
    "subtotal_cents",
    "taxable_subtotal_cents",
    "tax_cents",
    "total_cents",
    "succeeded_payment_count",
    "succeeded_payment_cents",
    "paid_cents",
    "balance_due_cents",
    "credit_cents",
    "refunded_cents",
    "credited_cents",
    "written_off_cents",
    "last_payment_on",
];

/// The first line.
pub fn header() -> Vec<u8> {
    let mut file = begin();
    // Nothing is written but to memory.
    let _written = file.write_record(HEADER);
    file.into_inner().unwrap_or_default()
}

/// One line for each invoice.
pub fn lines(billed: &[Billed]) -> Vec<u8> {
    let mut file = begin();
    for invoice in billed {
        let cells = cells(invoice);
        let _written = file.write_record(cells.iter().map(|cell| cell.as_bytes()));
    }
    file.into_inner().unwrap_or_default()
}

fn begin() -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new())
}

fn cells(invoice: &Billed) -> [Cow<'_, str>; HEADER.len()] {
    [
        text(&invoice.number),
        invoice.invoice_id.to_string().into(),
        invoice.invoice_type.word().into(),
        invoice.status.word().into(),
        invoice.total.currency().to_string().into(),
        day(Some(invoice.issued_on)),
        day(invoice.due_on),
        day(invoice.canceled_on),
        text(invoice.jurisdiction.as_deref().unwrap_or_default()),
        count(invoice.subtotal.minor()),
        count(invoice.taxable_subtotal.minor()),
        count(invoice.tax.minor()),
        count(invoice.total.minor()),
        count(invoice.payments),
        count(invoice.received.minor()),
        count(invoice.paid.minor()),
        count(invoice.balance.minor()),
        count(invoice.credit.minor()),
        count(invoice.refunded.minor()),
        count(invoice.credited.minor()),
        count(invoice.given_up.minor()),
        day(invoice.last_payment_on),
    ]
}

/// A number stays a number, also below zero.
fn count(number: i64) -> Cow<'static, str> {
    number.to_string().into()
}

fn day(day: Option<Date>) -> Cow<'static, str> {
    day.map(|day| day.to_string()).unwrap_or_default().into()
}

/// A text stays a text, whatever it begins with.
fn text(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use ledger::{
        invoice::{InvoiceType, Status},
        values::{Currency, InvoiceId, Money},
    };
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    fn billed(number: &str) -> Billed {
        let usd = |minor| Money::from_minor(minor, Currency::USD);
        Billed {
            invoice_id: InvoiceId::new(Uuid::from_u128(1)),
            number: number.to_owned(),
            invoice_type: InvoiceType::OneOff,
            status: Status::Partial,
            issued_on: date!(2026 - 01 - 31),
            due_on: Some(date!(2026 - 03 - 02)),
            canceled_on: None,
            jurisdiction: Some("CA-ON".to_owned()),
            subtotal: usd(1_000),
            taxable_subtotal: usd(1_000),
            tax: usd(130),
            total: usd(1_130),
            paid: usd(-50),
            balance: usd(1_180),
            credit: usd(0),
            refunded: usd(0),
            credited: usd(0),
            given_up: usd(0),
            payments: 1,
            received: usd(50),
            last_payment_on: Some(date!(2026 - 02 - 14)),
        }
    }

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
        reader.records().map(|record| cells(record.unwrap())).collect()
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_prefixed_and_a_number_is_not() {
        for start in FORMULA_STARTS {
            let number = format!("{start}cmd|' /C calc'!A0,\"x\"");
            let cells = &read(&lines(&[billed(&number)]))[0];
            assert_eq!(cells[0], format!("'{number}"));
            assert_eq!(cells[15], "-50");
        }
        assert_eq!(read(&lines(&[billed("INV-202601-00001")]))[0][0], "INV-202601-00001");
    }

    #[test]
    fn the_file_is_what_a_bookkeeper_expects() {
        let file = [header(), lines(&[billed("2026/7")])].concat();
        let expected = "invoice_number,invoice_id,invoice_type,status,currency,issued_on,due_on,\
            canceled_on,jurisdiction,subtotal_cents,taxable_subtotal_cents,tax_cents,total_cents,\
            succeeded_payment_count,succeeded_payment_cents,paid_cents,balance_due_cents,\
            credit_cents,refunded_cents,credited_cents,written_off_cents,last_payment_on\r\n\
            2026/7,00000000-0000-0000-0000-000000000001,one_off,partial,USD,2026-01-31,2026-03-02,\
            ,CA-ON,1000,1000,130,1130,1,50,-50,1180,0,0,0,0,2026-02-14\r\n";
        assert_eq!(String::from_utf8(file).unwrap(), expected);
    }
}
