//! While an account is paused nothing is sent or escalated by itself; afterwards it goes on.

use std::sync::Arc;

use daybook::jobs::{Ground, JobName};
use ledger::recorded::Actor;
use ledger::statement::HoldReason;
use ledger::store::outbox::OutboxStatus;
use ledger::store::{Context, account_id};
use ledger::subscription::{Pause, Resume, Subscription, SubscriptionCommand};
use ledger::values::OrgId;

use super::contacting::zone;
use super::ground::{Shared, run};
use super::street::{Street, delegate, generate, load, messages, settle, two_ways};

async fn tell(node: &Ground, org: OrgId, command: SubscriptionCommand) {
    let context = Context::fresh(&node.ledger, org, Actor("test".to_owned()));
    node.ledger.execute::<Subscription>(&context, account_id(org), command).await.unwrap();
}

async fn pause(node: &Ground, org: OrgId) {
    let (paused_at, reason_code) = (node.ledger.clock().now(), "holidays".parse().unwrap());
    tell(node, org, SubscriptionCommand::Pause(Pause { paused_at, reason_code })).await;
}

async fn resume(node: &Ground, org: OrgId) {
    let (resumed_at, reason_code) = (node.ledger.clock().now(), Some("back".parse().unwrap()));
    tell(node, org, SubscriptionCommand::Resume(Resume { resumed_at, reason_code })).await;
}

/// Where it is the afternoon.
async fn org(shared: &Shared, node: &Ground) -> OrgId {
    let org = shared.org_at(node, &zone(node.ledger.clock().now(), 10)).await;
    delegate(node, org).await;
    org
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_drawn_up_during_a_pause_goes_out_after_it() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = street.serves(shared.node().await);
    let org = org(&shared, &node).await;
    pause(&node, org).await;
    let id = generate(&node, org, (1, 0), two_ways(&node, org, 1).await).await;
    settle(&node, org).await;
    let waiting = load(&node, org, id).await;
    assert_eq!((waiting.held(), waiting.decisions()), (Some(HoldReason::NotEntitled), 1));
    assert_eq!(messages(&node, org, OutboxStatus::Pending).await, vec![]);
    assert_eq!(run(&node, JobName::Escalations).await, Some(0));
    resume(&node, org).await;
    assert_eq!(run(&node, JobName::Escalations).await, Some(1));
    assert_eq!(run(&node, JobName::Escalations).await, Some(0));
    settle(&node, org).await;
    assert_eq!(load(&node, org, id).await.held(), None);
    assert_eq!(messages(&node, org, OutboxStatus::Pending).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_and_levels_wait_during_a_pause_and_follow_once() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = street.serves(shared.node().await);
    let org = org(&shared, &node).await;
    let id = generate(&node, org, (1, 40), two_ways(&node, org, 1).await).await;
    settle(&node, org).await;
    pause(&node, org).await;
    // The e-mail had left the agent's hands before; that it failed is still noted.
    run(&node, JobName::OutboxDelivery).await.unwrap();
    settle(&node, org).await;
    assert!(load(&node, org, id).await.delivery(1).unwrap().next_retry_at.is_some());
    assert_eq!(run(&node, JobName::Failovers).await, Some(1));
    let waiting = load(&node, org, id).await;
    assert_eq!(waiting.held(), Some(HoldReason::NotEntitled));
    assert_eq!((waiting.deliveries().count(), waiting.levels().count()), (1, 0));
    for job in [JobName::Failovers, JobName::Escalations] {
        assert_eq!(run(&node, job).await, Some(0), "{job:?}");
    }
    resume(&node, org).await;
    // It goes on, and the level is reached.
    assert_eq!(run(&node, JobName::Escalations).await, Some(2));
    assert_eq!(run(&node, JobName::Failovers).await, Some(1));
    settle(&node, org).await;
    let statement = load(&node, org, id).await;
    assert_eq!((statement.held(), statement.levels().count()), (None, 1));
    assert_eq!(statement.deliveries().count(), 3);
}
