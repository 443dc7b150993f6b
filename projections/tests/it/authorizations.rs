//! Claims reach their authorizations, whatever comes first.

use ledger::{
    claim::ClaimCommand,
    prior_auth::{Approve, Certification, PriorAuth, PriorAuthCommand, Request, Urgency},
    values::{AnonymousRef, PriorAuthId},
};
use projections::engine::failures;
use time::macros::datetime;

use crate::{
    payers::{DAY, Scene, asked, paid, rejected},
    support::soon,
    world::{
        claims::{code, draft, submit, units},
        id,
        prior_auths::span,
        sealed,
    },
};

#[tokio::test]
async fn a_claim_line_draws_on_its_authorization_and_a_void_gives_back() {
    let scene = Scene::new().await;
    let auth = PriorAuthId::new(id(25, 1));
    approve(&scene, auth).await;
    let mut asked = asked();
    asked.lines[0].prior_auth_id = Some(auth);
    scene.give(draft(asked)).await;
    scene.give(submit(1, DAY)).await;
    assert_eq!(left(&scene, auth).await, units(2));
    scene.give(ClaimCommand::Acknowledge(rejected())).await;
    let void = ledger::claim::Void { reason_code: code("mistake"), voided_on: DAY };
    scene.give(ClaimCommand::Void(void)).await;
    assert_eq!(left(&scene, auth).await, units(3));
    scene.no_failure().await;
}

#[tokio::test]
async fn a_draw_before_the_approval_waits_and_is_taken_with_it_once() {
    let scene = Scene::new().await;
    let auth = PriorAuthId::new(id(25, 1));
    let [request, approval] = request_and_approval();
    scene.ledger().execute(&scene.context(), auth, request).await.unwrap();
    let mut asked = asked();
    asked.lines[0].prior_auth_id = Some(auth);
    scene.give(draft(asked)).await;
    scene.give(submit(1, DAY)).await;
    let waiting = "select units_waiting from prior_auths";
    assert_eq!(text(&scene, waiting).await, "1");
    scene.ledger().execute(&scene.context(), auth, approval).await.unwrap();
    let head = scene.ledger().head(scene.org).await.unwrap().unwrap();
    scene.settle(head).await;
    assert_eq!(left(&scene, auth).await, units(2));
    assert_eq!(scene.events("billing.prior_auth.units_drawn").await, 1);
    assert_eq!(text(&scene, waiting).await, "0");
    scene.no_failure().await;
}

#[tokio::test]
async fn a_draw_that_is_refused_is_seen() {
    let scene = Scene::new().await;
    let mut asked = asked();
    asked.lines[0].prior_auth_id = Some(PriorAuthId::new(id(25, 1)));
    scene.give(draft(asked)).await;
    scene.give(submit(1, DAY)).await;
    let failure = failures(scene.ledger(), scene.org).await.unwrap().remove(0);
    assert_eq!((&*failure.policy, &*failure.code), ("authorization_draws", "prior_auth.unknown"));
    // The claim itself goes on.
    scene.pay(paid("EFT1")).await;
    assert_eq!(scene.owed().await, (0, 168, 167));
}

async fn left(scene: &Scene, auth: PriorAuthId) -> ledger::values::Units {
    let (held, _): (PriorAuth, _) = scene.ledger().load(scene.org, auth).await.unwrap();
    held.units_left()
}

/// Three units from five days before until ten days after.
async fn approve(scene: &Scene, auth: PriorAuthId) {
    for command in request_and_approval() {
        scene.ledger().execute(&scene.context(), auth, command).await.unwrap();
    }
}

fn request_and_approval() -> [PriorAuthCommand; 2] {
    let request = Request {
        diagnoses: vec![],
        member_id: None,
        note: None,
        patient: AnonymousRef("anon_0000000000000001".to_owned()),
        patient_id: sealed("patient_id"),
        payer_id: code("P"),
        procedure: code("99210"),
        requested_at: datetime!(2026-03-01 12:00 UTC),
        span: span(DAY, 10),
        units: units(3),
        urgency: Urgency::Standard,
    };
    let approve = Approve {
        approved_on: DAY,
        certification: Certification::InFull,
        reference: code("AUTH1"),
        span: span(DAY, 10),
        units: units(3),
    };
    [PriorAuthCommand::Request(Box::new(request)), PriorAuthCommand::Approve(approve)]
}

async fn text(scene: &Scene, sql: &str) -> String {
    let head = scene.ledger().head(scene.org).await.unwrap().unwrap();
    scene.engine.wait_for(scene.org, "prior_auths", head, soon()).await.unwrap();
    scene.setup.owner.query_one(sql, &[]).await.unwrap().get(0)
}
