//! Taxes by name, charged and taken back.

use ledger::invoice::{
    Canceled, InvoiceEvent, Issued, Status, TaxComponent, TaxOfRate, TaxSnapshot,
};
use ledger::values::Rounding;
use time::macros::date;

use super::{Kind, Row, TaxLedger, whole};
use crate::{
    engine::fold,
    testing::{invoice, opened, paid, refund_of, standing, totals, usd},
};

fn component(name: &str, rate: &str, tax: i64) -> TaxComponent {
    TaxComponent {
        base: usd(10_000),
        name: name.parse().unwrap(),
        rate: rate.parse().unwrap(),
        tax: usd(tax),
    }
}

/// 100.00 in Quebec.
fn issued(named: bool) -> InvoiceEvent {
    let components = vec![component("GST", "0.05", 500), component("QST", "0.09975", 998)];
    let rate = "0.14975".parse().unwrap();
    Issued {
        due_on: date!(2026 - 02 - 15),
        issued_on: date!(2026 - 02 - 01),
        items: vec![],
        number: "INV-202602-00001".to_owned(),
        schedules: vec![],
        tax: TaxSnapshot {
            components: if named { components } else { vec![] },
            jurisdiction: Some("CA-QC".parse().unwrap()),
            rounding: Rounding::default(),
            taxes: vec![TaxOfRate { base: usd(10_000), rate, tax: usd(1_498) }],
        },
        totals: totals(10_000, 1_498),
    }
    .into()
}

fn rows(events: Vec<InvoiceEvent>) -> Vec<Row> {
    let rows = fold::<TaxLedger>(&invoice(events));
    rows.into_values().map(|(row, _)| row).collect()
}

fn told(rows: &[Row], kind: Kind) -> Vec<(String, i64, i64)> {
    let movements = whole(rows).into_iter().filter(|movement| movement.kind == kind);
    movements.map(|it| (it.component, it.base_minor, it.tax_minor)).collect()
}

#[test]
fn taxes_of_an_older_event_are_named_as_the_law_named_them_that_day() {
    let parts = |named| {
        let rows = rows(vec![opened(), issued(named)]);
        let part = |row: &Row| (row.component.clone(), row.rate.clone(), row.tax_minor);
        rows.iter().map(part).collect::<Vec<_>>()
    };
    assert_eq!(parts(true), parts(false));
    assert_eq!(parts(true)[1], (Some("QST".to_owned()), Some("0.09975".to_owned()), 998));
}

#[test]
fn a_refund_cuts_each_tax_in_proportion_and_its_undoing_is_the_mirror() {
    let settled = paid(11_498, standing(11_498, 0, 0, Status::Paid));
    let log = vec![opened(), issued(true), settled, refund_of(5_000, 749)];
    let rows = rows(log);
    let cut = told(&rows, Kind::Refunded);
    assert_eq!(cut.iter().map(|(_, _, tax)| tax).sum::<i64>(), -749);
    assert_eq!(cut, [("GST".to_owned(), -5_000, -250), ("QST".to_owned(), -5_000, -499)]);
}

#[test]
fn a_void_takes_all_that_is_left_with_its_base() {
    let canceled = Canceled {
        components: vec![],
        taxes: vec![],
        canceled_on: date!(2026 - 02 - 02),
        items: vec![],
        reason_code: "mistake".parse().unwrap(),
        tax: usd(1_498),
        total: usd(11_498),
    };
    let rows = rows(vec![opened(), issued(true), canceled.into()]);
    let gone = told(&rows, Kind::Canceled);
    assert_eq!(gone, [("GST".to_owned(), -10_000, -500), ("QST".to_owned(), -10_000, -998)]);
}
