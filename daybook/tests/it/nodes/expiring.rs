//! Authorizations expire by themselves, once.

use daybook::jobs::{Ground, JobName};
use ledger::prior_auth::{
    Approve, Certification, PriorAuth, PriorAuthCommand, Request, Span, Status, Urgency,
};
use ledger::recorded::Actor;
use ledger::store::Context;
use ledger::values::{OrgId, PriorAuthId, Units};
use rust_decimal::Decimal;
use time::{Date, Duration};
use uuid::Uuid;

use super::ground::{Shared, run};

async fn approve(node: &Ground, org: OrgId, id: PriorAuthId, ends_on: Date) {
    let ledger = &node.ledger;
    let context = || Context::fresh(ledger, org, Actor("test".to_owned()));
    let (names, asked) = (ledger.names(), context());
    let subject = names.subject(org, "patient", "patient-0");
    let patient_id = ledger.keyring().seal(&asked, subject, "patient_id", "patient-0").await;
    let span = Span { ends_on, starts_on: ends_on - Duration::days(10) };
    let units = Units::try_from(Decimal::from(3)).unwrap();
    let request = Request {
        diagnoses: vec![],
        member_id: None,
        note: None,
        patient: names.anonymous_ref(org, "patient-0"),
        patient_id: patient_id.unwrap(),
        payer_id: "P".parse().unwrap(),
        procedure: "97110".parse().unwrap(),
        requested_at: asked.occurred_at,
        span,
        units,
        urgency: Urgency::Standard,
    };
    let approve = Approve {
        approved_on: ends_on,
        certification: Certification::InFull,
        reference: "AUTH-1".parse().unwrap(),
        span,
        units,
    };
    let request = PriorAuthCommand::Request(Box::new(request));
    ledger.execute(&asked, id, request).await.unwrap();
    ledger.execute(&context(), id, PriorAuthCommand::Approve(approve)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn authorizations_expire_after_their_last_day_and_only_once() {
    let shared = Shared::new().await;
    let node = shared.node().await;
    let org = shared.org(&node).await;
    let today = node.ledger.clock().now().date();
    let days = [(1, today - Duration::days(1)), (2, today), (3, today + Duration::days(1))];
    for (number, ends_on) in days {
        approve(&node, org, PriorAuthId::new(Uuid::from_u128(number)), ends_on).await;
    }
    assert_eq!(run(&node, JobName::PriorAuthExpiry).await, Some(1));
    assert_eq!(run(&node, JobName::PriorAuthExpiry).await, Some(0));
    for (number, expected) in [(1, Status::Expired), (2, Status::Approved), (3, Status::Approved)] {
        let id = PriorAuthId::new(Uuid::from_u128(number));
        let (held, _) = node.ledger.load::<PriorAuth>(org, id).await.unwrap();
        assert_eq!(held.status(), expected, "{number}");
    }
}
