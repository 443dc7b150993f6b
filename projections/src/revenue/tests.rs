//! What was billed ahead, over time.

use ledger::invoice::{
    InvoiceEvent, Issued, ItemCut, ItemType, Progress, Recognized, RevenueRecognized, Schedule,
    Spread, TaxSnapshot,
};
use ledger::values::Rounding;
use serde_json::Value;
use time::{
    Date,
    macros::{date, format_description},
};

use super::{Revenue, Row, forecast::spread};
use crate::{
    engine::{Word, fold},
    testing::{INVOICE, invoice, opened, refund_cutting, totals, usd},
};

fn annual() -> Schedule {
    Schedule {
        amount: usd(120_000),
        ends_on: date!(2027 - 01 - 14),
        item_type: ItemType::Subscription,
        spread: Spread::ByDay,
        starts_on: date!(2026 - 01 - 15),
    }
}

fn issued() -> InvoiceEvent {
    Issued {
        due_on: date!(2026 - 02 - 15),
        issued_on: date!(2026 - 01 - 15),
        items: vec![],
        number: "INV-202601-00001".to_owned(),
        schedules: vec![annual()],
        tax: TaxSnapshot {
            components: vec![],
            jurisdiction: None,
            rounding: Rounding::default(),
            taxes: vec![],
        },
        totals: totals(120_000, 0),
    }
    .into()
}

fn january() -> InvoiceEvent {
    let earned = Recognized {
        amount: usd(5_589),
        cumulative: usd(5_589),
        deferred: usd(114_411),
        elapsed: 17,
        item_type: ItemType::Subscription,
        schedule: 0,
    };
    RevenueRecognized { earned: vec![earned], through: date!(2026 - 01 - 31) }.into()
}

fn row(events: Vec<InvoiceEvent>) -> Row {
    let key = (INVOICE, Word(ItemType::Subscription));
    fold::<Revenue>(&invoice(events))[&key].0.clone()
}

/// Month by month as `vectors/revenue-recognition.json` has it.
fn vector() -> Vec<(Date, i64)> {
    let vectors = include_str!("../../tests/vectors/revenue-recognition.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let format = format_description!("[year]-[month]-[day]");
    let months = vectors["annual"]["schedule"].as_array().unwrap().iter();
    let of = |month: &Value| {
        let day = Date::parse(month["through"].as_str().unwrap(), &format).unwrap();
        let last = day.replace_day(day.month().length(day.year())).unwrap();
        (last, month["recognised_cents"].as_i64().unwrap())
    };
    months.map(of).collect()
}

#[test]
fn what_is_to_be_earned_is_spread_as_the_vectors_say() {
    assert_eq!(spread(&Progress::of(annual()), date!(2026 - 01 - 01)), vector());
    // After January is recognised, the rest is as it was.
    let row = row(vec![opened(), issued(), january()]);
    let (_, progress) = row.progress()[0];
    assert_eq!(spread(&progress, date!(2026 - 02 - 01)), vector()[1..]);
    assert_eq!((row.recognized_minor, row.deferred_minor), (5_589, 114_411));
    assert_eq!(row.recognized_through, Some(date!(2026 - 01 - 31)));
}

#[test]
fn a_cut_is_no_longer_to_be_earned() {
    let items = vec![ItemCut {
        amount: usd(20_000),
        deferred: usd(14_411),
        item_type: ItemType::Subscription,
    }];
    let row = row(vec![opened(), issued(), january(), refund_cutting(20_000, items)]);
    assert_eq!((row.billed_minor, row.recognized_minor), (120_000, 5_589));
    assert_eq!((row.cut_minor, row.deferred_minor), (14_411, 100_000));
    let (_, progress) = row.progress()[0];
    let months = spread(&progress, date!(2026 - 02 - 01));
    assert_eq!(months.iter().map(|(_, minor)| minor).sum::<i64>(), 100_000);
    assert_eq!(months.last().unwrap().0, date!(2027 - 01 - 31));
}
