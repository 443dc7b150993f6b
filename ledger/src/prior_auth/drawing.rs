//! Claim lines taking units, waiting for them, and giving them back.

use cqrs_es::Aggregate as _;
use uuid::Uuid;

use super::{
    Decision, Draw, DrawDeferred, DrawReleased, GiveBack, PriorAuth, PriorAuthError,
    PriorAuthEvent, Status, UnitsDrawn, UnitsGivenBack, aggregate::Drawn,
};
use crate::values::Units;

impl PriorAuth {
    /// A claim line draws once, inside the approved days, from the units still left.
    pub(super) fn draw(&self, command: Draw) -> Decision {
        self.known()?;
        let Draw { claim_line_id, service_on, units } = command;
        if let Some(known) = self.drawn.get(&claim_line_id) {
            let Drawn { service_on: day, units: took } = *known;
            return if (day, took) == (service_on, units) {
                Ok(vec![])
            } else {
                Err(PriorAuthError::DrawnOtherwise { claim_line_id, service_on: day, units: took })
            };
        }
        let span = match (self.status, &self.approval) {
            (
                Status::Approved | Status::PartlyApproved | Status::Modified | Status::Expired,
                Some(approval),
            ) => approval.span,
            (status, _) => return Err(PriorAuthError::NotApproved { status }),
        };
        if units.is_zero() {
            return Err(PriorAuthError::NoUnits);
        }
        if !span.contains(service_on) {
            return Err(PriorAuthError::OutsideSpan { service_on, span });
        }
        let left = self.units_left;
        let units_left =
            left.minus(units).ok_or(PriorAuthError::Overdrawn { asked: units, left })?;
        let mut events: Vec<PriorAuthEvent> = self.released(claim_line_id).into_iter().collect();
        events.push(UnitsDrawn { claim_line_id, service_on, units, units_left }.into());
        Ok(events)
    }

    /// What the payer may still allow, with its first word or a later one, waits for it.
    pub(super) fn draw_or_wait(&self, command: Draw) -> Decision {
        let refusal = match self.draw(command) {
            Ok(events) => return Ok(events),
            Err(refusal) => refusal,
        };
        let may_come = match &refusal {
            PriorAuthError::NotApproved { status } => *status != Status::Canceled,
            PriorAuthError::OutsideSpan { .. } | PriorAuthError::Overdrawn { .. } => true,
            _ => false,
        };
        if !may_come {
            return Err(refusal);
        }
        let Draw { claim_line_id, service_on, units } = command;
        if let Some(known) = self.waiting.iter().find(|known| known.claim_line_id == claim_line_id)
        {
            let Draw { service_on: day, units: waits_for, .. } = *known;
            return if *known == command {
                Ok(vec![])
            } else {
                let units = waits_for;
                Err(PriorAuthError::DrawnOtherwise { claim_line_id, service_on: day, units })
            };
        }
        let units_waiting = self.units_waiting(None).plus(units).ok_or(refusal)?;
        Ok(vec![DrawDeferred { claim_line_id, service_on, units, units_waiting }.into()])
    }

    /// What happened, and the draws that can be had now, those who waited longest first.
    pub(super) fn followed_by_draws(&self, happened: PriorAuthEvent) -> Vec<PriorAuthEvent> {
        let mut then = self.clone();
        then.apply(happened.clone());
        let mut events = vec![happened];
        for waiting in then.waiting.clone() {
            for event in then.draw(waiting).unwrap_or_default() {
                then.apply(event.clone());
                events.push(event);
            }
        }
        events
    }

    pub(super) fn waits(&self, claim_line_id: Uuid) -> bool {
        self.waiting.iter().any(|draw| draw.claim_line_id == claim_line_id)
    }

    fn released(&self, claim_line_id: Uuid) -> Option<PriorAuthEvent> {
        let waited = self.waiting.iter().find(|draw| draw.claim_line_id == claim_line_id)?;
        let units_waiting = self.units_waiting(Some(claim_line_id));
        Some(DrawReleased { claim_line_id, units: waited.units, units_waiting }.into())
    }

    /// How many units all that wait want, but for one claim line.
    fn units_waiting(&self, but: Option<Uuid>) -> Units {
        let others = self.waiting.iter().filter(|draw| Some(draw.claim_line_id) != but);
        // Whoever began to wait was added to the others then.
        others.fold(Units::ZERO, |sum, draw| sum.plus(draw.units).unwrap_or(sum))
    }

    /// The claim line was voided or replaced: it waits no longer, and what it took goes to
    /// those who wait. Giving back what was never drawn changes nothing.
    pub(super) fn give_back(&self, GiveBack { claim_line_id }: GiveBack) -> Decision {
        self.known()?;
        if let Some(released) = self.released(claim_line_id) {
            return Ok(vec![released]);
        }
        let (Some(drawn), Some(approval)) = (self.drawn.get(&claim_line_id), &self.approval) else {
            return Ok(vec![]);
        };
        // The draw came out of the approved units, so both together never exceed them.
        let units_left = self.units_left.plus(drawn.units).unwrap_or(approval.units);
        let status = if self.status == Status::Used { approval.status } else { self.status };
        let given = UnitsGivenBack { claim_line_id, status, units: drawn.units, units_left };
        Ok(self.followed_by_draws(given.into()))
    }
}
