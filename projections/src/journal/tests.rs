//! The rows are the postings.

use ledger::{
    invoice::Status,
    journal::{Account, postings},
};

use super::Journal;
use crate::{
    engine::fold,
    testing::{INVOICE, invoice, opened, paid, standing},
};

#[test]
fn every_line_of_an_entry_is_a_row_in_order() {
    let log = invoice(vec![opened(), paid(500, standing(420, 0, 80, Status::Paid))]);
    let rows = fold::<Journal>(&log);
    let postings = postings(&log[1].event);
    assert_eq!(rows.len(), postings.len());
    for (line, posting) in (0..).zip(postings) {
        let (row, position) = &rows[&(2, line)];
        assert_eq!((row.account.0, row.debit_minor), (posting.account, posting.debit_minor));
        assert_eq!((*position, row.subject_id), (2, INVOICE));
    }
    assert_eq!(rows[&(2, 0)].0.account.0, Account::Cash);
}
