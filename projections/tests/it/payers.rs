//! Payments of payers reach their claims, whatever comes first.

use ledger::{
    claim::{Claim, ClaimCommand, Content, Standing},
    recorded::Actor,
    remittance::{ParkReason, Receive, Remittance, RemittanceCommand, remittance_id},
    store::{Context, Ledger},
    values::{ClaimId, OrgId, RemittanceId},
};
use projections::engine::{Engine, failures};
use time::{Date, macros::date};

use crate::{
    support::{Setup, options, setup, soon},
    world::{
        claims::{code, content, draft, submit},
        org,
        remittances::{answer, receive, reversal},
    },
};

pub(crate) const DAY: Date = date!(2026 - 03 - 10);

/// One claim over 5.02 of account `C1`: paid 1.67, cut 1.67, left to the patient 1.68.
pub(crate) struct Scene {
    pub(crate) setup: Setup,
    pub(crate) org: OrgId,
    pub(crate) engine: Engine,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        let setup = setup().await;
        let org = org(1);
        setup.ledger.create_org(org, "Maple Chiropractic").await.unwrap();
        let engine = Engine::start(setup.ledger.clone(), options(&setup.database));
        Self { setup, org, engine }
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.setup.ledger
    }

    fn claim(&self) -> ClaimId {
        ledger::claim::claim_id(self.org, &code("C1"))
    }

    pub(crate) fn context(&self) -> Context {
        Context::fresh(self.ledger(), self.org, Actor("test".to_owned()))
    }

    pub(crate) async fn settle(&self, position: i64) {
        let settled = self.engine.wait_settled(self.org, position, soon()).await.unwrap();
        assert!(settled.settled);
    }

    pub(crate) async fn give(&self, command: ClaimCommand) {
        let context = self.context();
        let done = self.ledger().execute(&context, self.claim(), command).await.unwrap();
        self.settle(done.position).await;
    }

    pub(crate) async fn pay(&self, receive: Receive) -> RemittanceId {
        let id = remittance_id(self.org, &receive.payment);
        let command = RemittanceCommand::Receive(receive);
        let done = self.ledger().execute(&self.context(), id, command).await.unwrap();
        self.settle(done.position).await;
        id
    }

    async fn waiting(&self, id: RemittanceId) -> Vec<Option<ParkReason>> {
        let (held, _): (Remittance, _) = self.ledger().load(self.org, id).await.unwrap();
        held.waiting().values().map(|waiting| waiting.parked).collect()
    }

    /// What payers owe, what the patient owes, what payers paid.
    pub(crate) async fn owed(&self) -> (i64, i64, i64) {
        let (claim, _): (Claim, _) = self.ledger().load(self.org, self.claim()).await.unwrap();
        let standing: &Standing = claim.money().unwrap();
        (
            standing.insurance_balance.minor(),
            standing.patient_balance.minor(),
            standing.insurance_paid.minor(),
        )
    }

    pub(crate) async fn events(&self, name: &str) -> i64 {
        let sql = format!("select count(*) from events where event_type = '{name}'");
        self.setup.number(&sql).await
    }

    pub(crate) async fn no_failure(&self) {
        assert_eq!(failures(self.ledger(), self.org).await.unwrap(), []);
    }
}

/// One line of 5.02 and one payer.
pub(crate) fn asked() -> Content {
    let mut asked = content(1, 402, DAY);
    asked.lines.truncate(1);
    asked.lines[0].prior_auth_id = None;
    asked
}

pub(crate) fn paid(trace: &str) -> Receive {
    receive(trace, vec![answer(1, 502, 4)], DAY)
}

#[tokio::test]
async fn a_payment_is_posted_to_its_claim_once_and_taken_back_once() {
    let scene = Scene::new().await;
    scene.give(draft(asked())).await;
    scene.give(submit(1, DAY)).await;
    assert_eq!(scene.owed().await, (502, 0, 0));
    let payment = scene.pay(paid("EFT1")).await;
    assert_eq!(scene.owed().await, (0, 168, 167));
    assert_eq!(scene.waiting(payment).await, []);
    // The same payment out of another file.
    assert_eq!(scene.pay(paid("EFT1")).await, payment);
    assert_eq!(scene.events("billing.claim.adjudicated").await, 1);
    let back = receive("EFT2", vec![reversal(&answer(1, 502, 4))], DAY);
    scene.pay(back.clone()).await;
    scene.pay(back).await;
    assert_eq!(scene.owed().await, (502, 0, 0));
    assert_eq!(scene.events("billing.claim.reversed").await, 1);
    assert_eq!(scene.events("billing.remittance.claim_parked").await, 0);
    scene.no_failure().await;
}

