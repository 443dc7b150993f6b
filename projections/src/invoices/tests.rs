//! An invoice's row, event by event.

use ledger::invoice::{Canceled, InvoiceEvent, Status};
use time::macros::date;

use super::{Invoices, Row};
use crate::{
    engine::fold,
    testing::{INVOICE, at, invoice, issued, line_added, opened, paid, refunded, standing, usd},
};

fn row(events: Vec<InvoiceEvent>) -> Row {
    fold::<Invoices>(&invoice(events))[&INVOICE].0.clone()
}

#[test]
fn a_draft_adds_up_and_owes_nothing_yet() {
    let row = row(vec![opened(), line_added(400)]);
    assert_eq!((row.status.0, row.total_minor, row.balance_minor), (Status::Draft, 420, 0));
    assert_eq!((row.line_count, row.configured_rate.as_deref()), (1, Some("0.05")));
    assert_eq!((row.version, row.opened_position, row.updated_at), (2, 1, at(2)));
}

#[test]
fn an_issued_invoice_owes_its_total() {
    let row = row(vec![opened(), line_added(400), issued(400, 20)]);
    assert_eq!((row.status.0, row.balance_minor), (Status::Sent, 420));
    assert_eq!(row.number.as_deref(), Some("INV-202602-00001"));
    assert_eq!(row.due_on, Some(date!(2026 - 02 - 15)));
}

#[test]
fn an_invoice_over_nothing_is_paid_at_once() {
    assert_eq!(row(vec![opened(), issued(0, 0)]).status.0, Status::Paid);
}

#[test]
fn payments_and_refunds_leave_what_the_events_say() {
    let row = row(vec![
        opened(),
        issued(400, 20),
        paid(500, standing(420, 0, 80, Status::Paid)),
        refunded(100, standing(400, 0, 0, Status::Paid)),
    ]);
    assert_eq!((row.paid_minor, row.credit_minor, row.refunded_minor), (400, 0, 100));
    assert_eq!(row.status.0, Status::Paid);
}

#[test]
fn a_voided_invoice_owes_nothing_and_keeps_its_number() {
    let canceled = Canceled {
        components: vec![],
        taxes: vec![],
        canceled_on: date!(2026 - 02 - 02),
        items: vec![],
        reason_code: "mistake".parse().unwrap(),
        tax: usd(20),
        total: usd(420),
    };
    let row = row(vec![opened(), issued(400, 20), canceled.into()]);
    assert_eq!((row.status.0, row.balance_minor, row.total_minor), (Status::Canceled, 0, 420));
    assert!(row.number.is_some() && row.canceled_on.is_some());
}

#[test]
fn personal_data_is_copied_closed() {
    let row = row(vec![opened()]);
    let sealed = crate::answers::sealed(row.customer_id.as_deref()).unwrap();
    assert_eq!(sealed, Some(crate::testing::sealed("customer_id")));
}
