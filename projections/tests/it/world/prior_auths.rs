//! Permissions of payers: asked, answered, drawn, used up.

use ledger::{
    prior_auth::{
        Approve, Cancel, Certification, Deny, Draw, Expire, GiveBack, MarkUsed, Pend,
        PriorAuthCommand, Request, Span, Status, Urgency,
    },
    values::{AnonymousRef, PriorAuthId},
};
use time::{Date, Duration};

use super::{
    World,
    claims::{code, units},
    id, sealed,
};

impl World {
    pub(super) fn prior_auth_step(&mut self, what: u8, which: u8, amount: u16) {
        let today = self.today();
        let auth = PriorAuthId::new(id(25, u128::from(which)));
        let line = id(20, u128::from(which) * 10);
        let held = self.prior_auths.get(&auth.uuid());
        let status = held.map_or(Status::Unrequested, |(held, _)| held.status());
        let what = match status {
            Status::Unrequested => 0,
            Status::Requested | Status::Pended if what.is_multiple_of(2) => 3,
            _ => what % 15,
        };
        let command = match what {
            0 | 1 => {
                let requested = Box::new(self.request(which, amount));
                PriorAuthCommand::Request(requested)
            }
            13 => PriorAuthCommand::Pend(Pend {
                pended_on: today,
                reason_code: None,
                reference: Some(code("NT1")),
            }),
            3..=5 => PriorAuthCommand::Approve(Approve {
                approved_on: today,
                certification: Certification::InFull,
                reference: code("AUTH1"),
                span: span(today, i64::from(amount % 20)),
                units: units(amount % 12 + 1),
            }),
            6 => PriorAuthCommand::Deny(Deny {
                denied_on: today,
                note: Some(sealed("note")),
                reason_code: code("0B"),
            }),
            7 | 8 => PriorAuthCommand::Draw(Draw {
                claim_line_id: line,
                service_on: today,
                units: units(1),
            }),
            12 => PriorAuthCommand::DrawOrWait(Draw {
                claim_line_id: line,
                service_on: today,
                units: units(amount % 3 + 1),
            }),
            9 | 2 => PriorAuthCommand::GiveBack(GiveBack { claim_line_id: line }),
            10 => PriorAuthCommand::Expire(Expire { today }),
            11 => PriorAuthCommand::MarkUsed(MarkUsed { used_on: today }),
            _ if amount.is_multiple_of(3) => PriorAuthCommand::Cancel(Cancel {
                canceled_on: today,
                reason_code: code("mistake"),
            }),
            _ => return,
        };
        self.give(|world| &mut world.prior_auths, auth, command);
    }

    fn request(&self, which: u8, amount: u16) -> Request {
        Request {
            diagnoses: vec![sealed("diagnoses.0")],
            member_id: Some(sealed("member_id")),
            note: None,
            patient: AnonymousRef(format!("anon_{which:016}")),
            patient_id: sealed("patient_id"),
            payer_id: code("P"),
            procedure: code("97110"),
            requested_at: self.now,
            span: span(self.today(), 30),
            units: units(amount % 12 + 1),
            urgency: if amount.is_multiple_of(2) { Urgency::Standard } else { Urgency::Urgent },
        }
    }
}

pub(crate) fn span(today: Date, days: i64) -> Span {
    Span { ends_on: today + Duration::days(days), starts_on: today - Duration::days(5) }
}
