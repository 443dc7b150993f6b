use super::*;

fn totals(subtotal: i64, taxable: i64, tax: i64) -> Totals {
    Totals {
        subtotal: usd(subtotal),
        tax: usd(tax),
        taxable_subtotal: usd(taxable),
        total: usd(subtotal + tax),
    }
}

fn added(command: AddLine, totals: Totals) -> InvoiceEvent {
    let line = Line {
        covers: None,
        charge: command.charge,
        description: command.description,
        item_type: command.item_type,
        line_id: command.line_id,
        quantity: command.quantity,
        rate_configured: command.rate_configured,
        service_on: command.service_on,
        tax_rate: command.tax_rate,
        total_price: command.unit_price.times(command.quantity).unwrap(),
        unit_price: command.unit_price,
    };
    LineAdded { line, totals }.into()
}

#[test]
fn opening_twice_with_the_same_content_changes_nothing() {
    given(vec![open()]).when(open()).then_expect_events(vec![]);
}

#[test]
fn opening_again_with_other_content_is_refused() {
    let other = InvoiceCommand::Open(Open { payment_terms_days: 30, ..draft() });
    given(vec![open()])
        .when(other)
        .then_expect_error(InvoiceError::Exists { status: Status::Draft });
}

#[test]
fn a_monthly_invoice_needs_a_period_that_has_days() {
    let none = InvoiceCommand::Open(Open { period: None, ..draft() });
    given(vec![]).when(none).then_expect_error(InvoiceError::PeriodNeeded);

    let period = Some(BillingPeriod { ends_on: january(1), starts_on: january(1) });
    let empty = InvoiceCommand::Open(Open { period, ..draft() });
    let refused = InvoiceError::PeriodEmpty { ends_on: january(1), starts_on: january(1) };
    given(vec![]).when(empty).then_expect_error(refused);
}

#[test]
fn more_than_a_year_to_pay_is_refused() {
    let long = InvoiceCommand::Open(Open { payment_terms_days: 366, ..draft() });
    let refused = InvoiceError::PaymentTermsTooLong { days: 366, most_days: 365 };
    given(vec![]).when(long).then_expect_error(refused);
}

#[test]
fn a_line_adds_to_the_totals() {
    let command = line(1, 3, 250, "0.05");
    given(vec![open()])
        .when(add(command.clone()))
        .then_expect_events(vec![added(command, totals(750, 750, 38))]);
}

#[test]
fn a_line_begins_the_draft_where_there_is_none() {
    let command = AddLine { open: Some(draft()), ..line(1, 1, 200, "0") };
    let (invoice, history) = after(vec![add(command.clone())]);
    assert!(matches!(history[0], InvoiceEvent::Opened(_)));
    assert_eq!(history[1], added(command, totals(200, 0, 0)));
    assert!(invoice.is_draft());
    given(vec![]).when(add(line(1, 1, 200, "0"))).then_expect_error(InvoiceError::Unknown);
}

#[test]
fn a_line_is_taken_once() {
    let history = vec![open(), add(line(1, 1, 200, "0.05"))];
    given(history.clone()).when(add(line(1, 1, 200, "0.05"))).then_expect_events(vec![]);
    given(history)
        .when(add(line(1, 2, 200, "0.05")))
        .then_expect_error(InvoiceError::LineExists { line_id: id(1) });
}

#[test]
fn a_charge_is_taken_once_even_after_its_line_was_taken_off_or_the_invoice_issued() {
    let charged = |number| AddLine { charge: Some(charge("anon_a")), ..line(number, 1, 200, "0") };
    let remove = InvoiceCommand::RemoveLine(RemoveLine { line_id: id(1) });
    let history = vec![open(), add(charged(1)), add(line(2, 1, 500, "0"))];
    given(history.clone()).when(add(charged(9))).then_expect_events(vec![]);
    let removed = with(history.clone(), [remove]);
    given(removed).when(add(charged(9))).then_expect_events(vec![]);
    given(with(history, [issue_at("0")])).when(add(charged(9))).then_expect_events(vec![]);
}

#[test]
fn a_line_taken_off_leaves_the_totals_and_does_not_come_back() {
    let remove = || InvoiceCommand::RemoveLine(RemoveLine { line_id: id(1) });
    let history = vec![open(), add(line(1, 1, 200, "0.05")), add(line(2, 1, 300, "0"))];
    given(history.clone())
        .when(remove())
        .then_expect_events(vec![LineRemoved { line_id: id(1), totals: totals(300, 0, 0) }.into()]);
    let history = with(history, [remove()]);
    given(history.clone()).when(remove()).then_expect_events(vec![]);
    given(history)
        .when(add(line(1, 1, 200, "0.05")))
        .then_expect_error(InvoiceError::LineTakenOff { line_id: id(1) });
}

