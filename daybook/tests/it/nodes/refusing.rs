//! A mail server that does not take letters now.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use daybook::jobs::{Ground, JobName, Patience, Post};
use ledger::correspondence::Letter;
use ledger::policies::payment_failed;
use ledger::ports::mail::{Carrying, Mailer, Undelivered};
use ledger::store::outbox::{OutboxStatus, Queue, enqueue, listed, replay};
use uuid::Uuid;

use super::ground::{Shared, run};

/// Takes nothing, and counts how often it was asked.
#[derive(Default)]
struct Full {
    asked: AtomicUsize,
}

impl Mailer for Full {
    fn name(&self) -> &'static str {
        "full"
    }

    fn carry<'a>(&'a self, _: Uuid, _: &'a Letter) -> Carrying<'a> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err(Undelivered::NotNow("smtp:452".to_owned())) })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_never_taken_is_a_dead_letter_after_its_last_attempt() {
    let shared = Shared::new().await;
    let node = shared.node().await;
    let org = shared.org(&node).await;
    for _ in 0..2 {
        run(&node, JobName::MonthlyInvoices).await.unwrap();
        shared.done(&node, org).await;
    }
    let issued = shared.done(&node, org).await.issued;
    let full = Arc::new(Full::default());
    let with = |base_backoff: Duration| {
        let mailer: Arc<dyn Mailer> = full.clone();
        let patience = Patience { base_backoff, max_attempts: 3 };
        Ground {
            post: Post { mailer: Some(mailer), patience, ..node.post.clone() },
            ..node.clone()
        }
    };
    let (hasty, patient) = (with(Duration::ZERO), with(Duration::from_secs(3_600)));
    let ledger = &node.ledger;
    let invoice = *issued.keys().next().unwrap();
    enqueue(ledger, org, &payment_failed(invoice, ledger.clock().now())).await.unwrap();
    let of = async |status| listed(ledger, org, Queue::Messages, status, None, 9).await.unwrap();

    // One attempt, and then the wait.
    for _ in 0..2 {
        run(&patient, JobName::OutboxDelivery).await.unwrap();
    }
    assert_eq!(full.asked.load(Ordering::Relaxed), 1);
    let waiting = of(OutboxStatus::Pending).await.remove(0);
    assert_eq!((waiting.attempts, waiting.last_error.as_deref()), (1, Some("smtp:452")));
    let owner = shared.owner().await;
    owner.execute("update outbox_events set next_attempt_at = now()", &[]).await.unwrap();

    run(&hasty, JobName::OutboxDelivery).await.unwrap();
    assert_eq!(full.asked.load(Ordering::Relaxed), 3, "three attempts in all");
    let dead = of(OutboxStatus::Dead).await.remove(0);
    assert_eq!((dead.attempts, dead.last_error.as_deref()), (3, Some("smtp:452")));
    assert!(dead.settled_at.is_some());
    run(&hasty, JobName::OutboxDelivery).await.unwrap();
    assert_eq!(full.asked.load(Ordering::Relaxed), 3, "nobody tries a dead letter");

    // Somebody replays it: it has its attempts again, and leaves once.
    assert!(replay(ledger, org, Queue::Messages, dead.id).await.unwrap());
    run(&node, JobName::OutboxDelivery).await.unwrap();
    let sent = of(OutboxStatus::Sent).await.remove(0);
    assert_eq!((sent.id, sent.attempts, sent.replays), (dead.id, 1, 1));
    assert_eq!(shared.mail.carried.load(Ordering::Relaxed), 1);
}
