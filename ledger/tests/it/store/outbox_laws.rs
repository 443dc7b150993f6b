//! The outbox under crashes: workers die between any two steps, and in the middle of one.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use ledger::{
    correspondence::Message,
    store::{
        Ledger,
        outbox::{Fate, Held, NewMessage, OutboxStatus, Queue, enqueue, listed, replay, take},
    },
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::support::{Setup, config, setup};

const KINDS: &[&str] = &["email"];
const LEASE: Duration = Duration::from_secs(60);
/// So long ago that it is over at the next look.
const OVER: Duration = Duration::ZERO;

fn about(number: u128, lane: &str) -> NewMessage {
    let invoice_id = Uuid::from_u128(number);
    NewMessage {
        dedupe_key: format!("law:{number}"),
        lane: lane.to_owned(),
        message: Message::InvoicePaymentFailed { invoice_id },
        occurred_at: OffsetDateTime::UNIX_EPOCH,
    }
}

fn number(held: &Held) -> u128 {
    match held.message.as_ref().unwrap() {
        Message::InvoicePaymentFailed { invoice_id } => invoice_id.as_u128(),
        other => panic!("{other:?}"),
    }
}

/// Small numbers without a source of chance: the same run every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What the other side has seen, and what was written down about it.
#[derive(Default)]
struct World {
    carried: Vec<u128>,
    settled: BTreeMap<u128, u32>,
}

/// A worker that dies sooner or later.
async fn worker(ledger: &Ledger, setup: &Setup, name: &str, dice: &mut Dice, world: &mut World) {
    // Its lease is over at once: somebody else may take what it holds while it works.
    let lease = if dice.throw(2) == 0 { OVER } else { Duration::from_secs(1) };
    let Ok(held) = take(ledger, setup.org, KINDS, name, lease, 3).await else { return };
    for held in held {
        if dice.throw(4) == 0 {
            return; // It died before it sent anything.
        }
        world.carried.push(number(&held));
        match dice.throw(4) {
            0 => return, // It died after sending, before it said so.
            1 => {
                // It died while it said so; nobody knows whether it was heard.
                let brief = Duration::from_micros(dice.throw(4_000));
                let said = tokio::time::timeout(brief, held.settle(ledger, &Fate::Sent)).await;
                if let Ok(Ok(true)) = said {
                    *world.settled.entry(number(&held)).or_default() += 1;
                }
                return;
            }
            2 => {
                let later = Fate::Later("smtp:421".to_owned(), Duration::ZERO);
                held.settle(ledger, &later).await.unwrap();
            }
            _ => {
                if held.settle(ledger, &Fate::Sent).await.unwrap() {
                    *world.settled.entry(number(&held)).or_default() += 1;
                }
            }
        }
    }
}

async fn counted(setup: &Setup, status: OutboxStatus) -> usize {
    listed(&setup.ledger, setup.org, Queue::Messages, status, None, 200).await.unwrap().len()
}

#[tokio::test]
async fn whatever_dies_every_message_is_sent_and_its_sending_is_written_down_once() {
    let setup = setup().await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    let (mut dice, mut world, count) = (Dice(42), World::default(), 24_u128);
    for one in 1..=count {
        // Whoever asks may die too, and asks again because it does not know.
        let brief = Duration::from_micros(dice.throw(4_000));
        let message = about(one, "");
        let _ = tokio::time::timeout(brief, enqueue(&setup.ledger, setup.org, &message)).await;
        enqueue(&setup.ledger, setup.org, &message).await.unwrap();
        worker(&setup.ledger, &setup, "one", &mut dice, &mut world).await;
        worker(&other, &setup, "two", &mut dice, &mut world).await;
    }
    // Now somebody healthy comes, and goes on until nothing waits or is being sent.
    let end = Instant::now() + Duration::from_secs(30);
    while counted(&setup, OutboxStatus::Sent).await < count as usize {
        assert!(Instant::now() < end, "something never left");
        for held in take(&setup.ledger, setup.org, KINDS, "end", LEASE, 50).await.unwrap() {
            world.carried.push(number(&held));
            if held.settle(&setup.ledger, &Fate::Sent).await.unwrap() {
                *world.settled.entry(number(&held)).or_default() += 1;
            }
        }
    }
    for one in 1..=count {
        assert!(world.carried.contains(&one), "{one} never left");
        assert!(world.settled.get(&one).is_none_or(|times| *times == 1), "{one} twice");
    }
    assert!(world.carried.len() > count as usize, "nothing died: the dice are no good");
    for status in [OutboxStatus::Pending, OutboxStatus::Sending, OutboxStatus::Dead] {
        assert_eq!(counted(&setup, status).await, 0);
    }
    other.close().await;
}

