//! Jobs that make good what is missing, and let go of what is settled.

use std::time::Duration;

use daybook::jobs::{Ground, JobName};
use ledger::invoice::{InvoiceCommand, PaymentMethod, PaymentState, RecordPayment};
use ledger::policies::payment_failed;
use ledger::recorded::Actor;
use ledger::store::Context;
use ledger::store::outbox::{Fate, enqueue, take};
use ledger::values::{InvoiceId, Money, OrgId};
use tokio_postgres::Client;
use uuid::Uuid;

use super::ground::{Shared, run};

/// Issued invoices of an org.
async fn issued(shared: &Shared, node: &Ground, org: OrgId) -> Vec<Uuid> {
    for _ in 0..2 {
        run(node, JobName::MonthlyInvoices).await.unwrap();
        shared.done(node, org).await;
    }
    shared.done(node, org).await.issued.into_keys().collect()
}

async fn fail_to_collect(node: &Ground, org: OrgId, invoice: Uuid) {
    let command = InvoiceCommand::RecordPayment(RecordPayment {
        amount: Money::from_minor(200, "USD".parse().unwrap()),
        method: PaymentMethod::Card,
        payment_id: Uuid::from_u128(77),
        reason_code: None,
        received_on: node.ledger.clock().now().date(),
        reference: None,
        state: PaymentState::Failed,
    });
    let context = Context::fresh(&node.ledger, org, Actor("test".to_owned()));
    node.ledger.execute(&context, InvoiceId::new(invoice), command).await.unwrap();
}

async fn count(owner: &Client, condition: &str) -> i64 {
    let text = format!("select count(*) from outbox_events where {condition}");
    owner.query_one(&text, &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_message_about_a_failed_payment_is_written_again_once_and_no_other() {
    let shared = Shared::new().await;
    let node = shared.node().await;
    let org = shared.org(&node).await;
    let invoices = issued(&shared, &node, org).await;
    fail_to_collect(&node, org, invoices[0]).await;
    shared.done(&node, org).await;
    let owner = shared.owner().await;
    assert_eq!(count(&owner, "kind = 'email'").await, 1, "the policy wrote it down");
    assert_eq!(run(&node, JobName::EmailScan).await, Some(0), "nothing is missing");
    owner.execute("delete from outbox_events", &[]).await.unwrap();
    assert_eq!(run(&node, JobName::EmailScan).await, Some(1));
    assert_eq!(run(&node, JobName::EmailScan).await, Some(0), "twice is once");
    let key = format!("dedupe_key = 'invoice:{}:dunning:payment_failed'", invoices[0]);
    assert_eq!((count(&owner, &key).await, count(&owner, "true").await), (1, 1));
    // What an SQL user reads of it: what it was about and what became of it.
    run(&node, JobName::OutboxDelivery).await.unwrap();
    let view = "select template, related_kind, related_id, status, attempts, last_error, \
                settled_at is not null from email_events";
    let rows = owner.query(view, &[]).await.unwrap();
    let row = &rows[0];
    assert_eq!(
        (row.get::<_, &str>(0), row.get::<_, &str>(1), row.get::<_, Uuid>(2)),
        ("invoice_payment_failed", "invoice", invoices[0])
    );
    assert_eq!(
        (row.get::<_, &str>(3), row.get::<_, i32>(4), row.get::<_, Option<&str>>(5)),
        ("sent", 1, None)
    );
    assert!(row.get::<_, bool>(6) && rows.len() == 1);
    run(&node, JobName::EmailScan).await.unwrap();
    assert_eq!(count(&owner, "status = 'sent'").await, 1, "what was sent is not sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_is_let_go_of_long_after_and_that_it_was_said_stays() {
    let shared = Shared::new().await;
    let node = shared.node().await;
    let org = shared.org(&node).await;
    let (ledger, now) = (&node.ledger, node.ledger.clock().now());
    let fates =
        [Fate::Sent, Fate::Sent, Fate::Canceled("not_needed"), Fate::Dead("smtp:550".to_owned())];
    let messages: Vec<_> =
        (1..).take(fates.len()).map(|n| payment_failed(Uuid::from_u128(n), now)).collect();
    for (message, fate) in messages.iter().zip(&fates) {
        assert!(enqueue(ledger, org, message).await.unwrap());
        let lease = Duration::from_secs(60);
        let held = take(ledger, org, &["email"], "one", lease, 1).await.unwrap();
        assert!(held[0].settle(ledger, fate).await.unwrap());
    }
    let owner = shared.owner().await;
    // All but the first long ago.
    let long_ago = "update outbox_events set settled_at = now() - interval '91 days' \
                    where dedupe_key <> $1";
    owner.execute(long_ago, &[&messages[0].dedupe_key]).await.unwrap();
    let hooks = "insert into inbox (org_id, provider, provider_event, event_type, created_at, \
                 received_at, processed_status, facts) \
                 select $1, 'stripe', 'evt_' || status || days, 'x', now(), \
                 now() - days * interval '1 day', status, '{}'::bytea \
                 from unnest(array['processed', 'failed']) status, unnest(array[399, 401]) days";
    owner.execute(hooks, &[&org.0]).await.unwrap();
    assert_eq!(run(&node, JobName::RetentionCleanup).await, Some(3));
    assert_eq!(run(&node, JobName::RetentionCleanup).await, Some(0), "twice is once");
    assert_eq!(count(&owner, "body = ''::bytea and status in ('sent', 'canceled')").await, 2);
    assert_eq!(count(&owner, "body <> ''::bytea").await, 2, "the recent one and the dead letter");
    let emptied = "select provider_event from inbox where facts = ''::bytea";
    let emptied = owner.query(emptied, &[]).await.unwrap();
    assert_eq!(emptied.len(), 1);
    assert_eq!(emptied[0].get::<_, &str>(0), "evt_processed401");
    for message in &messages {
        assert!(!enqueue(ledger, org, message).await.unwrap(), "it was said before");
    }
}
