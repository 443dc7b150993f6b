//! What was billed ahead is earned: all of `vectors/revenue-recognition.json`, and the rules.

use serde_json::Value;
use time::macros::date;

use super::*;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../tests/vectors/revenue-recognition.json")).unwrap()
}

fn day(value: &Value) -> Date {
    serde_json::from_value(value.clone()).unwrap()
}

/// A plan over these days, both included, issued on the first of them.
fn ahead(minor: i64, starts_on: Date, ends_on: Date) -> Vec<InvoiceCommand> {
    let covers = Some(BillingPeriod { ends_on: ends_on.next_day().unwrap(), starts_on });
    let issue = InvoiceCommand::Issue(Issue {
        configured_rate: rate("0"),
        issued_on: starts_on,
        jurisdiction: None,
        number: Some(7),
    });
    vec![open(), add(AddLine { covers, ..plan(1, minor, "0") }), issue]
}

fn of_vector(name: &str) -> (Value, Vec<InvoiceCommand>) {
    let vector = vectors()[name].clone();
    let (start, end) = (day(&vector["start"]), day(&vector["end"]));
    let history = ahead(vector["total_cents"].as_i64().unwrap(), start, end);
    (vector, history)
}

/// Earned in this step, earned since the beginning, left to earn.
fn figures(event: &RevenueRecognized) -> (i64, i64, i64) {
    let [earned] = event.earned.as_slice() else { panic!("{event:?}") };
    (earned.amount.minor(), earned.cumulative.minor(), earned.deferred.minor())
}

#[test]
fn a_straight_line_by_day_is_earned_as_the_vectors_say() {
    for name in ["annual", "odd", "leap_month"] {
        let (vector, mut history) = of_vector(name);
        let total = vector["total_cents"].as_i64().unwrap();
        let mut days = 0;
        for period in vector["schedule"].as_array().unwrap() {
            let through = day(&period["through"]);
            let event = decided!(history.clone(), recognize(through), RevenueRecognized);
            let recognised = period["recognised_cents"].as_i64().unwrap();
            let cumulative = period["cumulative_cents"].as_i64().unwrap();
            assert_eq!(figures(&event), (recognised, cumulative, total - cumulative), "{name}");
            days += period["days"].as_i64().unwrap();
            assert_eq!((event.earned[0].elapsed, event.through), (days, through));
            history.push(recognize(through));
        }
        // Nothing is left, whatever the day.
        given(history).when(recognize(date!(2030 - 01 - 01))).then_expect_events(vec![]);
    }
}

