//! Events of older shapes, as their golden files keep them, are heard like today's.

use time::macros::date;

use super::*;
use crate::recorded::LedgerEvent;

/// Reads a golden file.
fn golden(text: &str) -> InvoiceEvent {
    let golden: serde_json::Value = serde_json::from_str(text).unwrap();
    let name = golden["name"].as_str().unwrap();
    let version = u16::try_from(golden["version"].as_u64().unwrap()).unwrap();
    let payload = serde_json::to_vec(&golden["payload"]).unwrap();
    match LedgerEvent::decode(name, version, &payload).unwrap() {
        LedgerEvent::Invoice(event) => event,
        other => panic!("{other:?}"),
    }
}

macro_rules! v1 {
    ($name:literal) => {
        golden(include_str!(concat!(
            "../../../../schema/events/billing.invoice.",
            $name,
            ".v1.json"
        )))
    };
}

/// An issued event of v1 over other items.
fn issued_v1(items: &[(&str, &str)]) -> Issued {
    let text = include_str!("../../../../schema/events/billing.invoice.issued.v1.json");
    let mut golden_file: serde_json::Value = serde_json::from_str(text).unwrap();
    golden_file["payload"]["items"] = items
        .iter()
        .map(|(item_type, amount)| {
            let amount = serde_json::json!({"amount": amount, "currency": "USD"});
            serde_json::json!({"amount": amount, "item_type": item_type})
        })
        .collect();
    match golden(&golden_file.to_string()) {
        InvoiceEvent::Issued(issued) => issued,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_line_of_v1_covers_what_its_invoice_covers() {
    let InvoiceEvent::LineAdded(event) = v1!("line_added") else { panic!() };
    assert_eq!(event.line.covers, None);
    assert_eq!((event.line.quantity, event.line.total_price), (1, usd(200)));
}

#[test]
fn an_issue_of_v1_spreads_what_it_billed_ahead_from_its_own_day() {
    let InvoiceEvent::Issued(event) = v1!("issued") else { panic!() };
    assert_eq!((event.schedules, event.tax.components), (vec![], vec![]));
    assert_eq!(event.number, "INV-202602-00001");
    let issued =
        issued_v1(&[("setup_fee", "99.00"), ("subscription", "1.00"), ("one_off", "1.00")]);
    let starts_on = date!(2026 - 02 - 28);
    let fee = Schedule {
        amount: usd(9_900),
        ends_on: date!(2027 - 02 - 27),
        item_type: ItemType::SetupFee,
        spread: Spread::ByMonth,
        starts_on,
    };
    let plan = Schedule {
        amount: usd(100),
        ends_on: date!(2026 - 03 - 27),
        item_type: ItemType::Subscription,
        spread: Spread::ByDay,
        starts_on,
    };
    assert_eq!(issued.schedules, [fee, plan]);
}

#[test]
fn refunds_and_voids_of_v1_took_nothing_that_was_earned() {
    let InvoiceEvent::RefundCreated(refund) = v1!("refund_created") else { panic!() };
    let InvoiceEvent::Canceled(canceled) = v1!("canceled") else { panic!() };
    let item_type = ItemType::PatientActivation;
    let cut = ItemCut { amount: usd(200), deferred: usd(0), item_type };
    assert_eq!(refund.items, [cut]);
    assert_eq!(canceled.items, [cut]);
    assert_eq!((refund.tax, canceled.total), (usd(26), usd(226)));
}

#[test]
fn an_invoice_of_the_older_shapes_goes_on_like_any_other() {
    let mut invoice = Invoice::default();
    let opened = v1!("opened");
    for event in [opened, v1!("line_added"), v1!("issued")] {
        invoice.apply(event);
    }
    let decided = invoice.decide(note(50, CreditScope::Rest)).unwrap();
    let [InvoiceEvent::CreditNoteIssued(event)] = decided.as_slice() else { panic!("{decided:?}") };
    assert_eq!((event.total, event.tax, event.components.len()), (usd(226), usd(26), 0));

    let mut ahead = invoice.clone();
    ahead.issued = None;
    ahead.apply(issued_v1(&[("subscription", "2.00")]).into());
    let decided = ahead.decide(recognize(date!(2026 - 03 - 13))).unwrap();
    let [InvoiceEvent::RevenueRecognized(event)] = decided.as_slice() else {
        panic!("{decided:?}")
    };
    // 14 of 28 days.
    assert_eq!((event.earned[0].elapsed, event.earned[0].amount), (14, usd(100)));
}
