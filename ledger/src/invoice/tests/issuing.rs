use serde_json::Value;

use super::*;

#[test]
fn issuing_fixes_number_due_date_taxes_and_totals() {
    let events =
        given(vec![open(), add(configured(1, 12, 200, "0.05")), add(line(2, 1, 500, "0"))])
            .when(issue_at("0.05"))
            .inspect_result()
            .unwrap();
    let [InvoiceEvent::Issued(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.number, "INV-202601-00007");
    assert_eq!((event.issued_on, event.due_on), (january(31), january(45)));
    let tax = TaxOfRate { base: usd(2400), rate: rate("0.05"), tax: usd(120) };
    assert_eq!(event.tax.taxes, vec![tax]);
    assert_eq!(event.tax.rounding, Rounding::HalfAwayFromZero);
    let items = vec![ItemTotal { amount: usd(2900), item_type: ItemType::OneOff }];
    assert_eq!(event.items, items);
    assert_eq!(event.totals.total, usd(3020));
}

#[test]
fn the_rate_of_the_day_of_issue_has_the_last_word() {
    let history = vec![open(), add(configured(1, 1, 1000, "0.05"))];
    let events = given(history).when(issue_at("0.07")).inspect_result().unwrap();
    let [InvoiceEvent::TotalsRecalculated(first), InvoiceEvent::Issued(second)] = events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert_eq!(first.configured_rate, rate("0.07"));
    assert_eq!(first.totals, second.totals);
    assert_eq!(second.totals.tax, usd(70));
}

#[test]
fn lines_with_a_rate_of_their_own_keep_it_at_issue() {
    let history = vec![open(), add(line(1, 1, 1000, "0.05"))];
    let events = given(history).when(issue_at("0.07")).inspect_result().unwrap();
    let [InvoiceEvent::Issued(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.totals.tax, usd(50));
}

#[test]
fn an_invoice_without_lines_is_not_issued() {
    given(vec![open()]).when(issue_at("0")).then_expect_error(InvoiceError::NothingToIssue);
    let numberless = InvoiceCommand::Issue(Issue {
        configured_rate: Rate::ZERO,
        issued_on: january(31),
        jurisdiction: None,
        number: None,
    });
    given(vec![open(), add(line(1, 1, 1, "0"))])
        .when(numberless)
        .then_expect_error(InvoiceError::NumberMissing);
}

#[test]
fn issuing_twice_changes_nothing_and_a_canceled_draft_is_not_issued() {
    given(issued(100)).when(issue_at("0")).then_expect_events(vec![]);
    given(vec![open(), add(line(1, 1, 1, "0")), cancel()])
        .when(issue_at("0"))
        .then_expect_error(InvoiceError::NotDraft { status: Status::Canceled });
}

#[test]
fn an_invoice_over_nothing_is_paid_at_once() {
    let (invoice, _) = after(issued(0));
    assert_eq!(invoice.standing(), Some(standing(0, 0, 0, Status::Paid)));
}

#[test]
fn numbers_come_from_the_series_of_the_month_of_issue() {
    let mut command = issue_at("0");
    assert_eq!(Invoice::series(&command).as_deref(), Some("INV-202601"));
    assert_eq!(Invoice::series(&open()), None);
    Invoice::assign_number(&mut command, 123_456);
    let (invoice, _) = after(vec![open(), add(line(1, 1, 1, "0")), command]);
    assert_eq!(invoice.number(), Some("INV-202601-123456"));
}

#[test]
fn an_invoice_is_sent_once_and_only_after_issue() {
    let sent_at = january(31).midnight().assume_utc();
    let send = || InvoiceCommand::MarkSent(MarkSent { sent_at });
    given(vec![open()])
        .when(send())
        .then_expect_error(InvoiceError::NotOpen { status: Status::Draft });
    given(issued(100)).when(send()).then_expect_events(vec![Sent { sent_at }.into()]);
    given(with(issued(100), [send()])).when(send()).then_expect_events(vec![]);
}

#[test]
fn a_due_date_beyond_the_calendar_is_refused() {
    let issue = InvoiceCommand::Issue(Issue {
        configured_rate: Rate::ZERO,
        issued_on: Date::MAX,
        jurisdiction: None,
        number: Some(1),
    });
    given(vec![open(), add(line(1, 1, 1, "0"))])
        .when(issue)
        .then_expect_error(InvoiceError::DateOutOfRange);
}

/// The worked example of `money.json`.
#[test]
fn the_snapshot_vector_holds() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../tests/vectors/money.json")).unwrap();
    let example = &vectors["invoice_snapshot"];
    let mut commands = vec![open()];
    for (number, asked) in (1..).zip(example["lines"].as_array().unwrap()) {
        let quantity = asked["qty"].as_i64().unwrap();
        let unit_minor = asked["unit_cents"].as_i64().unwrap();
        commands.push(add(line(number, quantity, unit_minor, asked["tax_rate"].as_str().unwrap())));
    }
    let totals = after(commands).0.totals().unwrap();
    let cents = |field: &str| usd(example[field].as_i64().unwrap());
    assert_eq!(totals.subtotal, cents("subtotal_cents"));
    assert_eq!(totals.taxable_subtotal, cents("taxable_subtotal_cents"));
    assert_eq!(totals.tax, cents("tax_cents"));
    assert_eq!(totals.total, cents("total_cents"));
    let basis = totals.tax_rate_basis().unwrap().to_string();
    assert_eq!(Some(basis.as_str()), example["tax_rate_basis"].as_str());
}

#[test]
fn nothing_taxable_has_no_rate_basis() {
    assert_eq!(after(issued(100)).0.totals().unwrap().tax_rate_basis(), None);
}
