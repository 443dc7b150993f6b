//! A statement on its way: an e-mail that fails, the letter that follows, the reminder.

use std::sync::{Arc, Mutex};

use daybook::jobs::{Ground, JobName, Post};
use ledger::correspondence::Letter;
use ledger::delegation::{Configure, Delegation, DelegationCommand, delegation_id};
use ledger::patient_money::order;
use ledger::ports::mail::{Carrying, Courier, Mailer, Undelivered};
use ledger::recorded::Actor;
use ledger::statement::{
    Authority, Channel, Charge, Contacts, Generate, Parts, Statement, StatementCommand,
};
use ledger::store::Context;
use ledger::values::{Currency, Money, OrgId, StatementId};
use time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

use super::ground::{Shared, run};

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// Nobody is at home under any e-mail address; papers are kept.
#[derive(Default)]
struct Street {
    letters: Mutex<Vec<Letter>>,
    papers: Mutex<Vec<Vec<u8>>>,
}

impl Mailer for Street {
    fn name(&self) -> &'static str {
        "street"
    }

    fn carry<'a>(&'a self, _: Uuid, letter: &'a Letter) -> Carrying<'a> {
        self.letters.lock().unwrap().push(letter.clone());
        Box::pin(async { Err(Undelivered::Never("mailbox_unknown".to_owned())) })
    }
}

impl Courier for Street {
    fn name(&self) -> &'static str {
        "street"
    }

    fn paper<'a>(&'a self, _: Uuid, pdf: &'a [u8]) -> Carrying<'a> {
        self.papers.lock().unwrap().push(pdf.to_vec());
        Box::pin(async { Ok(()) })
    }

    fn text<'a>(&'a self, _: Uuid, _: &'a str, _: &'a str) -> Carrying<'a> {
        Box::pin(async { Ok(()) })
    }
}

/// Everything is delegated, and a letter follows at once.
async fn delegate(node: &Ground, org: OrgId) {
    let configure = Configure {
        auto_escalate_overdue: Some(true),
        auto_offer_payment_plans: Some(true),
        auto_send_statements: Some(true),
        enabled: Some(true),
        failover_delay_hours: Some(0),
        ..Configure::nothing(Currency::USD)
    };
    let command = DelegationCommand::Configure(Box::new(configure));
    let context = Context::fresh(&node.ledger, org, Actor("test".to_owned()));
    node.ledger.execute::<Delegation>(&context, delegation_id(org), command).await.unwrap();
}

/// 250.00, due forty days ago.
async fn generate(node: &Ground, org: OrgId) -> StatementId {
    let ledger = &node.ledger;
    let context = Context::fresh(ledger, org, Actor("test".to_owned()));
    let subject = ledger.names().subject(org, "patient", "patient-1");
    let seal = async |field: &str, plain: &str| {
        ledger.keyring().seal(&context, subject, field, plain).await.unwrap()
    };
    let today = ledger.clock().now().date();
    let (usd, none) = (|minor| Money::from_minor(minor, Currency::USD), Money::zero(Currency::USD));
    let generate = Generate {
        by: Authority::agent(),
        call_id: None,
        charges: vec![Charge {
            amount: usd(25_000),
            description: Some(seal("charges.0.description", "Ambulance").await),
            procedure: None,
            service_on: today - Duration::days(80),
        }],
        claim_id: None,
        contacts: Contacts {
            email: Some(seal("contacts.email", "jo@example.com").await),
            physical_address: Some(seal("contacts.physical_address", "Jo\n1 Elm St").await),
            ..Contacts::default()
        },
        due_on: today - Duration::days(40),
        generated_on: today - Duration::days(70),
        number: None,
        parts: Parts {
            adjustments: none,
            insurance_paid: none,
            insurance_pending: none,
            patient_paid: none,
            total_charges: usd(25_000),
        },
        patient: ledger.names().anonymous_ref(org, "patient-1"),
        patient_id: seal("patient_id", "patient-1").await,
        supersedes: None,
    };
    let id = StatementId::new(Uuid::from_u128(1));
    let command = StatementCommand::Generate(Box::new(generate));
    order(ledger, context.clone(), id, command).await.unwrap();
    id
}

/// Until nobody has anything to say any more.
async fn settle(node: &Ground, org: OrgId) {
    let mut position = 0;
    loop {
        let head = node.ledger.head(org).await.unwrap().unwrap();
        if head == position {
            return;
        }
        let settled = node.engine.wait_settled(org, head, Instant::now() + PATIENCE).await.unwrap();
        assert!(settled.settled);
        position = head;
    }
}

async fn load(node: &Ground, org: OrgId, id: StatementId) -> Statement {
    node.ledger.load::<Statement>(org, id).await.unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_follows_an_email_that_failed_and_a_reminder_goes_out_once() {
    let (shared, street) = (Shared::new().await, Arc::<Street>::default());
    let node = shared.node().await;
    let post = Post { mailer: Some(street.clone()), courier: street.clone(), ..node.post.clone() };
    let node = Ground { post, ..node };
    let org = shared.org(&node).await;
    delegate(&node, org).await;
    let id = generate(&node, org).await;
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