#[tokio::test]
async fn a_payment_before_its_claim_ends_as_if_it_had_come_in_order() {
    let scene = Scene::new().await;
    let payment = scene.pay(paid("EFT1")).await;
    assert_eq!(scene.waiting(payment).await, [Some(ParkReason::UnknownClaim)]);
    scene.give(draft(asked())).await;
    assert_eq!(scene.waiting(payment).await, [Some(ParkReason::UnknownClaim)]);
    scene.give(submit(1, DAY)).await;
    assert_eq!(scene.waiting(payment).await, []);
    assert_eq!(scene.owed().await, (0, 168, 167));
    scene.no_failure().await;
}

#[tokio::test]
async fn a_reversal_before_the_answer_waits_for_it() {
    let scene = Scene::new().await;
    scene.give(draft(asked())).await;
    scene.give(submit(1, DAY)).await;
    let back = receive("EFT2", vec![reversal(&answer(1, 502, 4))], DAY);
    let back = scene.pay(back).await;
    assert_eq!(scene.waiting(back).await, [Some(ParkReason::NothingToReverse)]);
    scene.pay(paid("EFT1")).await;
    assert_eq!(scene.waiting(back).await, []);
    assert_eq!(scene.owed().await, (502, 0, 0));
    scene.no_failure().await;
}

#[tokio::test]
async fn a_crash_before_the_checkpoint_posts_nothing_twice() {
    let scene = Scene::new().await;
    scene.pay(paid("EFT1")).await;
    scene.give(draft(asked())).await;
    scene.give(submit(1, DAY)).await;
    let forget = "update checkpoints set position = 0 where projector = 'remittance_posting'";
    let states = "delete from policy_states where policy = 'remittance_posting'";
    let Scene { setup, org, engine } = scene;
    engine.stop().await;
    let before = setup.number("select count(*) from events").await;
    assert_eq!(setup.owner.execute(forget, &[]).await.unwrap(), 1);
    setup.owner.execute(states, &[]).await.unwrap();
    let engine = Engine::start(setup.ledger.clone(), options(&setup.database));
    let head = setup.ledger.head(org).await.unwrap().unwrap();
    assert!(engine.wait_settled(org, head, soon()).await.unwrap().settled);
    assert_eq!(setup.number("select count(*) from events").await, before);
    engine.stop().await;
}

pub(crate) fn rejected() -> ledger::claim::Acknowledge {
    ledger::claim::Acknowledge {
        clearinghouse_number: None,
        notice: ledger::claim::Notice::InvalidInformation,
        payer_claim_number: None,
        reason: None,
        received_on: DAY,
        submission: 1,
    }
}

#[tokio::test]
async fn every_submission_is_kept_beside_what_it_sent() {
    let scene = Scene::new().await;
    scene.give(draft(asked())).await;
    scene.give(submit(1, DAY)).await;
    scene.give(ClaimCommand::Acknowledge(rejected())).await;
    let mut other = asked();
    other.lines[0].charge = crate::world::usd(777);
    scene.give(ClaimCommand::Revise(ledger::claim::Revise { content: other })).await;
    scene.give(submit(7, DAY)).await;
    let head = scene.ledger().head(scene.org).await.unwrap().unwrap();
    scene.engine.wait_for(scene.org, "claim_filings", head, soon()).await.unwrap();
    let sql = "select submission, kind, charge_minor, convert_from(snapshot, 'utf8') \
        from billing_claim_export_snapshots order by submission";
    let rows = scene.setup.owner.query(sql, &[]).await.unwrap();
    let kept: Vec<(i32, String, i64)> =
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    assert_eq!(kept, [(1, "1".to_owned(), 502), (2, "1".to_owned(), 777)]);
    let (first, second): (String, String) = (rows[0].get(3), rows[1].get(3));
    assert!(first.contains("\"5.02\"") && !first.contains("\"7.77\""), "{first}");
    assert!(second.contains("\"7.77\"") && second.contains("\"closed\""), "{second}");
}
