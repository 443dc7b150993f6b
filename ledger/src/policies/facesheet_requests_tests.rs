//! Which claims ask, and what is told.

use time::{macros::date, macros::datetime};
use uuid::Uuid;

use super::*;
use crate::{
    claim::{Coverage, Drafted, Validated},
    facesheet::{Facesheet, Received, Source},
    values::{AnonymousRef, Currency, OrgId, Sealed, SubjectRef},
};

const ID: Uuid = Uuid::from_u128(1);
const PATIENT: SubjectRef = SubjectRef(Uuid::from_u128(2));

fn sealed(field: &str) -> Sealed<String> {
    Sealed::new(ID, "AAAA".to_owned(), field.to_owned(), 1, PATIENT)
}

fn recorded(event: LedgerEvent) -> Recorded {
    Recorded {
        org: OrgId(Uuid::from_u128(7)),
        position: 2,
        aggregate_type: "test".to_owned(),
        aggregate_id: ID,
        sequence: 2,
        event_id: ID,
        event,
        actor: crate::recorded::Actor("test".to_owned()),
        correlation_id: ID,
        causation_id: None,
        command_id: ID,
        occurred_at: datetime!(2026-03-04 10:00 UTC),
        recorded_at: datetime!(2026-03-04 10:00 UTC),
    }
}

fn drafted(members: &[Option<&str>]) -> Recorded {
    let payer = |member: &Option<&str>| Coverage {
        filing_code: "CI".parse().unwrap(),
        member_id: member.map(sealed),
        payer_id: "60054".parse().unwrap(),
    };
    let content = Content {
        account: "C-1".parse().unwrap(),
        billing_npi: None,
        currency: Currency::USD,
        diagnoses: vec![],
        lines: vec![],
        patient: AnonymousRef("anon_1".to_owned()),
        patient_id: sealed("patient_id"),
        payers: members.iter().map(payer).collect(),
        place_of_service: None,
        rendering_npi: None,
    };
    recorded(ClaimEvent::from(Drafted { content }).into())
}

fn asked_for(event: &Recorded) -> Option<Request> {
    let reactions = FacesheetRequests::react(&mut (), event);
    let (id, command) = reactions.first()?.get::<Facesheet>()?;
    assert_eq!(id, facesheet_id(PATIENT));
    match command {
        FacesheetCommand::Request(request) => Some((**request).clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_claim_without_payer_or_member_number_asks_for_the_facesheet() {
    let request = asked_for(&drafted(&[])).unwrap();
    assert_eq!(request.missing, [Demographic::MemberId, Demographic::Payer]);
    assert_eq!(request.requested_on, date!(2026 - 03 - 04));
    assert_eq!(request.reason.claim_id, Some(ClaimId::new(ID)));
    let request = asked_for(&drafted(&[Some("member_id"), None])).unwrap();
    assert_eq!(request.missing, [Demographic::MemberId]);
    assert_eq!(FacesheetRequests::key(&drafted(&[])), Some(PATIENT.to_string()));
}

#[test]
fn a_claim_that_has_both_asks_for_nothing() {
    assert_eq!(asked_for(&drafted(&[Some("member_id")])), None);
    let validated = Validated { findings: vec![], validated_on: date!(2026 - 03 - 04) };
    let validated = recorded(ClaimEvent::from(validated).into());
    assert!(FacesheetRequests::react(&mut (), &validated).is_empty());
}

#[test]
fn what_came_is_told_once_each_time_it_came() {
    let received = Received {
        document: None,
        received_on: date!(2026 - 03 - 05),
        source: Source::Fax,
        still_missing: vec![],
    };
    let event = recorded(FacesheetEvent::from(received).into());
    let reactions = FacesheetRequests::react(&mut (), &event);
    assert_eq!(reactions.len(), 1);
    assert!(format!("{:?}", reactions[0]).contains(&format!("facesheet:{ID}:2:received")));
}
