//! Requests for facesheets that nobody answers are found overdue, once.

use daybook::jobs::{Ground, JobName};
use ledger::facesheet::{
    ANSWER_WITHIN_DAYS, Demographic, Facesheet, FacesheetCommand, Reason, Request, Status,
    facesheet_id,
};
use ledger::recorded::Actor;
use ledger::store::Context;
use ledger::values::{FacesheetId, OrgId};
use time::Duration;

use super::ground::{Shared, run};
use super::street::seal;

/// Asked for so many days ago.
async fn ask(node: &Ground, org: OrgId, number: u128, days: i64) -> FacesheetId {
    let ledger = &node.ledger;
    let patient_id = seal(node, org, number, ("patient_id", &format!("patient-{number}"))).await;
    let id = facesheet_id(patient_id.subject);
    let request = Request {
        asked_of: None,
        missing: vec![Demographic::Payer],
        patient: ledger.names().anonymous_ref(org, &format!("patient-{number}")),
        patient_id,
        reason: Reason { claim_id: None },
        requested_on: ledger.clock().now().date() - Duration::days(days),
    };
    let context = Context::fresh(ledger, org, Actor("test".to_owned()));
    let command = FacesheetCommand::Request(Box::new(request));
    ledger.execute(&context, id, command).await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_overdue_after_their_last_day_and_only_once() {
    let shared = Shared::new().await;
    let node = shared.node().await;
    let org = shared.org(&node).await;
    let late = ask(&node, org, 1, ANSWER_WITHIN_DAYS + 1).await;
    let in_time = ask(&node, org, 2, ANSWER_WITHIN_DAYS).await;
    assert_eq!(run(&node, JobName::FacesheetsOverdue).await, Some(1));
    assert_eq!(run(&node, JobName::FacesheetsOverdue).await, Some(0));
    for (id, expected) in [(late, Status::Overdue), (in_time, Status::Requested)] {
        let (held, _) = node.ledger.load::<Facesheet>(org, id).await.unwrap();
        assert_eq!(held.status(), expected);
    }
}
