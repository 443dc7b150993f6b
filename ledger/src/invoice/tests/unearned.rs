//! What a credit note takes where service ends early (A16).

use proptest::prelude::*;

use super::*;

fn unearned(history: &[InvoiceCommand]) -> (Money, Vec<CreditLine>) {
    let (invoice, _) = after(history.to_vec());
    (invoice.deferred().unwrap(), invoice.unearned_lines().unwrap())
}

#[test]
fn an_invoice_without_anything_billed_ahead_has_nothing_unearned() {
    assert!(Invoice::default().unearned_lines().unwrap().is_empty());
    let (invoice, _) = after(issued(1_000));
    assert!(invoice.unearned_lines().unwrap().is_empty());
}

proptest! {
    #[test]
    fn the_unearned_parts_of_lines_sum_to_what_is_deferred_and_crediting_them_leaves_nothing(
        lines in prop::collection::vec((1..50_000_i64, 1..20_i64, 1..40_i64, 0..3_usize), 1..6),
        earned_on in 31..80_i64,
        credited in prop::option::of(1..1_000_i64),
    ) {
        let rates = ["0", "0.05", "0.13"];
        let mut history = vec![open(), add(line(100, 1, 777, "0.05"))];
        for (number, (minor, starts, days, tax)) in (1..).zip(&lines) {
            let covers = covering(*starts, starts + days);
            history.push(add(AddLine { covers, ..plan(number, *minor, rates[*tax]) }));
        }
        history.push(issue_at("0"));
        history.push(recognize(january(earned_on)));
        if let Some(minor) = credited.map(|minor| minor.min(lines[0].0)) {
            let scope = CreditScope::Lines(vec![credit_line(1, Some(minor))]);
            history.push(note(40, scope));
        }
        let (deferred, lines) = unearned(&history);
        let sum: i64 = lines.iter().map(|line| line.amount.unwrap().minor()).sum();
        prop_assert_eq!(sum, deferred.minor());
        if !lines.is_empty() {
            history.push(note(50, CreditScope::Lines(lines)));
            prop_assert_eq!(unearned(&history), (usd(0), Vec::new()));
        }
    }
}
