//! What each adjustment of an answer does to the books.
//!
//! | adjustment | effect |
//! | --- | --- |
//! | `PR` | the patient's share |
//! | `CO` with a reason on the list, claim not denied | taken off by contract, unless another
//! payer took it off before (`contract.rs`) |
//! | `OA` 23 | none: what earlier payers did, told again |
//! | any other | open: work for somebody, never the patient's |
//!
//! - **Source:** `domain-facts.md` 1.7, posting table.

use super::{AnsweredLine, ClaimError, PostingPolicy, Sorted, contract, outline::Outline};
use crate::{
    remittance::{Adjustment, AdviceStatus, Group, RemittedClaim},
    values::{Currency, Money},
};

impl Sorted {
    pub(super) fn none(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self { contractual: zero, open: zero, paid: zero, patient: zero, prior: zero }
    }

    fn add(
        mut self,
        adjustment: &Adjustment,
        status: AdviceStatus,
        policy: &PostingPolicy,
    ) -> Result<Self, ClaimError> {
        let part = match adjustment.group {
            Group::Pr => &mut self.patient,
            Group::Oa if contract::is_told_again(adjustment) => &mut self.prior,
            Group::Co
                if status != AdviceStatus::Denied
                    && policy.contractual.contains(&adjustment.reason) =>
            {
                &mut self.contractual
            }
            Group::Co | Group::Oa | Group::Pi => &mut self.open,
        };
        *part = part.plus(adjustment.amount)?;
        Ok(self)
    }

    pub(super) fn negated(self) -> Result<Self, ClaimError> {
        Ok(Self {
            contractual: self.contractual.negated()?,
            open: self.open.negated()?,
            paid: self.paid.negated()?,
            patient: self.patient.negated()?,
            prior: self.prior.negated()?,
        })
    }
}

/// The answer's lines and the whole, sorted.
pub(super) fn sort(
    advice: &RemittedClaim,
    policy: &PostingPolicy,
    outline: &Outline,
) -> Result<(Vec<AnsweredLine>, Sorted), ClaimError> {
    let currency = advice.charge.currency();
    let none = Sorted::none(currency);
    let all = |adjustments: &[Adjustment]| {
        adjustments
            .iter()
            .try_fold(none, |sorted, adjustment| sorted.add(adjustment, advice.status, policy))
    };
    let mut lines = Vec::with_capacity(advice.lines.len());
    for line in &advice.lines {
        let sorted = Sorted { paid: line.paid, ..all(&line.adjustments)? };
        lines.push(AnsweredLine {
            adjustments: line.adjustments.clone(),
            charge: line.charge,
            claim_line_id: outline.recognize(line.claim_line_id, &line.procedure),
            procedure: line.procedure.clone(),
            remarks: line.remarks.clone(),
            sorted,
            units: line.units,
        });
    }
    let whole = advice
        .all_adjustments()
        .try_fold(none, |sorted, adjustment| sorted.add(adjustment, advice.status, policy))?;
    Ok((lines, Sorted { paid: advice.paid, ..whole }))
}
