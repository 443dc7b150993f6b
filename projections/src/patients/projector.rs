//! What each event means for a patient's row.

use ledger::{
    patient_activation::{Activated, PatientActivationEvent},
    recorded::{LedgerEvent, Recorded},
    values::CycleKey,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Row;
use crate::{answers::closed, engine::ReadModel};

/// See the module.
pub struct Patients;

/// What an event means for a patient, and its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    patient_id: Uuid,
    at: OffsetDateTime,
    sequence: i64,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Activated(Box<Activated>),
    Deactivated { at: OffsetDateTime },
    Reactivated { at: OffsetDateTime },
    Billed { cycle: CycleKey },
}

impl ReadModel for Patients {
    const NAME: &'static str = "patients";
    const VERSION: i32 = 1;
    type Key = Uuid;
    type Change = Change;
    type Row = Row;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.patient_activation.")
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Uuid, Change)>) {
        let LedgerEvent::PatientActivation(happened) = &event.event else { return };
        let what = match happened {
            PatientActivationEvent::Activated(event) => What::Activated(Box::new(event.clone())),
            PatientActivationEvent::Deactivated(event) => {
                What::Deactivated { at: event.deactivated_at }
            }
            PatientActivationEvent::Reactivated(event) => {
                What::Reactivated { at: event.activated_at }
            }
            PatientActivationEvent::CycleBilled(event) => What::Billed { cycle: event.cycle },
        };
        let (patient_id, at) = (event.aggregate_id, event.recorded_at);
        out.extend([(patient_id, Change { patient_id, at, sequence: event.sequence, what })]);
    }

    fn fold(row: &mut Option<Row>, change: Change) {
        if let (None, What::Activated(activated)) = (&row, &change.what) {
            *row = Some(begun(activated, &change));
        }
        let row = row.as_mut().expect("a patient is activated before anything else happens");
        row.updated_at = change.at;
        row.version = change.sequence;
        match change.what {
            What::Activated(_) => {}
            What::Deactivated { at } => {
                row.is_active_for_billing = false;
                row.deactivated_at = Some(at);
            }
            What::Reactivated { at } => {
                row.is_active_for_billing = true;
                row.activated_at = at;
                row.deactivated_at = None;
            }
            // `YYYY-MM` sorts as time does.
            What::Billed { cycle } => {
                row.last_billed_cycle = row.last_billed_cycle.take().max(Some(cycle.to_string()));
            }
        }
    }
}

fn begun(activated: &Activated, change: &Change) -> Row {
    Row {
        patient_id: change.patient_id,
        anonymous_patient_ref: activated.patient.0.clone(),
        is_active_for_billing: true,
        activated_at: activated.activated_at,
        deactivated_at: None,
        last_billed_cycle: None,
        created_at: change.at,
        updated_at: change.at,
        version: change.sequence,
        foreign_id: closed(&activated.patient_id),
        name: activated.name.as_ref().map(closed),
    }
}
