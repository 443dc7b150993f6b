//! Who hears of what.

use ledger::{
    invoice::Status,
    subject::{Erased, SubjectEvent},
    values::SubjectRef,
};

use super::{Related, Subject, Timeline};
use crate::{
    engine::{Word, fold},
    testing::{INVOICE, PATIENT, PAYMENT, invoice, log, opened, paid, standing},
};

#[test]
fn a_payment_stands_with_its_invoice_and_by_itself() {
    let rows =
        fold::<Timeline>(&invoice(vec![opened(), paid(420, standing(420, 0, 0, Status::Paid))]));
    assert_eq!(rows.len(), 3);
    let (on_invoice, _) = &rows[&(Word(Subject::Invoice), INVOICE, 2, 0)];
    assert_eq!(on_invoice.status.as_deref(), Some("paid"));
    assert_eq!((on_invoice.amount_minor, on_invoice.related_id), (Some(420), Some(PAYMENT)));
    let (by_itself, _) = &rows[&(Word(Subject::Payment), PAYMENT, 2, 0)];
    assert_eq!(by_itself.status.as_deref(), Some("succeeded"));
    assert_eq!(by_itself.related_kind, Some(Word(Related::Invoice)));
}

#[test]
fn an_erasure_stands_with_the_patient() {
    let reason_code = "request".parse().unwrap();
    let erased = Erased { reason_code, subject: SubjectRef(PATIENT) };
    let rows = fold::<Timeline>(&log(PATIENT, vec![SubjectEvent::from(erased)]));
    let (row, _) = &rows[&(Word(Subject::Patient), PATIENT, 1, 0)];
    assert_eq!((row.status.as_deref(), &*row.actor), (Some("erased"), "key:1"));
}
