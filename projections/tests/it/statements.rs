//! What payers leave to the patient is asked for, within the founder's delegation, and the
//! statement's balance is the claim's.

use ledger::{
    claim::{Claim, ClaimCommand, claim_id},
    delegation::{Configure, Delegation, DelegationCommand, delegation_id},
    invoice::PaymentMethod,
    patient_money::{record_payment, reverse_payment},
    recorded::Actor,
    remittance::{Receive, RemittanceCommand, remittance_id},
    statement::{
        Contacts, HoldReason, Lifecycle, RecordContacts, RecordPayment, ReversePayment, Statement,
        StatementCommand, statement_of_claim,
    },
    store::{
        Context, Ledger, account_id,
        outbox::{OutboxStatus, Queue, listed},
    },
    subscription::Subscription,
    values::{ClaimId, Currency, Money, OrgId, StatementId},
};
use projections::engine::{Engine, failures};
use time::{Date, macros::date};

use crate::{
    support::{Setup, options, setup, soon},
    world::{
        account::opening,
        claims::{code, content, draft, submit},
        id, org,
        remittances::{answer, receive, reversal},
        sealed,
    },
};

const DAY: Date = date!(2026 - 03 - 10);

/// One claim over 5.02 of account `C1`: 1.68 is left to the patient.
struct Scene {
    setup: Setup,
    org: OrgId,
    engine: Engine,
}

impl Scene {
    async fn new(enabled: bool) -> Self {
        let setup = setup().await;
        let org = org(1);
        setup.ledger.create_org(org, "Maple Chiropractic").await.unwrap();
        let engine = Engine::start(setup.ledger.clone(), options(&setup.database));
        let scene = Self { setup, org, engine };
        let (context, account) = (scene.context(), account_id(org));
        let open = opening(context.occurred_at);
        scene.ledger().execute::<Subscription>(&context, account, open).await.unwrap();
        let configure = Configure {
            auto_send_statements: Some(true),
            enabled: Some(enabled),
            ..Configure::nothing(Currency::USD)
        };
        let command = DelegationCommand::Configure(Box::new(configure));
        let done = scene
            .ledger()
            .execute::<Delegation>(&scene.context(), delegation_id(org), command)
            .await
            .unwrap();
        scene.settle(done.position).await;
        scene
    }

    fn ledger(&self) -> &Ledger {
        &self.setup.ledger
    }

    fn context(&self) -> Context {
        Context::fresh(self.ledger(), self.org, Actor("test".to_owned()))
    }

    fn claim(&self) -> ClaimId {
        claim_id(self.org, &code("C1"))
    }

    fn statement(&self, round: u32) -> StatementId {
        statement_of_claim(self.org, self.claim(), round)
    }

    /// Reactions lead to reactions; in the end nobody has anything to say.
    async fn settle(&self, position: i64) {
        let mut position = position;
        loop {
            let settled = self.engine.wait_settled(self.org, position, soon()).await.unwrap();
            assert!(settled.settled);
            let head = self.ledger().head(self.org).await.unwrap().unwrap();
            if head == position {
                break;
            }
            position = head;
        }
        assert_eq!(failures(self.ledger(), self.org).await.unwrap(), []);
    }

    async fn give(&self, command: ClaimCommand) {
        let done = self.ledger().execute(&self.context(), self.claim(), command).await.unwrap();
        self.settle(done.position).await;
    }

    async fn answered(&self, receive: Receive) {
        let id = remittance_id(self.org, &receive.payment);
        let command = RemittanceCommand::Receive(receive);
        let done = self.ledger().execute(&self.context(), id, command).await.unwrap();
        self.settle(done.position).await;
    }

    /// The claim is drawn up, sent and answered.
    async fn claimed(&self) {
        let mut asked = content(1, 402, DAY);
        asked.lines.truncate(1);
        asked.lines[0].prior_auth_id = None;
        self.give(draft(asked)).await;
        self.give(submit(1, DAY)).await;
        self.answered(receive("EFT1", vec![answer(1, 502, 4)], DAY)).await;
    }