#[tokio::test]
async fn two_senders_and_crashes_never_turn_a_lane_around() {
    let setup = setup().await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    let count = 8_u128;
    for one in 1..=count {
        enqueue(&setup.ledger, setup.org, &about(one, "to-the-bank")).await.unwrap();
    }
    let (mut dice, mut carried) = (Dice(7), Vec::new());
    let end = Instant::now() + Duration::from_secs(30);
    while counted(&setup, OutboxStatus::Sent).await < count as usize {
        assert!(Instant::now() < end, "the lane stands still");
        let lease = if dice.throw(3) == 0 { OVER } else { LEASE };
        let (mine, theirs) = tokio::join!(
            take(&setup.ledger, setup.org, KINDS, "one", lease, 5),
            take(&other, setup.org, KINDS, "two", lease, 5)
        );
        let held: Vec<Held> = mine.unwrap().into_iter().chain(theirs.unwrap()).collect();
        // A lease that is over at once lets both have it, one after the other.
        let alone = held.len() <= 1 || lease == OVER;
        let same = held.windows(2).all(|two| number(&two[0]) == number(&two[1]));
        assert!(alone && same, "one of a lane at a time");
        for held in held {
            carried.push(number(&held));
            let dies = lease == OVER;
            if !dies {
                assert!(held.settle(&setup.ledger, &Fate::Sent).await.unwrap());
            }
        }
    }
    carried.dedup();
    assert_eq!(carried, (1..=count).collect::<Vec<_>>());
    other.close().await;
}

#[tokio::test]
async fn a_message_that_waits_is_left_alone_until_its_time_and_the_others_are_not() {
    let setup = setup().await;
    for one in [1, 2] {
        enqueue(&setup.ledger, setup.org, &about(one, "")).await.unwrap();
    }
    let held = take(&setup.ledger, setup.org, KINDS, "one", LEASE, 1).await.unwrap().remove(0);
    let later = Fate::Later("smtp:421".to_owned(), Duration::from_secs(3_600));
    assert!(held.settle(&setup.ledger, &later).await.unwrap());
    let next = take(&setup.ledger, setup.org, KINDS, "one", LEASE, 10).await.unwrap();
    assert_eq!(next.len(), 1);
    assert_ne!(next[0].id, held.id);
    assert!(take(&setup.ledger, setup.org, &["webhook"], "x", LEASE, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_replayed_letter_has_all_its_attempts_again_and_the_same_id() {
    let setup = setup().await;
    enqueue(&setup.ledger, setup.org, &about(1, "")).await.unwrap();
    let mut ids = Vec::new();
    for round in 0..3 {
        for attempt in 1..=2 {
            let held = take(&setup.ledger, setup.org, KINDS, "one", LEASE, 1).await.unwrap();
            assert_eq!(held[0].attempt, attempt, "round {round}");
            ids.push(held[0].id);
            let fate = match attempt {
                1 => Fate::Later("smtp:451".to_owned(), Duration::ZERO),
                _ => Fate::Dead("smtp:451".to_owned()),
            };
            assert!(held[0].settle(&setup.ledger, &fate).await.unwrap());
        }
        assert!(replay(&setup.ledger, setup.org, Queue::Messages, ids[0]).await.unwrap());
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    // Two that replay it at once are one.
    let held = take(&setup.ledger, setup.org, KINDS, "one", LEASE, 1).await.unwrap();
    held[0].settle(&setup.ledger, &Fate::Dead("smtp:550".to_owned())).await.unwrap();
    let (one, two) = tokio::join!(
        replay(&setup.ledger, setup.org, Queue::Messages, ids[0]),
        replay(&setup.ledger, setup.org, Queue::Messages, ids[0])
    );
    assert_ne!(one.unwrap(), two.unwrap());
}
