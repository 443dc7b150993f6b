//! An invoice as it is printed.

use ledger::{
    documents::{InvoiceDocument, Stamp},
    ports::documents::Unprintable,
    values::Money,
};

use super::{
    head,
    print::{About, print},
    sheet::{ACCENT, BODY, LEFT, QUIET, RIGHT, STRONG, Sheets, Style, WARNING},
    table::{Align, Cell, Column, Sum, Table, sums},
    text::{count, day, days, figure, less, percent},
};

const COLUMNS: &[Column] = &[
    Column { label: "DESCRIPTION", span: (LEFT + 6.0, 318.0), align: Align::Wrapped },
    Column { label: "QUANTITY", span: (324.0, 380.0), align: Align::Right },
    Column { label: "UNIT PRICE", span: (386.0, 462.0), align: Align::Right },
    Column { label: "AMOUNT", span: (468.0, RIGHT - 4.0), align: Align::Right },
];

pub(super) fn pdf(document: &InvoiceDocument) -> Result<Vec<u8>, Unprintable> {
    let issuer = &document.issuer.party.name;
    let number = document.number.as_deref();
    let title = match number {
        Some(number) => format!("Invoice {number}"),
        None => "Draft invoice".to_owned(),
    };
    let mut sheets = Sheets::new(0.0, format!("{issuer} \u{00b7} {title}"));
    let (word, stamp) = match document.stamp {
        Stamp::Draft => ("Draft invoice", Some(("DRAFT", QUIET))),
        Stamp::Open => ("Invoice", None),
        Stamp::Settled => ("Invoice", Some(("SETTLED", ACCENT))),
        Stamp::Void => ("Invoice", Some(("VOID", WARNING))),
    };
    head::letterhead(&mut sheets, &document.issuer, word, number, stamp);
    head::addressee(&mut sheets, "BILL TO", &document.customer);
    head::facts(&mut sheets, &facts(document), &balance(document));
    let table = Table::begin(&mut sheets, COLUMNS);
    for row in &document.rows {
        let text = Cell { text: row.text.clone(), detail: row.days.map(days) };
        let figures = [count(row.quantity), figure(row.unit_price), figure(row.amount)];
        let cells: Vec<Cell> =
            std::iter::once(text).chain(figures.into_iter().map(Cell::from)).collect();
        table.row(&mut sheets, &cells);
    }
    if let Some((rows, amount)) = document.unlisted {
        let text = format!("{} further positions", count(i64::try_from(rows).unwrap_or(i64::MAX)));
        let cells = [text, String::new(), String::new(), figure(amount)].map(Cell::from);
        table.row(&mut sheets, &cells);
    }
    sums(&mut sheets, &totals(document), &balance(document));
    terms(&mut sheets, document);
    let contact = document.issuer.contact.as_deref().unwrap_or_default();
    let foot =
        if contact.is_empty() { issuer.clone() } else { format!("{issuer} \u{00b7} {contact}") };
    print(sheets, &About { title, author: issuer.clone(), foot })
}

fn facts(document: &InvoiceDocument) -> Vec<(&'static str, String)> {
    let facts = [
        ("Issued", document.issued_on.map(day)),
        ("Payment due", document.due_on.map(day)),
        ("Period", document.period.map(days)),
        ("Customer", document.customer_id.clone()),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

/// What is to be paid; of a draft, what it comes to so far.
fn balance(document: &InvoiceDocument) -> Sum {
    let currency = document.balance.currency();
    match document.stamp {
        Stamp::Draft => Sum::new(format!("Total so far ({currency})"), figure(document.total)),
        Stamp::Open | Stamp::Settled | Stamp::Void => {
            Sum::new(format!("Balance due ({currency})"), figure(document.balance))
        }
    }
}

fn totals(document: &InvoiceDocument) -> Vec<Sum> {
    let mut sums = vec![Sum::new("Subtotal", figure(document.subtotal))];
    for tax in &document.taxes {
        let label = format!("{} {} on {}", tax.name, percent(tax.rate), figure(tax.base));
        sums.push(Sum::new(label, figure(tax.tax)));
    }
    if document.stamp == Stamp::Draft {
        return sums;
    }
    sums.push(Sum::strong("Total", figure(document.total)));
    let taken =
        |label: &str, amount: Money| (!amount.is_zero()).then(|| Sum::new(label, less(amount)));
    sums.extend(taken("Credits", document.credited));
    sums.extend(taken("Written off", document.written_off));
    sums.push(Sum::new("Paid", less(document.paid)));
    sums
}

fn terms(sheets: &mut Sheets, document: &InvoiceDocument) {
    let number = document.number.as_deref().unwrap_or_default();
    let text = match (document.stamp, document.due_on) {
        (Stamp::Draft, _) => "This is a draft. Its figures may change until it is issued; please \
                              do not pay it yet."
            .to_owned(),
        (Stamp::Void, _) => "This invoice is void. Nothing is to be paid.".to_owned(),
        (Stamp::Settled, _) => "Nothing is left to pay. Thank you.".to_owned(),
        (Stamp::Open, Some(due)) => format!(
            "Payment is due on {}{}. Please name {number} with your payment, so that it finds \
             this invoice.",
            day(due),
            match document.terms_days {
                0 => String::new(),
                1 => ", one day after issue".to_owned(),
                days => format!(", {days} days after issue"),
            }
        ),
        (Stamp::Open, None) => format!("Please name {number} with your payment."),
    };
    sheets.y += 6.0;
    sheets.room(40.0);
    sheets.flow(STRONG, "Payment");
    sheets.flow(Style { ink: QUIET, ..BODY }, &text);
}
