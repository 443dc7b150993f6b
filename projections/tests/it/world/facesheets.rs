//! Facesheets: asked for, widened, come, overdue, canceled.

use ledger::{
    facesheet::{
        Cancel, Demographic, FacesheetCommand, MarkOverdue, Reason, Receive, Request, Source,
        facesheet_id,
    },
    values::{AnonymousRef, SubjectRef},
};

use super::{World, id, sealed};

impl World {
    pub(super) fn facesheet_step(&mut self, which: u8, amount: u16) {
        let today = self.today();
        let number = usize::from(amount);
        let command = match amount % 7 {
            0 => FacesheetCommand::Cancel(Cancel {
                canceled_on: today,
                reason_code: "not_needed".parse().unwrap(),
            }),
            1 => FacesheetCommand::Receive(Receive {
                document: None,
                received_on: today,
                source: Source::Fax,
                still_missing: vec![Demographic::ALL[number % 10]],
            }),
            2 => FacesheetCommand::MarkOverdue(MarkOverdue { today }),
            _ => FacesheetCommand::Request(Box::new(Request {
                asked_of: None,
                missing: vec![Demographic::ALL[number % 10], Demographic::ALL[number / 10 % 10]],
                patient: AnonymousRef(format!("anon_{which}")),
                patient_id: sealed("patient_id"),
                reason: Reason { claim_id: None },
                requested_on: today,
            })),
        };
        let patient = SubjectRef(id(15, u128::from(which)));
        self.give(|world| &mut world.facesheets, facesheet_id(patient), command);
    }
}
