//! Taxes, fixed at issue.

use ledger::invoice::{Canceled, InvoiceEvent, TotalsRecalculated};
use time::macros::date;

use super::TaxSnapshot;
use crate::{
    engine::fold,
    testing::{INVOICE, invoice, issued, opened, totals, usd},
};

fn canceled() -> InvoiceEvent {
    Canceled {
        components: vec![],
        taxes: vec![],
        canceled_on: date!(2026 - 02 - 02),
        items: vec![],
        reason_code: "mistake".parse().unwrap(),
        tax: usd(0),
        total: usd(0),
    }
    .into()
}

#[test]
fn the_basis_is_the_effective_rate_of_the_stored_amounts() {
    let rows = fold::<TaxSnapshot>(&invoice(vec![opened(), issued(17_400, 870)]));
    let (row, _) = &rows[&INVOICE];
    assert_eq!((row.tax_minor, &*row.tax_rate_basis), (870, "0.050000"));
    assert_eq!(row.jurisdiction.as_deref(), Some("CA-ON"));
    let thirds = fold::<TaxSnapshot>(&invoice(vec![opened(), issued(300, 20)]));
    assert_eq!(thirds[&INVOICE].0.tax_rate_basis, "0.066667");
}

#[test]
fn an_invoice_without_tax_has_no_rate() {
    let rows = fold::<TaxSnapshot>(&invoice(vec![opened(), issued(17_400, 0)]));
    assert_eq!(rows[&INVOICE].0.tax_rate_basis, "0.000000");
    assert_eq!(rows[&INVOICE].0.taxable_subtotal_minor, 0);
}

#[test]
fn nothing_after_issue_changes_it_but_a_cancellation_marks_it() {
    let recalculated = TotalsRecalculated {
        configured_rate: "0.13".parse().unwrap(),
        totals: totals(17_400, 2_262),
    };
    let log = vec![opened(), issued(17_400, 870), recalculated.into(), canceled()];
    let rows = fold::<TaxSnapshot>(&invoice(log));
    let (row, _) = &rows[&INVOICE];
    assert_eq!((row.tax_minor, row.canceled), (870, true));
}

#[test]
fn a_voided_draft_never_had_one() {
    assert!(fold::<TaxSnapshot>(&invoice(vec![opened(), canceled()])).is_empty());
}
