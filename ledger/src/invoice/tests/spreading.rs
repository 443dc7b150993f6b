//! Which schedules an invoice is issued with.

use time::macros::date;

use super::*;

fn schedules(lines: &[AddLine], invoice: Open, issued_on: Date) -> Vec<Schedule> {
    let issue = InvoiceCommand::Issue(Issue {
        configured_rate: rate("0"),
        issued_on,
        jurisdiction: None,
        number: Some(7),
    });
    let lines = lines.iter().cloned().map(add);
    let (_, events) = after(with(with(vec![InvoiceCommand::Open(invoice)], lines), [issue]));
    let Some(InvoiceEvent::Issued(issued)) = events.last() else { panic!("{events:?}") };
    issued.schedules.clone()
}

fn by_day(amount: i64, starts_on: Date, ends_on: Date) -> Schedule {
    let (item_type, spread) = (ItemType::Subscription, Spread::ByDay);
    Schedule { amount: usd(amount), ends_on, item_type, spread, starts_on }
}

fn by_month(amount: i64, starts_on: Date, ends_on: Date) -> Schedule {
    let (item_type, spread) = (ItemType::SetupFee, Spread::ByMonth);
    Schedule { amount: usd(amount), ends_on, item_type, spread, starts_on }
}

fn without_period() -> Open {
    Open { invoice_type: InvoiceType::OneOff, period: None, ..draft() }
}

fn set_up(number: u128, minor: i64) -> AddLine {
    AddLine { item_type: ItemType::SetupFee, ..line(number, 1, minor, "0") }
}

#[test]
fn a_plan_is_spread_over_what_its_line_covers_or_the_invoice_or_a_month() {
    let own = AddLine { covers: covering(32, 60), ..plan(1, 100, "0") };
    let expected = by_day(100, january(32), january(59));
    assert_eq!(schedules(&[own], draft(), january(31)), [expected]);
    let expected = by_day(100, january(1), january(31));
    assert_eq!(schedules(&[plan(1, 100, "0")], draft(), january(31)), [expected]);
    let expected = by_day(100, january(10), date!(2026 - 02 - 09));
    assert_eq!(schedules(&[plan(1, 100, "0")], without_period(), january(31)), [expected]);
    let late = AddLine { service_on: january(31), ..plan(1, 100, "0") };
    let expected = by_day(100, january(31), date!(2026 - 02 - 27));
    assert_eq!(schedules(&[late], without_period(), january(31)), [expected]);
}

#[test]
fn a_set_up_fee_is_spread_over_twelve_months_from_the_month_of_issue() {
    let expected = by_month(100, date!(2026 - 01 - 01), date!(2026 - 12 - 31));
    assert_eq!(schedules(&[set_up(1, 100)], draft(), january(31)), [expected]);
    let covers =
        Some(BillingPeriod { ends_on: date!(2026 - 07 - 16), starts_on: date!(2026 - 01 - 16) });
    let half = AddLine { covers, ..set_up(1, 100) };
    let expected = by_month(100, date!(2026 - 01 - 16), date!(2026 - 07 - 15));
    assert_eq!(schedules(&[half], draft(), january(31)), [expected]);
    // Days without a month's end are counted as days.
    let short = AddLine { covers: covering(10, 20), ..set_up(1, 100) };
    assert_eq!(schedules(&[short], draft(), january(31))[0].spread, Spread::ByDay);
}

#[test]
fn lines_of_one_kind_and_stretch_share_a_schedule() {
    let lines = [
        plan(1, 100, "0"),
        plan(2, 50, "0.05"),
        AddLine { covers: covering(32, 60), ..plan(3, 70, "0") },
        set_up(4, 900),
        plan(5, 0, "0"),
        line(6, 1, 400, "0"),
    ];
    let expected = [
        by_month(900, date!(2026 - 01 - 01), date!(2026 - 12 - 31)),
        by_day(150, january(1), january(31)),
        by_day(70, january(32), january(59)),
    ];
    assert_eq!(schedules(&lines, draft(), january(31)), expected);
}

#[test]
fn what_is_earned_when_it_is_billed_has_no_schedule() {
    let activation = AddLine { item_type: ItemType::PatientActivation, ..line(1, 1, 200, "0") };
    assert_eq!(schedules(&[activation, line(2, 1, 100, "0")], draft(), january(31)), []);
}

#[test]
fn a_line_covers_at_least_a_day() {
    let empty = AddLine { covers: covering(10, 10), ..plan(1, 100, "0") };
    given(vec![open()]).when(add(empty)).then_expect_error(InvoiceError::PeriodEmpty {
        ends_on: january(10),
        starts_on: january(10),
    });
    // The same line with other days is another line.
    let of = |covers| add(AddLine { covers, ..plan(1, 100, "0") });
    given(vec![open(), of(covering(1, 5))])
        .when(of(covering(1, 6)))
        .then_expect_error(InvoiceError::LineExists { line_id: id(1) });
    given(vec![open(), of(covering(1, 5))]).when(of(covering(1, 5))).then_expect_events(vec![]);
}
