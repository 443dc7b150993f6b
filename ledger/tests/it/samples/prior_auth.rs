use ledger::prior_auth::{
    Approved, Canceled, Denied, DrawDeferred, DrawReleased, Expired, MarkedUsed, Pended,
    PriorAuthEvent, Requested, Span, Status, UnitsDrawn, UnitsGivenBack, Urgency,
};

use super::{at, code, day, id, patient, sealed, units};

pub(super) fn events() -> Vec<PriorAuthEvent> {
    let span = Span { ends_on: day(3, 31), starts_on: day(3, 1) };
    vec![
        Box::new(Requested {
            answer_due_at: at(2, 27),
            diagnoses: vec![sealed("diagnoses.0")],
            member_id: Some(sealed("member_id")),
            note: Some(sealed("note")),
            patient: patient(),
            patient_id: sealed("patient_id"),
            payer_id: code("60054"),
            procedure: code("97110"),
            requested_at: at(2, 20),
            span,
            units: units("8"),
            urgency: Urgency::Standard,
        })
        .into(),
        Pended {
            pended_on: day(2, 21),
            reason_code: Some(code("0U")),
            reference: Some(code("ADM77")),
        }
        .into(),
        Approved {
            approved_on: day(2, 23),
            reference: code("AUTH0001"),
            span,
            status: Status::PartlyApproved,
            units: units("6"),
            units_left: units("6"),
        }
        .into(),
        Denied { denied_on: day(2, 22), note: Some(sealed("note")), reason_code: code("0M") }
            .into(),
        UnitsDrawn {
            claim_line_id: id(0x71),
            service_on: day(3, 2),
            units: units("1.5"),
            units_left: units("4.5"),
        }
        .into(),
        DrawDeferred {
            claim_line_id: id(0x72),
            service_on: day(3, 3),
            units: units("5"),
            units_waiting: units("5"),
        }
        .into(),
        DrawReleased { claim_line_id: id(0x72), units: units("5"), units_waiting: units("0") }
            .into(),
        UnitsGivenBack {
            claim_line_id: id(0x71),
            status: Status::PartlyApproved,
            units: units("1.5"),
            units_left: units("6"),
        }
        .into(),
        Expired { expired_on: day(4, 1), units_left: units("6") }.into(),
        MarkedUsed { units_left: units("6"), used_on: day(3, 20) }.into(),
        Canceled { canceled_on: day(3, 21), reason_code: code("not_needed") }.into(),
    ]
}
