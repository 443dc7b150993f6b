//! Open invoices.

use std::collections::HashSet;

use ledger::invoice::{MOST_NUMBER_CHARS, is_foreign_number};
use ledger::values::{Currency, Money};
use time::Date;

use super::file::{Cells, Read, read};

const COLUMNS: &[&str] = &[
    "number",
    "customer_id",
    "issued_on",
    "due_on",
    "currency",
    "subtotal",
    "tax",
    "total",
    "paid",
    "balance",
];

/// The longest id that a customer may have, as in the API.
const MOST_CUSTOMER_CHARS: usize = 128;

/// One open invoice.
#[derive(Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// Where it stands in the file.
    pub line: u64,
    /// The other system's number.
    pub number: String,
    /// The other system's id of the customer.
    pub customer_id: Option<String>,
    /// The day it was issued.
    pub issued_on: Date,
    /// When payment is due.
    pub due_on: Date,
    /// Net of tax.
    pub subtotal: Money,
    /// Tax.
    pub tax: Money,
    /// Still owed.
    pub balance: Money,
}

/// Reads a file of open invoices.
pub fn read_invoices(name: &str, bytes: &[u8]) -> Read<InvoiceLine> {
    let mut seen = HashSet::new();
    read(name, bytes, COLUMNS, |cells| invoice(cells, &mut seen))
}

fn invoice(cells: &mut Cells<'_>, seen: &mut HashSet<String>) -> Option<InvoiceLine> {
    let number = number(cells, seen);
    let customer_id = customer(cells);
    let (issued_on, due_on) = (cells.day("issued_on"), cells.day("due_on"));
    let currency: Option<Currency> = cells.parsed("currency", "an ISO 4217 currency");
    let currency = currency?;
    let mut amount = |column| cells.amount(column, currency);
    let (subtotal, tax, total) = (amount("subtotal"), amount("tax"), amount("total"));
    let (paid, balance) = (amount("paid"), amount("balance"));
    let (subtotal, tax, total, paid, balance) = (subtotal?, tax?, total?, paid?, balance?);
    if subtotal.plus(tax).ok() != Some(total) {
        cells.wrong("total", "subtotal and tax do not add up to it");
    }
    if paid.plus(balance).ok() != Some(total) {
        cells.wrong("balance", "paid and balance do not add up to the total");
    }
    if balance.is_zero() {
        cells.wrong("balance", "nothing is owed: only open invoices are brought in");
    }
    if tax.minor() > subtotal.minor() {
        cells.wrong("tax", "more than the subtotal");
    }
    let (issued_on, due_on) = (issued_on?, due_on?);
    if due_on < issued_on {
        cells.wrong("due_on", "before the day of issue");
    }
    let line = cells.line;
    Some(InvoiceLine {
        line,
        number: number?,
        customer_id: customer_id?,
        issued_on,
        due_on,
        subtotal,
        tax,
        balance,
    })
}

fn number(cells: &mut Cells<'_>, seen: &mut HashSet<String>) -> Option<String> {
    let number = cells.text("number").to_owned();
    if !is_foreign_number(&number) {
        let what = format!(
            "letters, digits and -./_# are expected, one digit at least, {MOST_NUMBER_CHARS} at \
             most, and not of the form INV-202601-00001, which Daybook gives out itself"
        );
        cells.wrong("number", what);
        return None;
    }
    if !seen.insert(number.clone()) {
        cells.wrong("number", "the number stands twice");
        return None;
    }
    Some(number)
}

fn customer(cells: &mut Cells<'_>) -> Option<Option<String>> {
    let text = cells.text("customer_id").to_owned();
    if text.chars().count() > MOST_CUSTOMER_CHARS || text.chars().any(char::is_control) {
        cells.wrong("customer_id", format!("1 to {MOST_CUSTOMER_CHARS} characters are expected"));
        return None;
    }
    Some((!text.is_empty()).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "number,customer_id,issued_on,due_on,currency,subtotal,tax,total,paid,balance";

    fn said(line: &str) -> Vec<String> {
        let read = read_invoices("invoices.csv", format!("{HEADER}\n{line}\n").as_bytes());
        read.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_open_invoice_is_read() {
        let line = "2025/117,\"Dr. Roy, Inc\",2025-11-02,2025-12-02,USD,100.00,13.00,113.00,13,100";
        let read = read_invoices("invoices.csv", format!("{HEADER}\n{line}\n").as_bytes());
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        let found = &read.lines[0];
        assert_eq!((found.line, found.number.as_str()), (2, "2025/117"));
        assert_eq!(found.customer_id.as_deref(), Some("Dr. Roy, Inc"));
        assert_eq!(found.balance, Money::from_minor(10_000, Currency::USD));
    }

    #[test]
    fn what_does_not_add_up_is_named() {
        let sums = said("A1,,2025-11-02,2025-12-02,USD,100,13,112,0,113");
        assert_eq!(
            sums,
            [
                "invoices.csv:2:total: subtotal and tax do not add up to it",
                "invoices.csv:2:balance: paid and balance do not add up to the total",
            ]
        );
        let paid = said("A1,,2025-11-02,2025-12-02,USD,100,13,113,113,0");
        assert!(paid[0].contains("nothing is owed"), "{paid:?}");
        let days = said("A1,,2025-11-02,2025-11-01,USD,100,13,113,0,113");
        assert_eq!(days, ["invoices.csv:2:due_on: before the day of issue"]);
        let ours = said("INV-202511-00001,,2025-11-02,2025-12-02,USD,100,13,113,0,113");
        assert!(ours[0].starts_with("invoices.csv:2:number: letters"), "{ours:?}");
    }
}