    async fn found(&self, round: u32) {
        let contacts = Contacts { email: Some(sealed("email")), ..Contacts::default() };
        let command = RecordContacts { contacts, recorded_on: DAY };
        let command = StatementCommand::RecordContacts(Box::new(command));
        let id = self.statement(round);
        let done = self.ledger().execute(&self.context(), id, command).await.unwrap();
        self.settle(done.position).await;
    }

    async fn pay(&self, round: u32, minor: i64) {
        let payment = RecordPayment {
            amount: Money::from_minor(minor, Currency::USD),
            method: PaymentMethod::Stripe,
            payment_id: id(90, 1),
            received_on: DAY,
            reference: None,
        };
        let statement = self.statement(round);
        let done = record_payment(self.ledger(), self.context(), statement, payment).await.unwrap();
        self.settle(done.position).await;
    }

    async fn load(&self, round: u32) -> Statement {
        self.ledger().load::<Statement>(self.org, self.statement(round)).await.unwrap().0
    }

    /// What the patient owes, as the claim says.
    async fn owed(&self) -> i64 {
        let (claim, _) = self.ledger().load::<Claim>(self.org, self.claim()).await.unwrap();
        claim.money().unwrap().patient_balance.minor()
    }
}

fn due(statement: &Statement) -> i64 {
    statement.balance_due().unwrap().minor()
}

#[tokio::test]
async fn a_patients_share_is_asked_for_and_goes_out_once_the_patient_can_be_reached() {
    let scene = Scene::new(true).await;
    scene.claimed().await;
    let statement = scene.load(1).await;
    assert_eq!((statement.lifecycle(), due(&statement)), (Lifecycle::Finalized, 168));
    assert_eq!(statement.held(), Some(HoldReason::NoContact));
    scene.found(1).await;
    let statement = scene.load(1).await;
    assert_eq!((statement.lifecycle(), statement.held()), (Lifecycle::Sent, None));
    let (queue, pending) = (Queue::Messages, OutboxStatus::Pending);
    let waiting = listed(scene.ledger(), scene.org, queue, pending, None, 9).await.unwrap();
    let kinds: Vec<&str> = waiting.iter().map(|message| message.kind.as_str()).collect();
    assert_eq!(kinds, ["email"]);
}

#[tokio::test]
async fn statement_and_claim_agree_when_the_patient_pays_and_the_money_goes_back() {
    let scene = Scene::new(true).await;
    scene.claimed().await;
    scene.pay(1, 168).await;
    assert_eq!(scene.load(1).await.lifecycle(), Lifecycle::Paid);
    assert_eq!((due(&scene.load(1).await), scene.owed().await), (0, 0));
    let reversal =
        ReversePayment { payment_id: id(90, 1), reason_code: code("bounced"), reversed_on: DAY };
    let (statement, context) = (scene.statement(1), scene.context());
    let done = reverse_payment(scene.ledger(), context, statement, reversal.clone()).await.unwrap();
    scene.settle(done.position).await;
    assert_eq!((due(&scene.load(1).await), scene.owed().await), (168, 168));
    let again = reverse_payment(scene.ledger(), scene.context(), statement, reversal).await;
    assert_eq!(again.unwrap().events.len(), 0);
}

#[tokio::test]
async fn a_claim_that_changes_after_the_statement_was_sent_gets_another_one() {
    let scene = Scene::new(true).await;
    scene.claimed().await;
    scene.found(1).await;
    let first = answer(1, 502, 4);
    scene.answered(receive("EFT2", vec![reversal(&first)], DAY)).await;
    // Nothing is left to pay: the one that was sent is settled.
    assert_eq!(due(&scene.load(1).await), 0);
    scene.answered(receive("EFT3", vec![first], DAY)).await;
    let (old, new) = (scene.load(1).await, scene.load(2).await);
    assert_eq!(old.superseded_by(), Some(scene.statement(2)));
    // How to reach the patient was known from the first.
    assert_eq!((new.lifecycle(), due(&old), due(&new)), (Lifecycle::Sent, 0, 168));
    assert_eq!(scene.owed().await, 168);
}

#[tokio::test]
async fn nothing_is_drawn_up_by_itself_while_nothing_is_delegated() {
    let scene = Scene::new(false).await;
    scene.claimed().await;
    assert_eq!(scene.owed().await, 168);
    assert_eq!(scene.load(1).await.number(), None);
}
