//! Posting a claim of a payment, or parking it: what the payment remembers decides, on the day of
//! its entry or, where that is sealed, on the first open one.

use std::any::Any;

use time::Date;

use super::reaction::{Answered, Order, Reaction};
use crate::{
    claim::{Claim, ClaimCommand, LineRule, PostingPolicy},
    decide::Refusal,
    remittance::{MarkPosted, Park, ParkReason, Remittance, RemittanceCommand, RemittanceError},
    store::{Context, Ledger, on_open_day},
    values::{ClaimId, RemittanceId},
};

/// Post it to its claim and note that in the payment, in one append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostAdvice {
    /// To which claim.
    pub claim_id: ClaimId,
    /// Of which payment.
    pub remittance_id: RemittanceId,
    /// Place in the payment.
    pub sequence: u32,
    /// Not entered before this day, nor before the payment.
    pub since: Option<Date>,
}

/// Keep it with the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParkAdvice {
    /// Why.
    pub reason: ParkReason,
    /// Of which payment.
    pub remittance_id: RemittanceId,
    /// Place in the payment.
    pub sequence: u32,
}

impl Reaction {
    /// See [`PostAdvice`].
    pub fn post_advice(order: PostAdvice) -> Self {
        Self::of(order)
    }

    /// See [`ParkAdvice`].
    pub fn park_advice(remittance_id: RemittanceId, sequence: u32, reason: ParkReason) -> Self {
        Self::of(ParkAdvice { reason, remittance_id, sequence })
    }
}

impl Order for PostAdvice {
    fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a> {
        let Self { claim_id, remittance_id, sequence, since } = *self;
        let batch = move |day: Date| {
            let adjudicate = move |payment: &Remittance| {
                let posted_on = entered_on(payment, day)?;
                let order = payment.adjudication(sequence, posting_policy(), posted_on);
                order.map(ClaimCommand::Adjudicate).map_err(boxed)
            };
            let mark = move |payment: &Remittance| {
                let posted_on = entered_on(payment, day)?;
                Ok(RemittanceCommand::MarkPosted(MarkPosted { claim_id, posted_on, sequence }))
            };
            ledger
                .batch(context.clone())
                .then_from::<Claim, Remittance>(claim_id, remittance_id, adjudicate)
                .then_from::<Remittance, Remittance>(remittance_id, remittance_id, mark)
        };
        Box::pin(async move {
            on_open_day(since.unwrap_or(Date::MIN), batch).await?;
            Ok(())
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Order for ParkAdvice {
    fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a> {
        let Self { reason, remittance_id, sequence } = *self;
        let batch = move |day: Date| {
            let park = move |payment: &Remittance| {
                let parked_on = entered_on(payment, day)?;
                Ok(RemittanceCommand::Park(Park { parked_on, reason, sequence }))
            };
            ledger.batch(context.clone()).then_from::<Remittance, Remittance>(
                remittance_id,
                remittance_id,
                park,
            )
        };
        Box::pin(async move {
            on_open_day(Date::MIN, batch).await?;
            Ok(())
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Lines that do not add up are refused with the payment, unless whoever took it in allowed them.
fn posting_policy() -> PostingPolicy {
    PostingPolicy { lines: LineRule::PostClaim, ..PostingPolicy::default() }
}

/// Never before the payment itself.
fn entered_on(payment: &Remittance, day: Date) -> Result<Date, Box<dyn Refusal>> {
    let received = payment.received().ok_or_else(|| boxed(RemittanceError::Unknown))?;
    Ok(day.max(received.posted_on))
}

fn boxed(refusal: RemittanceError) -> Box<dyn Refusal> {
    Box::new(refusal)
}
