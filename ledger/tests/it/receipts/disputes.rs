//! Disputes, in whatever order they are heard of.

use std::collections::BTreeMap;

use ledger::{
    invoice::{DisputeStanding, Status},
    journal::{Account, postings},
};
use time::macros::date;

use super::*;

/// What every account has gained, in minor units.
async fn balances(setup: &Setup) -> BTreeMap<&'static str, i64> {
    let mut balances = BTreeMap::new();
    for line in log(setup).await.iter().flat_map(|recorded| postings(&recorded.event)) {
        *balances.entry(line.account.number()).or_default() += line.debit_minor - line.credit_minor;
    }
    balances.retain(|_, balance| *balance != 0);
    balances
}

async fn standing(setup: &Setup) -> DisputeStanding {
    let invoice = state(setup, 1).await;
    let (events, id) = (named(setup, "billing.invoice.dispute_opened").await, "one dispute");
    let [(LedgerEvent::Invoice(ledger::invoice::InvoiceEvent::DisputeOpened(opened)), _)] =
        &events[..]
    else {
        panic!("{id}: {events:?}")
    };
    invoice.dispute(opened.dispute_id).unwrap().standing
}

/// All orders of the messages of one story, each heard twice.
fn orders(length: usize) -> Vec<Vec<usize>> {
    if length == 0 {
        return vec![vec![]];
    }
    let shorter = orders(length - 1);
    let insert = |order: &Vec<usize>, place: usize| {
        let mut order = order.clone();
        order.insert(place, length - 1);
        order
    };
    shorter.iter().flat_map(|order| (0..length).map(move |at| insert(order, at))).collect()
}

#[tokio::test]
async fn a_lost_dispute_is_a_loss_in_every_order() {
    let story = [
        ("evt_1", noon(1, 20), paid(1)),
        ("evt_2", noon(2, 1), dispute(1, DisputeState::Opened)),
        ("evt_3", noon(2, 1), dispute(1, DisputeState::Withdrawn)),
        ("evt_4", noon(2, 20), dispute(1, DisputeState::Lost)),
    ];
    let orders = orders(story.len());
    assert_eq!(orders.len(), 24);
    // A database for each would take long; every third order, the plain one among them.
    for order in orders.iter().step_by(3) {
        let setup = issued(1, date!(2026 - 01 - 10)).await;
        for index in order.iter().chain(order) {
            let (id, at, fact) = &story[*index];
            hear(&setup, id, *at, fact.clone()).await;
        }
        assert_eq!(standing(&setup).await, DisputeStanding::Lost, "{order:?}");
        let invoice = state(&setup, 1).await;
        assert_eq!(invoice.status(), Status::Failed, "{order:?}");
        let expected = [
            (Account::StripeClearing, -15),
            (Account::ServiceRevenue, -200),
            (Account::ProcessingFees, 15),
            (Account::ChargebackLosses, 200),
        ];
        let expected = expected.map(|(account, balance)| (account.number(), balance));
        assert_eq!(balances(&setup).await, BTreeMap::from(expected), "{order:?}");
    }
}

#[tokio::test]
async fn a_won_dispute_leaves_the_invoice_paid_however_it_is_said() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    let before = [
        hear(&setup, "evt_4", noon(2, 20), dispute(1, DisputeState::Won)).await,
        hear(&setup, "evt_3", noon(2, 1), dispute(1, DisputeState::Withdrawn)).await,
        hear(&setup, "evt_5", noon(2, 20), dispute(1, DisputeState::Reinstated)).await,
    ];
    assert_eq!(before, [InboxStatus::Waiting; 3]);
    hear(&setup, "evt_1", noon(1, 20), paid(1)).await;
    hear(&setup, "evt_2", noon(2, 1), dispute(1, DisputeState::Opened)).await;
    assert_eq!(standing(&setup).await, DisputeStanding::Won);
    assert_eq!(state(&setup, 1).await.status(), Status::Paid);
    assert_eq!(named(&setup, "billing.invoice.dispute_won").await.len(), 1);
    let expected =
        [(Account::StripeClearing.number(), 200), (Account::ServiceRevenue.number(), -200)];
    assert_eq!(balances(&setup).await, BTreeMap::from(expected));
    let late = hear(&setup, "evt_6", noon(3, 1), dispute(1, DisputeState::Lost)).await;
    assert_eq!(late, InboxStatus::Failed, "it was decided otherwise: somebody must look");
}

#[tokio::test]
async fn a_dispute_that_was_only_raised_moves_no_money() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    hear(&setup, "evt_1", noon(1, 20), paid(1)).await;
    let head = setup.ledger.head(setup.org).await.unwrap();
    let raised = hear(&setup, "evt_2", noon(2, 1), dispute(1, DisputeState::Opened)).await;
    assert_eq!(raised, InboxStatus::Processed);
    let unheard = hear(&setup, "evt_3", noon(2, 1), dispute(1, DisputeState::Lost)).await;
    assert_eq!(unheard, InboxStatus::Waiting, "the funds were not withdrawn as far as we know");
    assert_eq!(setup.ledger.head(setup.org).await.unwrap(), head);
}

/// The dispute was opened without its fee being known; what comes back of it is not ours to
/// count, and does not keep the money away.
#[tokio::test]
async fn no_more_of_the_fee_comes_back_than_was_charged() {
    let setup = issued(1, date!(2026 - 01 - 10)).await;
    hear(&setup, "evt_1", noon(1, 20), paid(1)).await;
    hear(&setup, "evt_2", noon(2, 1), dispute(1, DisputeState::Opened)).await;
    let ProviderFact::Dispute(withdrawn) = dispute(1, DisputeState::Withdrawn) else { panic!() };
    let withdrawn = ProviderFact::Dispute(Dispute { fee_minor: 0, ..withdrawn });
    hear(&setup, "evt_3", noon(2, 1), withdrawn).await;
    let won = hear(&setup, "evt_4", noon(2, 20), dispute(1, DisputeState::Won)).await;
    assert_eq!(won, InboxStatus::Processed);
    assert_eq!(balances(&setup).await.get(Account::ProcessingFees.number()), None);
}
