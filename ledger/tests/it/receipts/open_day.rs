//! What happened on a day that is sealed by now.

use ledger::{
    books::books_id,
    journal::postings,
    ports::payments::{Refund, RefundState},
    store::{ExecuteError, Outcome},
};
use time::macros::date;

use super::*;
use crate::store::closed_periods::{assert_nothing_is_back_dated, close};

/// January and February are sealed.
async fn seal(setup: &Setup) -> Outcome {
    setup
        .ledger
        .execute(&setup.fresh(), books_id(setup.org), close(date!(2026 - 02 - 28)))
        .await
        .unwrap()
}

/// The one event of this name: booked on the first open day, true on the day it happened.
async fn assert_booked_in_march(setup: &Setup, name: &str, happened_at: OffsetDateTime) {
    let events = named(setup, name).await;
    let [(event, occurred_at)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(*occurred_at, happened_at, "{name}");
    let lines = postings(event);
    assert!(!lines.is_empty(), "{name}");
    for line in lines {
        assert_eq!(line.business_date, date!(2026 - 03 - 01), "{name}");
    }
    assert_nothing_is_back_dated(setup).await;
}

#[tokio::test]
async fn a_payment_is_booked_on_the_first_open_day() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    seal(&setup).await;
    assert_eq!(hear(&setup, "evt_1", noon(1, 20), paid(1)).await, InboxStatus::Processed);
    assert_booked_in_march(&setup, "billing.invoice.payment_succeeded", noon(1, 20)).await;
    // Heard again under another id: the same payment.
    assert_eq!(hear(&setup, "evt_2", noon(1, 20), paid(1)).await, InboxStatus::Processed);
    assert_booked_in_march(&setup, "billing.invoice.payment_succeeded", noon(1, 20)).await;
}

#[tokio::test]
async fn money_that_fits_nowhere_is_held_from_the_first_open_day_on() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    seal(&setup).await;
    assert_eq!(hear(&setup, "evt_1", noon(2, 3), paid(404)).await, InboxStatus::Held);
    assert_booked_in_march(&setup, "billing.subscription.payment_held", noon(2, 3)).await;
}

#[tokio::test]
async fn a_refund_is_booked_on_the_first_open_day() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    hear(&setup, "evt_1", noon(1, 20), paid(1)).await;
    seal(&setup).await;
    let refund = ProviderFact::Refund(Refund {
        amount_minor: 50,
        currency: Some(Currency::USD),
        payments: vec!["pi_1".to_owned()],
        reason: None,
        refund: "re_1".to_owned(),
        refund_id: None,
        state: RefundState::Succeeded,
    });
    assert_eq!(hear(&setup, "evt_2", noon(2, 10), refund).await, InboxStatus::Processed);
    assert_booked_in_march(&setup, "billing.invoice.refund_created", noon(2, 10)).await;
    assert_booked_in_march(&setup, "billing.invoice.refund_settled", noon(2, 10)).await;
}

#[tokio::test]
async fn a_dispute_is_booked_on_the_first_open_day() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    hear(&setup, "evt_1", noon(1, 20), paid(1)).await;
    seal(&setup).await;
    for (id, day, state) in [
        ("evt_2", 9, DisputeState::Opened),
        ("evt_3", 9, DisputeState::Withdrawn),
        ("evt_4", 19, DisputeState::Reinstated),
    ] {
        let status = hear(&setup, id, noon(2, day), dispute(1, state)).await;
        assert_eq!(status, InboxStatus::Processed);
    }
    assert_booked_in_march(&setup, "billing.invoice.dispute_opened", noon(2, 9)).await;
    assert_booked_in_march(&setup, "billing.invoice.dispute_won", noon(2, 19)).await;
}

#[tokio::test]
async fn a_person_is_told_that_the_period_is_closed() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    seal(&setup).await;
    setup.ledger.execute(&setup.fresh(), invoice(2), line(2)).await.unwrap();
    let command = issue(date!(2026 - 02 - 20));
    let refused = setup.ledger.execute(&setup.fresh(), invoice(2), command).await;
    let Err(error @ ExecuteError::Refused(_)) = refused else { panic!("{refused:?}") };
    assert_eq!(ledger::books::open_from(&error), Some(date!(2026 - 03 - 01)));
}
