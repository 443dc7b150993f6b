use ledger::{
    facesheet::{
        Canceled, Demographic, FacesheetEvent, OverdueMarked, Reason, Received, Requested, Source,
        Widened,
    },
    values::ClaimId,
};

use super::{code, day, id, patient, sealed};

pub(super) fn events() -> Vec<FacesheetEvent> {
    let reason = Reason { claim_id: Some(ClaimId::new(id(0x81))) };
    let requested = Requested {
        asked_of: Some(sealed("asked_of")),
        due_on: day(3, 11),
        missing: vec![Demographic::MemberId, Demographic::Payer],
        patient: patient(),
        patient_id: sealed("patient_id"),
        reason,
        requested_on: day(3, 4),
        times: 1,
    };
    vec![
        Box::new(requested).into(),
        Widened {
            missing: vec![Demographic::DateOfBirth, Demographic::MemberId, Demographic::Payer],
            reason,
            widened_on: day(3, 5),
        }
        .into(),
        Received {
            document: Some(code("fax-0001")),
            received_on: day(3, 13),
            source: Source::Fax,
            still_missing: vec![Demographic::DateOfBirth],
        }
        .into(),
        Canceled { canceled_on: day(3, 14), reason_code: code("not_needed") }.into(),
        OverdueMarked { due_on: day(3, 11), marked_on: day(3, 12) }.into(),
    ]
}