#[test]
fn an_unknown_line_cannot_be_taken_off() {
    given(vec![open()])
        .when(InvoiceCommand::RemoveLine(RemoveLine { line_id: id(4) }))
        .then_expect_error(InvoiceError::LineUnknown { line_id: id(4) });
}

#[test]
fn lines_do_not_change_once_issued() {
    let refused = InvoiceError::NotDraft { status: Status::Sent };
    given(issued(200)).when(add(line(2, 1, 1, "0"))).then_expect_error(refused.clone());
    let remove = InvoiceCommand::RemoveLine(RemoveLine { line_id: id(1) });
    given(issued(200)).when(remove).then_expect_error(refused.clone());
    let configured_rate = rate("0.07");
    let recalculate = InvoiceCommand::RecalculateTotals(RecalculateTotals { configured_rate });
    given(issued(200)).when(recalculate).then_expect_error(refused);
}

#[test]
fn quantities_prices_and_currencies_are_checked() {
    for quantity in [0, -1, 1_000_001, i64::MAX] {
        given(vec![open()])
            .when(add(line(1, quantity, 1, "0")))
            .then_expect_error(InvoiceError::QuantityOutOfRange { most: 1_000_000, quantity });
    }
    given(vec![open()])
        .when(add(line(1, 1, -1, "0")))
        .then_expect_error(InvoiceError::PriceNegative { unit_price: usd(-1) });
    let foreign = AddLine { unit_price: eur(1), ..line(1, 1, 1, "0") };
    let given_currency = eur(0).currency();
    given(vec![open()]).when(add(foreign)).then_expect_error(InvoiceError::CurrencyMismatch {
        given: given_currency,
        invoice: Currency::USD,
    });
}

#[test]
fn sums_that_do_not_fit_are_refused() {
    let most = line(1, 1, i64::MAX, "0");
    given(vec![open(), add(most)])
        .when(add(line(2, 1, 1, "0")))
        .then_expect_error(InvoiceError::AmountOutOfRange);
    given(vec![open()])
        .when(add(line(1, 2, i64::MAX, "0")))
        .then_expect_error(InvoiceError::AmountOutOfRange);
    given(vec![open()])
        .when(add(line(1, 1, i64::MAX, "0.05")))
        .then_expect_error(InvoiceError::AmountOutOfRange);
}

#[test]
fn tax_is_rounded_once_per_rate_not_once_per_line() {
    // Ten lines of 0.10 at 5 %: 0.05 in all, though each alone would round up to 0.01.
    let lines = (1..=10).map(|number| add(line(number, 1, 10, "0.05")));
    let (invoice, _) = after(with(vec![open()], lines));
    assert_eq!(invoice.totals().unwrap().tax, usd(5));
}

#[test]
fn lines_with_the_configured_rate_move_together() {
    let history = vec![open(), add(configured(1, 1, 1000, "0.05")), add(line(2, 1, 100, "0.05"))];
    let recalculate = |text| {
        let configured_rate = rate(text);
        InvoiceCommand::RecalculateTotals(RecalculateTotals { configured_rate })
    };
    let moved =
        TotalsRecalculated { configured_rate: rate("0.1"), totals: totals(1100, 1100, 105) };
    given(history.clone()).when(recalculate("0.1")).then_expect_events(vec![moved.into()]);
    given(history.clone()).when(recalculate("0.05")).then_expect_events(vec![]);

    let later = configured(3, 1, 1000, "0.1");
    let rerated =
        TotalsRecalculated { configured_rate: rate("0.1"), totals: totals(1100, 1100, 105) };
    given(history)
        .when(add(later.clone()))
        .then_expect_events(vec![rerated.into(), added(later, totals(2100, 2100, 205))]);
}

#[test]
fn more_rates_than_an_invoice_takes_are_refused() {
    let lines = (1..=32).map(|number| add(line(number, 1, 100, &format!("0.{number:02}"))));
    given(with(vec![open()], lines))
        .when(add(line(99, 1, 100, "0.5")))
        .then_expect_error(InvoiceError::TooManyRates { most: 32 });
}

#[test]
fn one_more_line_on_a_hundred_thousand_carries_no_more_than_on_one() {
    let mut invoice = after(vec![open()]).0;
    let mut sizes = Vec::new();
    for number in 1..=100_000 {
        let charge = Some(charge(&format!("anon_{number:016}")));
        let command = AddLine { charge, ..configured(number, 1, 200, "0.05") };
        let events = invoice.decide(add(command)).unwrap();
        if number == 10 || number == 100_000 {
            sizes.push(crate::StoredEvent::encode(&events[0]).unwrap().len());
            assert_eq!(events.len(), 1);
            assert_eq!(invoice.lines.sums().rates(), 1);
        }
        for event in events {
            invoice.apply(event);
        }
    }
    assert_eq!(invoice.totals().unwrap().total, usd(21_000_000));
    // A few digits more, and nothing else.
    assert!(sizes[1] < sizes[0] + 64, "{sizes:?}");
    assert!(invoice.weight() > 100_000 * 100);
}
