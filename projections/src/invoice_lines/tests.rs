//! Lines come and go.

use ledger::invoice::LineRemoved;

use super::InvoiceLines;
use crate::{
    engine::fold,
    testing::{INVOICE, LINE, invoice, line_added, opened, totals},
};

#[test]
fn a_line_stands_until_it_is_taken_off() {
    let added = invoice(vec![opened(), line_added(400)]);
    let rows = fold::<InvoiceLines>(&added);
    let (row, position) = &rows[&(INVOICE, LINE)];
    assert_eq!((row.total_price_minor, row.added_position, *position), (400, 2, 2));
    assert!(row.rate_configured);

    let removed = LineRemoved { line_id: LINE, totals: totals(0, 0) };
    let log = invoice(vec![opened(), line_added(400), removed.into()]);
    assert!(fold::<InvoiceLines>(&log).is_empty());
}
