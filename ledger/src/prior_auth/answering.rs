//! Asking the payer, and what it answers.

use time::Duration;

use super::{
    Approve, Approved, Cancel, Canceled, Certification, Decision, Denied, Deny, Expire, Expired,
    MarkUsed, MarkedUsed, Pend, Pended, PriorAuth, PriorAuthError, Request, Requested, Span,
    Status, Urgency,
};
use crate::values::Units;

/// As many as a claim can carry (X12 837P, HI).
const MOST_DIAGNOSES: usize = 12;

impl PriorAuth {
    pub(super) fn request(&self, command: Request) -> Decision {
        let requested = requested(command);
        if let Some(known) = &self.request {
            // The data of a person is sealed anew each time, so it cannot be compared.
            let same = known.patient == requested.patient
                && known.payer_id == requested.payer_id
                && known.procedure == requested.procedure
                && known.span == requested.span
                && known.units == requested.units
                && known.urgency == requested.urgency;
            let status = self.status;
            return if same { Ok(vec![]) } else { Err(PriorAuthError::Exists { status }) };
        }
        grantable(requested.units, requested.span)?;
        let diagnoses = requested.diagnoses.len();
        if diagnoses > MOST_DIAGNOSES {
            let most_diagnoses = MOST_DIAGNOSES;
            return Err(PriorAuthError::TooManyDiagnoses { diagnoses, most_diagnoses });
        }
        Ok(vec![Box::new(requested).into()])
    }

    /// Whatever came after proves that it was pended, if it was.
    pub(super) fn pend(&self, command: Pend) -> Decision {
        let Pend { pended_on, reason_code, reference } = command;
        match self.status {
            Status::Unrequested => Err(PriorAuthError::Unknown),
            Status::Requested => Ok(vec![Pended { pended_on, reason_code, reference }.into()]),
            Status::Pended
            | Status::Approved
            | Status::PartlyApproved
            | Status::Denied
            | Status::Modified
            | Status::Used
            | Status::Expired
            | Status::Canceled => Ok(vec![]),
        }
    }

    pub(super) fn approve(&self, command: Approve) -> Decision {
        let request = self.known()?;
        if self.status == Status::Canceled {
            return Err(PriorAuthError::NotOpen { status: self.status });
        }
        let Approve { approved_on, certification, reference, span, units } = command;
        grantable(units, span)?;
        let drawn = self.units_drawn();
        let units_left =
            units.minus(drawn).ok_or(PriorAuthError::BelowDrawn { approved: units, drawn })?;
        if let Some(outside) = self.drawn.values().find(|drawn| !span.contains(drawn.service_on)) {
            return Err(PriorAuthError::DrawnOutside { service_on: outside.service_on, span });
        }
        let status = granted(certification, request, units, span);
        let approved = Approved { approved_on, reference, span, status, units, units_left };
        // The same answer again says nothing new, even if units were drawn or it expired since.
        let again = self.approval.as_ref().is_some_and(|known| {
            *known == Approved { units_left: known.units_left, ..approved.clone() }
        });
        Ok(if again { vec![] } else { self.followed_by_draws(approved.into()) })
    }

    pub(super) fn deny(&self, command: Deny) -> Decision {
        let Deny { denied_on, note, reason_code } = command;
        match self.status {
            Status::Unrequested => Err(PriorAuthError::Unknown),
            Status::Requested | Status::Pended => {
                Ok(vec![Denied { denied_on, note, reason_code }.into()])
            }
            Status::Denied => Ok(vec![]),
            status @ (Status::Approved
            | Status::PartlyApproved
            | Status::Modified
            | Status::Used
            | Status::Expired
            | Status::Canceled) => Err(PriorAuthError::NotOpen { status }),
        }
    }

    pub(super) fn expire(&self, Expire { today }: Expire) -> Decision {
        let approval = match (self.status, &self.approval) {
            (Status::Unrequested, _) => return Err(PriorAuthError::Unknown),
            (Status::Expired, _) => return Ok(vec![]),
            (Status::Approved | Status::PartlyApproved | Status::Modified, Some(known)) => known,
            (status, _) => return Err(PriorAuthError::NotApproved { status }),
        };
        let ends_on = approval.span.ends_on;
        if today <= ends_on {
            return Err(PriorAuthError::StillGood { ends_on });
        }
        Ok(vec![Expired { expired_on: today, units_left: self.units_left }.into()])
    }

    pub(super) fn mark_used(&self, MarkUsed { used_on }: MarkUsed) -> Decision {
        match self.status {
            Status::Unrequested => Err(PriorAuthError::Unknown),
            Status::Used => Ok(vec![]),
            Status::Approved | Status::PartlyApproved | Status::Modified | Status::Expired => {
                Ok(vec![MarkedUsed { units_left: self.units_left, used_on }.into()])
            }
            status @ (Status::Requested | Status::Pended | Status::Denied | Status::Canceled) => {
                Err(PriorAuthError::NotApproved { status })
            }
        }
    }

    pub(super) fn cancel(&self, Cancel { canceled_on, reason_code }: Cancel) -> Decision {
        match self.status {
            Status::Unrequested => Err(PriorAuthError::Unknown),
            Status::Canceled => Ok(vec![]),
            Status::Denied => Err(PriorAuthError::NotOpen { status: self.status }),
            Status::Requested
            | Status::Pended
            | Status::Approved
            | Status::PartlyApproved
            | Status::Modified
            | Status::Used
            | Status::Expired => Ok(vec![Canceled { canceled_on, reason_code }.into()]),
        }
    }

    pub(super) fn known(&self) -> Result<&Requested, PriorAuthError> {
        self.request.as_ref().ok_or(PriorAuthError::Unknown)
    }

    /// The difference of two figures of which the first holds the second.
    fn units_drawn(&self) -> Units {
        let approved = self.approval.as_ref().map_or(Units::ZERO, |approval| approval.units);
        approved.minus(self.units_left).unwrap_or(Units::ZERO)
    }
}

fn requested(command: Request) -> Requested {
    let most = match command.urgency {
        Urgency::Standard => Duration::days(7),
        Urgency::Urgent => Duration::hours(72),
    };
    let at = command.requested_at;
    Requested {
        answer_due_at: at.checked_add(most).unwrap_or(at),
        diagnoses: command.diagnoses,
        member_id: command.member_id,
        note: command.note,
        patient: command.patient,
        patient_id: command.patient_id,
        payer_id: command.payer_id,
        procedure: command.procedure,
        requested_at: at,
        span: command.span,
        units: command.units,
        urgency: command.urgency,
    }
}

fn grantable(units: Units, span: Span) -> Result<(), PriorAuthError> {
    if units.is_zero() {
        return Err(PriorAuthError::NoUnits);
    }
    if span.ends_on < span.starts_on {
        return Err(PriorAuthError::SpanBackwards { span });
    }
    Ok(())
}

/// The figures tell whether it was granted in full, the payer whether it changed anything else.
fn granted(certification: Certification, asked: &Requested, units: Units, span: Span) -> Status {
    let less = units < asked.units
        || span.starts_on > asked.span.starts_on
        || span.ends_on < asked.span.ends_on;
    match certification {
        Certification::Modified => Status::Modified,
        Certification::InPart => Status::PartlyApproved,
        Certification::InFull if less => Status::PartlyApproved,
        Certification::InFull => Status::Approved,
    }
}
