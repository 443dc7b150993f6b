//! When and how patients are written to, through the outbox itself.

use std::sync::Arc;

use daybook::jobs::{Ground, JobName, Post};
use ledger::contact::ContactRules;
use ledger::statement::{Channel, Contacts, Lifecycle, RecordContacts, StatementCommand};
use ledger::store::outbox::OutboxStatus;
use time::OffsetDateTime;

use super::ground::{Shared, run};
use super::street::{Street, delegate, generate, give, load, messages, seal, settle, two_ways};

/// A zone where it is the third hour of the day, or so many hours later.
pub(super) fn zone(now: OffsetDateTime, hours: i32) -> String {
    let behind = i32::from(now.hour()) - 3 - hours;
    let behind = if behind > 12 { behind - 24 } else { behind };
    let behind = if behind < -12 { behind + 24 } else { behind };
    format!("Etc/GMT{behind:+}")
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_a_message_waits_for_the_morning_and_is_not_lost() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = street.serves(shared.node().await);
    let now = node.ledger.clock().now();
    let (night, day) = (zone(now, 0), zone(now, 10));
    let careful = Post { rules: ContactRules::default(), ..node.post.clone() };
    let careful = Ground { post: careful, ..node.clone() };
    let sleeping = shared.org_at(&node, &night).await;
    let awake = shared.org_at(&node, &day).await;
    for org in [sleeping, awake] {
        delegate(&node, org).await;
        generate(&node, org, (1, 0), two_ways(&node, org, 1).await).await;
        settle(&node, org).await;
    }
    run(&careful, JobName::OutboxDelivery).await.unwrap();
    assert_eq!(street.letters.lock().unwrap().len(), 1, "{night} sleeps, {day} does not");
    assert_eq!(messages(&node, awake, OutboxStatus::Pending).await, vec![]);
    let waiting = messages(&node, sleeping, OutboxStatus::Pending).await;
    assert_eq!((waiting.len(), waiting[0].attempts), (1, 0));
    assert_eq!(waiting[0].last_error.as_deref(), Some("quiet_hours"));
    // It is not looked at again before it is time, and then it goes.
    assert_eq!(run(&node, JobName::OutboxDelivery).await, Some(0));
    shared.messages_are_due(sleeping).await;
    run(&careful, JobName::OutboxDelivery).await.unwrap();
    assert_eq!(street.letters.lock().unwrap().len(), 1);
    shared.messages_are_due(sleeping).await;
    run(&node, JobName::OutboxDelivery).await.unwrap();
    assert_eq!(street.letters.lock().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opts_out_meanwhile_gets_a_letter_instead() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = street.serves(shared.node().await);
    let org = shared.org(&node).await;
    delegate(&node, org).await;
    let contacts = two_ways(&node, org, 1).await;
    let id = generate(&node, org, (1, 0), contacts.clone()).await;
    settle(&node, org).await;
    assert_eq!(load(&node, org, id).await.delivery(1).unwrap().channel, Channel::Email);
    let contacts = Contacts { opted_out: [Channel::Email].into(), ..contacts };
    let recorded_on = node.ledger.clock().now().date();
    let record = RecordContacts { contacts, recorded_on };
    give(&node, org, id, StatementCommand::RecordContacts(Box::new(record))).await;
    run(&node, JobName::OutboxDelivery).await.unwrap();
    settle(&node, org).await;
    assert_eq!(street.letters.lock().unwrap().len(), 0);
    assert!(load(&node, org, id).await.delivery(1).unwrap().missed());
    let over = messages(&node, org, OutboxStatus::Canceled).await;
    assert_eq!(over[0].last_error.as_deref(), Some("opted_out"));
    assert_eq!(run(&node, JobName::Failovers).await, Some(1));
    settle(&node, org).await;
    run(&node, JobName::OutboxDelivery).await.unwrap();
    assert_eq!(street.papers.lock().unwrap().len(), 1);
    assert_eq!(messages(&node, org, OutboxStatus::Dead).await, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_portal_nothing_has_to_leave_the_house() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = street.serves(shared.node().await);
    let org = shared.org(&node).await;
    delegate(&node, org).await;
    let contacts = Contacts { portal: true, ..Contacts::default() };
    let id = generate(&node, org, (1, 0), contacts).await;
    settle(&node, org).await;
    assert_eq!(load(&node, org, id).await.lifecycle(), Lifecycle::Delivered);
    assert_eq!(run(&node, JobName::OutboxDelivery).await, Some(0));
    for status in [OutboxStatus::Pending, OutboxStatus::Dead, OutboxStatus::Canceled] {
        assert_eq!(messages(&node, org, status).await, vec![]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_e_mail_switched_off_letters_and_texts_go_out_and_e_mails_wait() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = street.serves(shared.node().await);
    let post = Post { mailer: None, ..node.post.clone() };
    let node = Ground { post, ..node };
    let org = shared.org(&node).await;
    delegate(&node, org).await;
    let both = two_ways(&node, org, 1).await;
    let (email, physical_address) = (both.email, both.physical_address);
    let phone = Some(seal(&node, org, 3, ("contacts.phone", "+16035550100")).await);
    let ways = [
        Contacts { email, ..Contacts::default() },
        Contacts { physical_address, ..Contacts::default() },
        Contacts { phone, ..Contacts::default() },
    ];
    for (contacts, number) in ways.into_iter().zip(1..) {
        generate(&node, org, (number, 0), contacts).await;
    }
    settle(&node, org).await;
    run(&node, JobName::OutboxDelivery).await.unwrap();
    assert_eq!(street.papers.lock().unwrap().len(), 1);
    assert_eq!(*street.texts.lock().unwrap(), ["+16035550100"]);
    let waiting = messages(&node, org, OutboxStatus::Pending).await;
    assert_eq!((waiting.len(), waiting[0].kind.as_str()), (1, "email"));
    assert_eq!(waiting[0].attempts, 0);
    assert_eq!(messages(&node, org, OutboxStatus::Dead).await, vec![]);
}
