//! Book A of `vectors/journal-entries.json`, line by line.

use serde_json::Value;
use time::macros::date;
use uuid::Uuid;

use super::*;
use crate::{
    invoice::{
        Issued, ItemCut, ItemType, PaymentMethod, PaymentSucceeded, RefundCreated, RefundFailed,
        RefundSettled, Standing, Status, TaxSnapshot, Totals, WrittenOff,
    },
    subscription::{HoldReason, PaymentHeld},
    values::Rounding,
};

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

/// The lines of an entry of the vectors, as account, debit, credit.
fn vector(id: &str) -> Vec<(String, i64, i64)> {
    let vectors = include_str!("../../tests/vectors/journal-entries.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let entries = vectors["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["id"] == id).unwrap();
    let lines = entry["lines"].as_array().unwrap().iter();
    lines
        .map(|line| {
            let account = line["account"].as_str().unwrap().to_owned();
            (account, line["debit_cents"].as_i64().unwrap(), line["credit_cents"].as_i64().unwrap())
        })
        .collect()
}

fn lines(event: impl Into<InvoiceEvent>) -> Vec<(String, i64, i64)> {
    let entry = postings(&event.into().into());
    let line =
        |line: &Posting| (line.account.number().to_owned(), line.debit_minor, line.credit_minor);
    entry.iter().map(line).collect()
}

fn items(items: &[(ItemType, i64)]) -> Vec<ItemTotal> {
    let item = |(item_type, minor): &(ItemType, i64)| ItemTotal {
        amount: usd(*minor),
        item_type: *item_type,
    };
    items.iter().map(item).collect()
}

fn standing() -> Standing {
    Standing { balance: usd(0), credit: usd(0), paid: usd(0), status: Status::Paid }
}

fn issued(of: &[(ItemType, i64)], tax: i64) -> Issued {
    let subtotal: i64 = of.iter().map(|(_, minor)| minor).sum();
    Issued {
        due_on: date!(2026 - 02 - 15),
        issued_on: date!(2026 - 02 - 01),
        items: items(of),
        number: "INV-202602-00001".to_owned(),
        schedules: Vec::new(),
        tax: TaxSnapshot {
            components: Vec::new(),
            jurisdiction: None,
            rounding: Rounding::default(),
            taxes: vec![],
        },
        totals: Totals {
            subtotal: usd(subtotal),
            tax: usd(tax),
            taxable_subtotal: usd(subtotal),
            total: usd(subtotal + tax),
        },
    }
}

fn paid(applied: i64, credited: i64, method: PaymentMethod) -> PaymentSucceeded {
    PaymentSucceeded {
        amount: usd(applied + credited),
        applied: usd(applied),
        credited: usd(credited),
        method,
        payment_id: Uuid::from_u128(2),
        received_on: date!(2026 - 02 - 03),
        reference: None,
        standing: standing(),
    }
}

#[test]
fn an_issued_invoice_is_entered_as_the_vectors_say() {
    let monthly = [(ItemType::PatientActivation, 2_400), (ItemType::Subscription, 15_000)];
    assert_eq!(lines(issued(&monthly, 870)), vector("A2"));
    assert_eq!(lines(issued(&[(ItemType::SetupFee, 9_900)], 495)), vector("A4"));
}

#[test]
fn a_payment_settles_what_is_owed_and_the_rest_is_the_customers() {
    assert_eq!(lines(paid(18_270, 0, PaymentMethod::Stripe)), vector("A6"));
    assert_eq!(lines(paid(0, 1_000, PaymentMethod::Stripe)), vector("A14"));
    let cheque = lines(paid(500, 20, PaymentMethod::Check));
    let expected = [("1000", 520, 0), ("1100", 0, 500), ("2200", 0, 20)];
    assert_eq!(
        cheque,
        expected.map(|(account, debit, credit)| (account.to_owned(), debit, credit))
    );
}

#[test]
fn a_refund_cuts_revenue_and_tax_and_is_owed_until_it_is_gone() {
    let created = RefundCreated {
        components: Vec::new(),
        taxes: Vec::new(),
        amount: usd(210),
        created_on: date!(2026 - 02 - 05),
        from_credit: usd(0),
        items: vec![ItemCut {
            amount: usd(200),
            deferred: usd(0),
            item_type: ItemType::PatientActivation,
        }],
        method: PaymentMethod::Stripe,
        payment_id: Uuid::from_u128(2),
        reason_code: "goodwill".parse().unwrap(),
        refund_id: Uuid::from_u128(3),
        standing: standing(),
        tax: usd(10),
    };
    assert_eq!(lines(created), vector("A8"));
    let settled = RefundSettled {
        amount: usd(210),
        method: PaymentMethod::Stripe,
        refund_id: Uuid::from_u128(3),
        settled_on: date!(2026 - 02 - 06),
    };
    assert_eq!(lines(settled), vector("A9"));
}

#[test]
fn a_refund_that_comes_back_is_owed_again_only_if_it_had_gone() {
    let failed = |was_settled| RefundFailed {
        amount: usd(210),
        failed_on: date!(2026 - 02 - 07),
        method: PaymentMethod::Stripe,
        refund_id: Uuid::from_u128(3),
        was_settled,
    };
    let back: Vec<_> = vector("A9").into_iter().map(|(of, dr, cr)| (of, cr, dr)).rev().collect();
    assert_eq!(lines(failed(true)), back);
    assert_eq!(lines(failed(false)), vec![]);
}

#[test]
fn a_write_off_goes_through_the_allowance() {
    let written_off = WrittenOff {
        amount: usd(5_000),
        note: None,
        reason_code: "uncollectible".parse().unwrap(),
        standing: standing(),
        written_off_on: date!(2026 - 06 - 01),
    };
    assert_eq!(lines(written_off), vector("A12"));
}

#[test]
fn a_held_payment_is_the_customers_money() {
    let held = PaymentHeld {
        amount: usd(750),
        invoice_id: None,
        method: PaymentMethod::BankTransfer,
        payment_id: Uuid::from_u128(4),
        reason: HoldReason::UnknownInvoice,
        received_on: date!(2026 - 02 - 08),
    };
    let entry = postings(&SubscriptionEvent::from(held).into());
    let sides: Vec<_> =
        entry.iter().map(|line| (line.account, line.debit_minor, line.credit_minor)).collect();
    assert_eq!(sides, [(Account::Cash, 750, 0), (Account::CustomerCredits, 0, 750)]);
}

#[test]
fn the_chart_has_the_names_of_the_vectors() {
    let vectors = include_str!("../../tests/vectors/journal-entries.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    for account in Account::ALL {
        // Balances brought in have no account in the vectors.
        if *account != Account::OpeningBalances {
            assert_eq!(vectors["chart_of_accounts"][account.number()], account.name());
        }
        assert_eq!(Account::of_number(account.number()), Some(*account));
    }
    assert_eq!(Account::of_number("9999"), None);
}
