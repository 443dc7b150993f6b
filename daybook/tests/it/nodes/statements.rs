//! A statement on its way: an e-mail that fails, the letter that follows, the reminder.

use std::sync::Arc;

use daybook::jobs::JobName;
use ledger::statement::Channel;

use super::ground::{Shared, run};
use super::street::{Street, delegate, generate, load, settle, two_ways};

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_follows_an_email_that_failed_and_a_reminder_goes_out_once() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = shared.node().await;
    let node = street.serves(node);
    let org = shared.org(&node).await;
    delegate(&node, org).await;
    let contacts = two_ways(&node, org, 1).await;
    let id = generate(&node, org, (1, 40), contacts).await;
    settle(&node, org).await;
    run(&node, JobName::OutboxDelivery).await.unwrap();
    settle(&node, org).await;
    let letter = street.letters.lock().unwrap()[0].clone();
    let statement = load(&node, org, id).await;
    assert_eq!(letter.subject, format!("Statement #{}", statement.number().unwrap()));
    assert!(letter.attachments[0].bytes.starts_with(b"%PDF"));
    assert!(statement.delivery(1).unwrap().missed());
    assert_eq!(run(&node, JobName::Failovers).await, Some(1));
    assert_eq!(run(&node, JobName::Failovers).await, Some(0));
    settle(&node, org).await;
    run(&node, JobName::OutboxDelivery).await.unwrap();
    settle(&node, org).await;
    let instead = load(&node, org, id).await.delivery(2).unwrap().clone();
    assert_eq!((instead.channel, instead.replaces), (Channel::PhysicalMail, Some(1)));
    assert!(instead.taken);
    assert!(street.papers.lock().unwrap()[0].starts_with(b"%PDF"));
    // Nobody is reminded before nine.
    let reminded = usize::from(node.ledger.clock().now().hour() >= 9);
    assert_eq!(run(&node, JobName::Escalations).await, Some(reminded));
    settle(&node, org).await;
    let statement = load(&node, org, id).await;
    assert_eq!(statement.levels().count(), reminded);
    assert_eq!(statement.deliveries().count(), 2 + reminded);
    assert_eq!(statement.open_plan().is_some(), reminded == 1);
    assert_eq!(run(&node, JobName::Escalations).await, Some(0));
}