#[test]
fn a_pause_suspends_and_extends_as_the_vectors_say() {
    let vector = &vectors()["pause_suspend_and_extend"];
    let start = day(&vector["start"]);
    let term = time::Duration::days(vector["term_days"].as_i64().unwrap() - 1);
    let mut history = ahead(vector["total_cents"].as_i64().unwrap(), start, start + term);
    let pauses: Vec<Interruption> = vector["pauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pause| Interruption { from: day(&pause[0]), through: day(&pause[1]) })
        .collect();
    let paused = |through| {
        let pauses = pauses.clone();
        InvoiceCommand::RecognizeRevenue(RecognizeRevenue { ends_on: None, pauses, through })
    };
    let mut served = 0;
    let ends = [date!(2026 - 03 - 31), date!(2026 - 04 - 30)];
    for (period, through) in vector["schedule"].as_array().unwrap().iter().zip(ends) {
        let event = decided!(history.clone(), paused(through), RevenueRecognized);
        let (amount, cumulative, _) = figures(&event);
        assert_eq!(Some(amount), period["recognised_cents"].as_i64());
        assert_eq!(Some(cumulative), period["cumulative_cents"].as_i64());
        served += period["service_days"].as_i64().unwrap();
        assert_eq!(event.earned[0].elapsed, served);
        history.push(paused(through));
    }
    // The new end is the first day on which all is earned.
    let new_end = day(&vector["new_end"]);
    let first = |through| {
        let history = ahead(30_000, start, start + term);
        figures(&decided!(history, paused(through), RevenueRecognized)).2
    };
    assert_eq!(first(new_end), 0);
    assert!(first(new_end.previous_day().unwrap()) > 0);
}

#[test]
fn a_cancellation_leaves_the_unearned_part_to_be_credited_as_the_vectors_say() {
    let (vector, history) = of_vector("cancel_mid_term");
    let last_day = day(&vector["cancelled_after"]);
    let ended = InvoiceCommand::RecognizeRevenue(RecognizeRevenue {
        ends_on: Some(last_day),
        pauses: Vec::new(),
        through: date!(2026 - 12 - 31),
    });
    let event = decided!(history.clone(), ended.clone(), RevenueRecognized);
    let unearned = vector["unearned_to_refund_or_credit_cents"].as_i64().unwrap();
    let recognised = vector["recognised_cents"].as_i64().unwrap();
    assert_eq!((figures(&event), event.through), ((recognised, recognised, unearned), last_day));
    let history = with(history, [ended]);
    assert_eq!(after(history.clone()).0.deferred(), Some(usd(unearned)));

    let scope = CreditScope::Amount(usd(unearned));
    let credited = decided!(history.clone(), note(50, scope.clone()), CreditNoteIssued);
    let cut = ItemCut {
        amount: usd(unearned),
        deferred: usd(unearned),
        item_type: ItemType::Subscription,
    };
    assert_eq!(credited.items, [cut]);
    let history = with(history, [note(50, scope)]);
    assert_eq!(after(history.clone()).0.deferred(), Some(usd(0)));
    given(history).when(recognize(date!(2027 - 12 - 31))).then_expect_events(vec![]);
}

#[test]
fn the_same_day_again_and_an_earlier_one_earn_nothing() {
    let history = ahead(3_100, january(1), january(31));
    let history = with(history, [recognize(january(10))]);
    given(history.clone()).when(recognize(january(10))).then_expect_events(vec![]);
    given(history.clone()).when(recognize(january(9))).then_expect_events(vec![]);
    let event = decided!(history, recognize(january(11)), RevenueRecognized);
    assert_eq!(figures(&event), (100, 1_100, 2_000));
}

#[test]
fn nothing_is_earned_before_the_service_or_before_the_issue() {
    let later = ahead(3_100, january(40), january(70));
    given(later.clone()).when(recognize(january(39))).then_expect_events(vec![]);
    // Issued at the end of what it covers: the first look earns all of it.
    let lines = vec![open(), add(plan(1, 3_100, "0")), issue_at("0")];
    given(lines.clone()).when(recognize(january(30))).then_expect_events(vec![]);
    let event = decided!(lines, recognize(january(31)), RevenueRecognized);
    assert_eq!(figures(&event), (3_100, 3_100, 0));
    given(vec![open()])
        .when(recognize(january(31)))
        .then_expect_error(InvoiceError::NotOpen { status: Status::Draft });
    given(issued(100)).when(recognize(january(60))).then_expect_events(vec![]);
}

#[test]
fn a_set_up_fee_is_earned_month_by_month() {
    let fee = AddLine { item_type: ItemType::SetupFee, ..line(1, 1, 10_000, "0") };
    let mut history = vec![open(), add(fee), issue_at("0")];
    // 31 January is the first of twelve month's ends.
    let mut earned = Vec::new();
    let mut through = january(31);
    for _ in 0..14 {
        let (invoice, _) = after(history.clone());
        if let [InvoiceEvent::RevenueRecognized(event)] =
            invoice.decide(recognize(through)).unwrap().as_slice()
        {
            earned.push(figures(event).0);
        }
        history.push(recognize(through));
        let first = through.next_day().unwrap();
        through = first.replace_day(first.month().length(first.year())).unwrap();
    }
    let twelfths = [833, 834, 833, 833, 834, 833, 833, 834, 833, 833, 834, 833];
    assert_eq!(earned, twelfths);
}

#[test]
fn overlapping_pauses_count_once_and_a_paused_months_end_does_not_count() {
    let pauses = |spans: &[(i64, i64)]| {
        spans
            .iter()
            .map(|(from, through)| Interruption {
                from: january(*from),
                through: january(*through),
            })
            .collect::<Vec<_>>()
    };
    let look = |spans: &[(i64, i64)], through| {
        let pauses = pauses(spans);
        InvoiceCommand::RecognizeRevenue(RecognizeRevenue { ends_on: None, pauses, through })
    };
    let month = ahead(3_100, january(1), january(31));
    let spans = [(8, 12), (5, 10), (12, 12), (25, 20), (-9, -1)];
    let event = decided!(month, look(&spans, january(20)), RevenueRecognized);
    assert_eq!(event.earned[0].elapsed, 12);

    let fee = AddLine { item_type: ItemType::SetupFee, ..line(1, 1, 12_000, "0") };
    let history = vec![open(), add(fee), issue_at("0")];
    let event = decided!(history, look(&[(50, 60)], january(90)), RevenueRecognized);
    // January and March; the end of February lies in the pause.
    assert_eq!((event.earned[0].elapsed, figures(&event).0), (2, 2_000));
}

#[test]
fn what_is_cut_comes_out_of_deferred_revenue_first_and_the_rest_is_spread_over_what_remains() {
    let history = with(ahead(3_100, january(1), january(31)), [recognize(january(21))]);
    // 21.00 earned, 10.00 deferred; 15.00 credited takes 10.00 deferred and 5.00 earned.
    let more = note(50, CreditScope::Amount(usd(1_500)));
    let event = decided!(history.clone(), more, CreditNoteIssued);
    assert_eq!((event.items[0].amount, event.items[0].deferred), (usd(1_500), usd(1_000)));

    let less = with(history, [note(50, CreditScope::Amount(usd(500)))]);
    let event = decided!(less.clone(), recognize(january(26)), RevenueRecognized);
    assert_eq!(figures(&event), (250, 2_350, 250));
    let less = with(less, [recognize(january(26)), void(50)]);
    assert_eq!(after(less.clone()).0.deferred(), Some(usd(750)));
    let event = decided!(less, recognize(january(31)), RevenueRecognized);
    assert_eq!(figures(&event), (750, 3_100, 0));
}

#[test]
fn a_line_that_is_credited_takes_what_it_is_deferred_itself() {
    let of = |number, starts, ends| {
        add(AddLine { covers: covering(starts, ends), ..plan(number, 3_100, "0") })
    };
    let history = vec![open(), of(1, 1, 32), of(2, 32, 60), issue_at("0"), recognize(january(31))];
    let scope = |number| CreditScope::Lines(vec![credit_line(number, Some(1_000))]);
    let deferred = |number| {
        let event = decided!(history.clone(), note(50, scope(number)), CreditNoteIssued);
        event.items[0].deferred
    };
    assert_eq!((deferred(1), deferred(2)), (usd(0), usd(1_000)));
    let (invoice, _) = after(with(history, [note(50, scope(2))]));
    assert_eq!(invoice.deferred(), Some(usd(2_100)));
}

#[test]
fn a_void_takes_back_what_was_earned_and_what_was_not() {
    let history = with(ahead(3_100, january(1), january(31)), [recognize(january(21))]);
    let event = decided!(history.clone(), cancel(), Canceled);
    assert_eq!((event.items[0].amount, event.items[0].deferred), (usd(3_100), usd(1_000)));
    let history = with(history, [cancel()]);
    assert_eq!(after(history.clone()).0.deferred(), Some(usd(0)));
    given(history).when(recognize(january(31))).then_expect_events(vec![]);
}
