//! An authorization's row along its way.

use ledger::{
    prior_auth::{
        Approved, MarkedUsed, PriorAuthEvent, Requested, Span, Status, UnitsDrawn, UnitsGivenBack,
        Urgency,
    },
    values::{AnonymousRef, Units},
};
use time::macros::{date, datetime};
use uuid::Uuid;

use super::{PriorAuths, Row};
use crate::{
    engine::fold,
    testing::{LINE, claims::code, log, sealed},
};

const SPAN: Span = Span { ends_on: date!(2026 - 04 - 30), starts_on: date!(2026 - 03 - 01) };

fn units(count: i64) -> Units {
    Units::try_from(rust_decimal::Decimal::from(count)).unwrap()
}

fn row(events: Vec<PriorAuthEvent>) -> Row {
    let requested = Requested {
        answer_due_at: datetime!(2026-03-08 09:00 UTC),
        diagnoses: vec![sealed("diagnoses.0")],
        member_id: None,
        note: None,
        patient: AnonymousRef("anon_0123456789abcdef".to_owned()),
        patient_id: sealed("patient_id"),
        payer_id: code("P"),
        procedure: code("97110"),
        requested_at: datetime!(2026-03-01 09:00 UTC),
        span: SPAN,
        units: units(12),
        urgency: Urgency::Standard,
    };
    let approved = Approved {
        approved_on: date!(2026 - 03 - 02),
        reference: code("AUTH1"),
        span: SPAN,
        status: Status::PartlyApproved,
        units: units(8),
        units_left: units(8),
    };
    let mut all: Vec<PriorAuthEvent> = vec![Box::new(requested).into(), approved.into()];
    all.extend(events);
    fold::<PriorAuths>(&log(Uuid::from_u128(0xa1), all)).into_values().next().unwrap().0
}

#[test]
fn units_left_and_units_drawn_come_to_what_was_approved() {
    let drawn = UnitsDrawn {
        claim_line_id: LINE,
        service_on: date!(2026 - 03 - 05),
        units: units(3),
        units_left: units(5),
    };
    let used = MarkedUsed { units_left: units(5), used_on: date!(2026 - 03 - 06) };
    let taken = row(vec![drawn.clone().into(), used.clone().into()]);
    assert_eq!((taken.status.0, &*taken.units_drawn, &*taken.units_left), (Status::Used, "3", "5"));
    assert_eq!(taken.ended_on, Some(date!(2026 - 03 - 06)));
    let given = UnitsGivenBack {
        claim_line_id: LINE,
        status: Status::PartlyApproved,
        units: units(3),
        units_left: units(8),
    };
    let back = row(vec![drawn.into(), used.into(), given.into()]);
    assert_eq!((&*back.units_drawn, &*back.units_left, back.ended_on), ("0", "8", None));
    assert_eq!(back.status.0, Status::PartlyApproved);
}
