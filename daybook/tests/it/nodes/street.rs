//! Patients at their addresses, and what reaches them.

use std::sync::{Arc, Mutex};

use daybook::jobs::{Ground, Post};
use ledger::contact::ContactRules;
use ledger::correspondence::Letter;
use ledger::delegation::{Configure, Delegation, DelegationCommand, delegation_id};
use ledger::patient_money::order;
use ledger::ports::mail::{Carrying, Courier, Mailer, Undelivered};
use ledger::recorded::Actor;
use ledger::statement::{
    Authority, Channel, Charge, Contacts, Generate, Parts, Statement, StatementCommand,
};
use ledger::store::Context;
use ledger::store::outbox::{Listed, OutboxStatus, Queue, listed};
use ledger::values::{Currency, Money, OrgId, Sealed, StatementId};
use time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// Nobody is at home under any e-mail address; papers are kept.
#[derive(Default)]
pub(super) struct Street {
    pub(super) letters: Mutex<Vec<Letter>>,
    pub(super) papers: Mutex<Vec<Vec<u8>>>,
    pub(super) texts: Mutex<Vec<String>>,
}

impl Street {
    /// A node that delivers here, at any hour.
    pub(super) fn serves(self: &Arc<Self>, node: Ground) -> Ground {
        let rules = ContactRules { quiet_hours: false, ..ContactRules::default() };
        let mailer: Option<Arc<dyn Mailer>> = Some(self.clone());
        let post = Post { mailer, courier: self.clone(), rules, ..node.post.clone() };
        Ground { post, ..node }
    }
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

    fn text<'a>(&'a self, _: Uuid, to: &'a str, _: &'a str) -> Carrying<'a> {
        self.texts.lock().unwrap().push(to.to_owned());
        Box::pin(async { Ok(()) })
    }
}

/// Everything is delegated, and a letter follows at once.
pub(super) async fn delegate(node: &Ground, org: OrgId) {
    let configure = Configure {
        auto_escalate_overdue: Some(true),
        auto_offer_payment_plans: Some(true),
        auto_send_statements: Some(true),
        enabled: Some(true),
        failover_delay_hours: Some(0),
        preferred_channel_order: Some(Channel::ALL.to_vec()),
        ..Configure::nothing(Currency::USD)
    };
    let command = DelegationCommand::Configure(Box::new(configure));
    let context = Context::fresh(&node.ledger, org, Actor("test".to_owned()));
    node.ledger.execute::<Delegation>(&context, delegation_id(org), command).await.unwrap();
}

/// Something about a patient.
pub(super) async fn seal(
    node: &Ground,
    org: OrgId,
    number: u128,
    (field, plain): (&str, &str),
) -> Sealed<String> {
    let ledger = &node.ledger;
    let context = Context::fresh(ledger, org, Actor("test".to_owned()));
    let subject = ledger.names().subject(org, "patient", &patient(number));
    ledger.keyring().seal(&context, subject, field, plain).await.unwrap()
}

fn patient(number: u128) -> String {
    format!("patient-{number}")
}

/// An e-mail and a postal address.
pub(super) async fn two_ways(node: &Ground, org: OrgId, number: u128) -> Contacts {
    let email = seal(node, org, number, ("contacts.email", "jo@example.com")).await;
    let address = ("contacts.physical_address", "Jo\n1 Elm St");
    let address = seal(node, org, number, address).await;
    Contacts { email: Some(email), physical_address: Some(address), ..Contacts::default() }
}

/// An order to a statement.
pub(super) async fn give(node: &Ground, org: OrgId, id: StatementId, command: StatementCommand) {
    let context = Context::fresh(&node.ledger, org, Actor("test".to_owned()));
    order(&node.ledger, context, id, command).await.unwrap();
}

/// Messages that are here.
pub(super) async fn messages(node: &Ground, org: OrgId, status: OutboxStatus) -> Vec<Listed> {
    listed(&node.ledger, org, Queue::Messages, status, None, 10).await.unwrap()
}

/// 250.00 of a patient, due so many days ago.
pub(super) async fn generate(
    node: &Ground,
    org: OrgId,
    (number, days): (u128, i64),
    contacts: Contacts,
) -> StatementId {
    let ledger = &node.ledger;
    let described = ("charges.0.description", "Ambulance");
    let described = seal(node, org, number, described).await;
    let today = ledger.clock().now().date();
    let (usd, none) = (|minor| Money::from_minor(minor, Currency::USD), Money::zero(Currency::USD));
    let generate = Generate {
        by: Authority::agent(),
        call_id: None,
        charges: vec![Charge {
            amount: usd(25_000),
            description: Some(described),
            procedure: None,
            service_on: today - Duration::days(80),
        }],
        claim_id: None,
        contacts,
        due_on: today - Duration::days(days),
        generated_on: today - Duration::days(days + 30),
        number: None,
        parts: Parts {
            adjustments: none,
            insurance_paid: none,
            insurance_pending: none,
            patient_paid: none,
            total_charges: usd(25_000),
        },
        patient: ledger.names().anonymous_ref(org, &patient(number)),
        patient_id: seal(node, org, number, ("patient_id", &patient(number))).await,
        supersedes: None,
    };
    let id = StatementId::new(Uuid::from_u128(number));
    give(node, org, id, StatementCommand::Generate(Box::new(generate))).await;
    id
}

/// Until nobody has anything to say any more.
pub(super) async fn settle(node: &Ground, org: OrgId) {
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

pub(super) async fn load(node: &Ground, org: OrgId, id: StatementId) -> Statement {
    node.ledger.load::<Statement>(org, id).await.unwrap().0
}
