//! What payers take off by contract, each line once.
//!
//! Every payer states the whole difference between the charge and what its own contract allows,
//! whatever the payer before it has taken off. On a line that several payers answered, the
//! largest difference counts, and beyond what the first of them took off no more than the
//! payments leave. Answers that do not say on which line are compared over the whole claim. So
//! the figure follows from the answers that stand, in whatever order they came.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Adjudicated, Claim, ClaimError, PayerOrder, Sorted, aggregate::Posted};
use crate::{
    remittance::{Adjustment, Group},
    values::Money,
};

/// What an answer takes off one line, as the payer states it; amounts in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TakenOff {
    pub(super) charge: i64,
    pub(super) contractual: i64,
    /// `None` for what no line of ours is named for.
    pub(super) line: Option<Uuid>,
    pub(super) paid: i64,
}

/// What an answer takes off, line by line, and the rest. What is entered of it moved the
/// remainder to what earlier payers did, so both together, less `OA` 23, are what it states.
pub(super) fn stated(event: &Adjudicated) -> Vec<TakenOff> {
    let of_line = |line: &super::AnsweredLine| TakenOff {
        charge: line.charge.minor(),
        contractual: line.sorted.contractual.minor(),
        line: line.claim_line_id,
        paid: line.sorted.paid.minor(),
    };
    let mut taken: Vec<TakenOff> = event.lines.iter().map(of_line).collect();
    let lines = event.lines.iter().flat_map(|line| &line.adjustments);
    let told = event.adjustments.iter().chain(lines).filter(|cut| is_told_again(cut));
    let told = told.fold(0_i64, |sum, cut| sum.saturating_add(cut.amount.minor()));
    let whole = event.sorted.contractual.minor().saturating_add(event.sorted.prior.minor());
    let less = |whole: i64, part: fn(&TakenOff) -> i64| {
        taken.iter().fold(whole, |left, one| left.saturating_sub(part(one)))
    };
    let rest = TakenOff {
        charge: less(event.charge.minor(), |one| one.charge),
        contractual: less(whole.saturating_sub(told), |one| one.contractual),
        line: None,
        paid: less(event.sorted.paid.minor(), |one| one.paid),
    };
    if rest != (TakenOff { charge: 0, contractual: 0, line: None, paid: 0 }) {
        taken.push(rest);
    }
    taken
}

/// `OA` 23: what earlier payers did, told again.
pub(super) fn is_told_again(adjustment: &Adjustment) -> bool {
    adjustment.group == Group::Oa && adjustment.reason.as_str() == "23"
}

/// The answer, with as much of its contractual part as these answers leave to be entered; the
/// rest is what other payers did.
pub(super) fn entered(
    claim: &Claim,
    posted: &[Posted],
    sorted: Sorted,
) -> Result<Sorted, ClaimError> {
    let contractual = in_all(posted)?.checked_sub(claim.taken_off());
    let contractual = contractual.ok_or(ClaimError::AmountOutOfRange)?;
    let contractual = Money::from_minor(contractual, sorted.paid.currency());
    let moved = sorted.contractual.minus(contractual)?;
    Ok(Sorted { contractual, prior: sorted.prior.plus(moved)?, ..sorted })
}

/// What the answers that stand take off in all.
fn in_all(posted: &[Posted]) -> Result<i64, ClaimError> {
    let standing: Vec<&Posted> = posted.iter().filter(|posted| posted.stands()).collect();
    let several = standing.windows(2).any(|pair| pair[0].order != pair[1].order);
    let is_bare = |taken: &TakenOff| taken.line.is_none() && taken.contractual != 0;
    let by_claim = several && standing.iter().any(|posted| posted.lines.iter().any(is_bare));
    let mut places: BTreeMap<Option<Uuid>, BTreeMap<PayerOrder, Place>> = BTreeMap::new();
    for posted in standing {
        for taken in &posted.lines {
            let line = taken.line.filter(|_| !by_claim);
            places.entry(line).or_default().entry(posted.order).or_default().add(taken);
        }
    }
    let total: i128 = places.values().map(counted).sum();
    i64::try_from(total).map_err(|_| ClaimError::AmountOutOfRange)
}

/// One payer's answers to one line.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    charge: i128,
    contractual: i128,
    paid: i128,
}

impl Place {
    fn add(&mut self, taken: &TakenOff) {
        self.charge += i128::from(taken.charge);
        self.contractual += i128::from(taken.contractual);
        self.paid += i128::from(taken.paid);
    }
}

/// What counts of all that payers take off one line.
fn counted(by_payer: &BTreeMap<PayerOrder, Place>) -> i128 {
    let first = by_payer.values().next().map_or(0, |place| place.contractual);
    if by_payer.len() < 2 {
        return first;
    }
    let most = by_payer.values().map(|place| place.contractual).max().unwrap_or(first);
    let charge = by_payer.values().map(|place| place.charge).max().unwrap_or(0);
    let paid: i128 = by_payer.values().map(|place| place.paid).sum();
    most.min(first.max(charge - paid))
}

impl Claim {
    /// What was taken off by contract and entered so far: what is off the payers' part without
    /// a decision.
    fn taken_off(&self) -> i64 {
        let adjusted = self.standing.map_or(0, |standing| standing.adjusted_insurance.minor());
        let kept = self.write_offs.values().filter(|kept| !kept.reversed);
        let given_up = kept.filter(|kept| !kept.kind.is_patients());
        given_up.fold(adjusted, |rest, kept| rest.saturating_sub(kept.amount.minor()))
    }
}
