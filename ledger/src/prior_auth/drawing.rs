//! Claim lines taking units and giving them back.

use super::{
    Decision, Draw, GiveBack, PriorAuth, PriorAuthError, Status, UnitsDrawn, UnitsGivenBack,
    aggregate::Drawn,
};

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
        Ok(vec![UnitsDrawn { claim_line_id, service_on, units, units_left }.into()])
    }

    /// The claim line was voided or replaced. Giving back what was never drawn changes nothing.
    pub(super) fn give_back(&self, GiveBack { claim_line_id }: GiveBack) -> Decision {
        self.known()?;
        let (Some(drawn), Some(approval)) = (self.drawn.get(&claim_line_id), &self.approval) else {
            return Ok(vec![]);
        };
        // The draw came out of the approved units, so both together never exceed them.
        let units_left = self.units_left.plus(drawn.units).unwrap_or(approval.units);
        let status = if self.status == Status::Used { approval.status } else { self.status };
        Ok(vec![UnitsGivenBack { claim_line_id, status, units: drawn.units, units_left }.into()])
    }
}
