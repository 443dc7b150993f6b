//! From a payment to the claims it is for.

use time::Date;

use super::{
    ClaimAdvised, ClaimParked, ClaimPosted, Decision, MarkPosted, Park, Remittance,
    RemittanceError, Waiting,
};
use crate::{
    claim::{Adjudicate, PostingPolicy},
    values::Money,
};

/// What to order of the claim that a part of a payment is for; `claim::claim_id` of
/// `advice.account` is its id.
pub fn adjudication_of(
    advised: &ClaimAdvised,
    policy: PostingPolicy,
    posted_on: Date,
) -> Adjudicate {
    Adjudicate {
        advice: advised.advice.clone(),
        occurrence: advised.occurrence,
        paid_on: advised.paid_on,
        payment: advised.payment.clone(),
        policy,
        posted_on,
    }
}

impl Remittance {
    /// What to order of the claim that waits at a place of the payment; for `Batch::then_from`,
    /// so that a parked claim is posted from what the payment itself remembers.
    ///
    /// # Errors
    ///
    /// [`RemittanceError::Unknown`], [`RemittanceError::UnknownClaim`],
    /// [`RemittanceError::Posted`].
    pub fn adjudication(
        &self,
        sequence: u32,
        policy: PostingPolicy,
        posted_on: Date,
    ) -> Result<Adjudicate, RemittanceError> {
        let waiting = self.at(sequence)?.ok_or(RemittanceError::Posted { sequence })?;
        Ok(adjudication_of(&waiting.advised, policy, posted_on))
    }

    pub(super) fn mark_posted(&self, command: MarkPosted) -> Decision {
        let MarkPosted { claim_id, posted_on, sequence } = command;
        let Some(waiting) = self.at(sequence)? else { return Ok(vec![]) };
        let paid = waiting.advised.advice.paid;
        let from_parked =
            if waiting.parked.is_some() { paid } else { Money::zero(paid.currency()) };
        Ok(vec![ClaimPosted { claim_id, from_parked, posted_on, sequence }.into()])
    }

    pub(super) fn park(&self, command: Park) -> Decision {
        let Park { parked_on, reason, sequence } = command;
        let waiting = self.at(sequence)?.ok_or(RemittanceError::Posted { sequence })?;
        if waiting.parked.is_some() {
            return Ok(vec![]);
        }
        let (account, paid) = (waiting.advised.advice.account.clone(), waiting.advised.advice.paid);
        Ok(vec![ClaimParked { account, paid, parked_on, reason, sequence }.into()])
    }

    /// The claim at a place; `None` once it is posted.
    fn at(&self, sequence: u32) -> Result<Option<&Waiting>, RemittanceError> {
        let claims = self.known()?.claims;
        if sequence == 0 || sequence > claims {
            return Err(RemittanceError::UnknownClaim { claims, sequence });
        }
        Ok(self.waiting.get(&sequence))
    }
}
