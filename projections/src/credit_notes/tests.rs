//! Credit notes come and are voided.

use crate::{
    engine::fold,
    testing::{NOTE, credit_note, credit_note_voided, invoice, issued, opened},
};

use super::CreditNotes;

#[test]
fn a_credit_note_says_what_it_took_back_and_where_it_went() {
    let rows = fold::<CreditNotes>(&invoice(vec![opened(), issued(400, 20), credit_note(200, 10)]));
    let (row, _) = &rows[&NOTE];
    assert_eq!((row.net_minor, row.tax_minor, row.total_minor), (200, 10, 210));
    assert_eq!((row.applied_minor, row.credited_minor, row.issued_position), (210, 0, 3));
    assert_eq!((&*row.number, row.voided_on), ("CN-202602-00001", None));
}

#[test]
fn a_voided_credit_note_keeps_its_number() {
    let log = vec![opened(), issued(400, 20), credit_note(200, 10), credit_note_voided(200, 10)];
    let rows = fold::<CreditNotes>(&invoice(log));
    let (row, _) = &rows[&NOTE];
    assert_eq!((&*row.number, row.total_minor), ("CN-202602-00001", 210));
    assert_eq!(row.void_reason_code.as_deref(), Some("mistake"));
}
