//! The outbox: each message once, sent at least once, never two senders at one message.

use std::{collections::BTreeSet, time::Duration};

use ledger::{
    correspondence::Message,
    store::{
        Ledger,
        outbox::{Fate, Held, NewMessage, OutboxStatus, Queue, enqueue, listed, replay, take},
    },
    values::OrgId,
};
use schema::testing::Role;
use time::OffsetDateTime;
use uuid::Uuid;

use super::support::{Setup, config, org, setup};

const LEASE: Duration = Duration::from_secs(60);

fn about(number: u128, lane: &str) -> NewMessage {
    let invoice_id = Uuid::from_u128(number);
    NewMessage {
        dedupe_key: format!("invoice:{invoice_id}:dunning:payment_failed"),
        lane: lane.to_owned(),
        message: Message::InvoicePaymentFailed { invoice_id },
        occurred_at: OffsetDateTime::UNIX_EPOCH,
    }
}

async fn write(setup: &Setup, count: u128, lane: &str) {
    for number in 1..=count {
        assert!(enqueue(&setup.ledger, setup.org, &about(number, lane)).await.unwrap());
    }
}

async fn held(ledger: &Ledger, org: OrgId, holder: &str, lease: Duration, limit: i64) -> Vec<Held> {
    take(ledger, org, &["email"], holder, lease, limit).await.unwrap()
}

async fn counted(setup: &Setup, status: OutboxStatus) -> usize {
    listed(&setup.ledger, setup.org, Queue::Messages, status, None, 100).await.unwrap().len()
}

#[tokio::test]
async fn a_message_asked_for_twice_is_one_and_its_words_are_sealed() {
    let setup = setup().await;
    assert!(enqueue(&setup.ledger, setup.org, &about(1, "")).await.unwrap());
    assert!(!enqueue(&setup.ledger, setup.org, &about(1, "")).await.unwrap());
    assert_eq!(counted(&setup, OutboxStatus::Pending).await, 1);
    let client = setup.database.connect(Role::Relay).await;
    let row = client.query_one("select body from outbox_events", &[]).await.unwrap();
    let body = String::from_utf8(row.get(0)).unwrap();
    assert!(body.contains("closed") && !body.contains("payment_failed"), "{body}");
    let taken = held(&setup.ledger, setup.org, "one", LEASE, 10).await;
    assert_eq!(taken[0].message, Some(about(1, "").message));
}

#[tokio::test]
async fn senders_side_by_side_never_hold_the_same_message() {
    let setup = setup().await;
    write(&setup, 30, "").await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    let (mut ids, mut taken) = (BTreeSet::new(), 0);
    for _ in 0..5 {
        let (mine, theirs) = tokio::join!(
            held(&setup.ledger, setup.org, "one", LEASE, 4),
            held(&other, setup.org, "two", LEASE, 4)
        );
        taken += mine.len() + theirs.len();
        ids.extend(mine.into_iter().chain(theirs).map(|held| held.id));
    }
    assert_eq!(ids.len(), taken);
    assert!(taken > 20, "{taken}");
    other.close().await;
}

#[tokio::test]
async fn who_lost_the_lease_settles_nothing_and_the_next_sends_the_same_message() {
    let setup = setup().await;
    write(&setup, 1, "").await;
    let slow = held(&setup.ledger, setup.org, "slow", Duration::ZERO, 1).await.remove(0);
    let mut next = Vec::new();
    // The database's clock must have moved past the lease.
    for _ in 0..1_000 {
        next = held(&setup.ledger, setup.org, "next", LEASE, 1).await;
        if !next.is_empty() {
            break;
        }
    }
    let next = next.remove(0);
    assert_eq!((slow.id, slow.attempt, next.attempt), (next.id, 1, 2));
    assert!(!slow.settle(&setup.ledger, &Fate::Sent).await.unwrap());
    assert!(next.settle(&setup.ledger, &Fate::Sent).await.unwrap());
    assert_eq!(counted(&setup, OutboxStatus::Sent).await, 1);
    assert!(held(&setup.ledger, setup.org, "next", LEASE, 1).await.is_empty());
}

#[tokio::test]
async fn a_lane_keeps_its_order_even_when_its_first_message_waits() {
    let setup = setup().await;
    write(&setup, 3, "to-the-bank").await;
    let first = held(&setup.ledger, setup.org, "one", LEASE, 10).await;
    assert_eq!(first.len(), 1);
    let later = Fate::Later("smtp:421".to_owned(), Duration::from_secs(3_600));
    assert!(first[0].settle(&setup.ledger, &later).await.unwrap());
    assert!(held(&setup.ledger, setup.org, "one", LEASE, 10).await.is_empty());
    assert_eq!(counted(&setup, OutboxStatus::Pending).await, 3);
}

#[tokio::test]
async fn a_dead_letter_is_kept_and_replayed_by_its_own_org_only() {
    let setup = setup().await;
    write(&setup, 1, "").await;
    let held_one = held(&setup.ledger, setup.org, "one", LEASE, 1).await.remove(0);
    let dead = Fate::Dead("address_invalid".to_owned());
    assert!(held_one.settle(&setup.ledger, &dead).await.unwrap());
    let letters = listed(&setup.ledger, setup.org, Queue::Messages, OutboxStatus::Dead, None, 10)
        .await
        .unwrap();
    assert_eq!(letters[0].last_error.as_deref(), Some("address_invalid"));
    assert!(setup.ledger.create_org(org(2), "Other").await.unwrap());
    assert!(!replay(&setup.ledger, org(2), Queue::Messages, held_one.id).await.unwrap());
    assert!(replay(&setup.ledger, setup.org, Queue::Messages, held_one.id).await.unwrap());
    assert!(
        !replay(&setup.ledger, setup.org, Queue::Messages, held_one.id).await.unwrap(),
        "only a dead one"
    );
    let again = held(&setup.ledger, setup.org, "one", LEASE, 1).await.remove(0);
    assert_eq!((again.id, again.attempt), (held_one.id, 1));
}
