//! Taking a payment in, and its way to the bank.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    AdviceStatus, ClaimAdvised, Decision, DepositMatched, MatchDeposit, ProviderAdjustment,
    Receive, Received, Remittance, RemittanceError, RemittedClaim, balance,
};
use crate::{
    claim::LineRule,
    values::{Code, Money},
};

impl Remittance {
    pub(super) fn receive(&self, command: Receive) -> Decision {
        let digest = digest(&command)?;
        if let Some(known) = &self.received {
            return if known.digest == digest {
                Ok(vec![])
            } else {
                Err(RemittanceError::Exists { paid: known.paid })
            };
        }
        add_up(&command)?;
        let claims =
            u32::try_from(command.claims.len()).map_err(|_| RemittanceError::AmountOutOfRange)?;
        let received = Received {
            claims,
            digest,
            method: command.method,
            paid: command.paid,
            paid_on: command.paid_on,
            payment: command.payment.clone(),
            posted_on: command.posted_on,
            provider_adjustments: command.provider_adjustments,
        };
        let mut seen = BTreeMap::<(Code, Option<Code>, AdviceStatus), u16>::new();
        let advised = (1_u32..).zip(command.claims).map(|(sequence, advice)| {
            let alike = (advice.account.clone(), advice.payer_claim_number.clone(), advice.status);
            let occurrence = seen.entry(alike).or_default();
            *occurrence = occurrence.saturating_add(1);
            let (occurrence, payment) = (*occurrence, command.payment.clone());
            let paid_on = command.paid_on;
            ClaimAdvised { advice, occurrence, paid_on, payment, sequence }.into()
        });
        Ok([received.into()].into_iter().chain(advised).collect())
    }

    pub(super) fn match_deposit(&self, command: MatchDeposit) -> Decision {
        let MatchDeposit { amount, deposited_on, reference } = command;
        let paid = self.known()?.paid;
        if amount != paid {
            return Err(RemittanceError::OtherDeposit { deposited: amount, paid });
        }
        if self.deposit.is_some() {
            return Ok(vec![]);
        }
        Ok(vec![DepositMatched { amount, deposited_on, reference }.into()])
    }

    pub(super) fn known(&self) -> Result<&Received, RemittanceError> {
        self.received.as_ref().ok_or(RemittanceError::Unknown)
    }
}

/// Nothing is taken in unless all of it adds up.
fn add_up(command: &Receive) -> Result<(), RemittanceError> {
    let paid = command.paid;
    if paid.is_negative() {
        return Err(RemittanceError::NegativePayment { paid });
    }
    let out = |claim: &RemittedClaim, sequence, imbalance, line| RemittanceError::ClaimUnbalanced {
        account: claim.account.clone(),
        imbalance,
        line,
        sequence,
    };
    for (sequence, claim) in (1_u32..).zip(&command.claims) {
        if let Some(imbalance) = balance::of_claim(claim)? {
            return Err(out(claim, sequence, imbalance, None));
        }
        if command.lines == LineRule::PostClaim {
            continue;
        }
        for (number, line) in (1_usize..).zip(&claim.lines) {
            if let Some(imbalance) = balance::of_line(line)? {
                return Err(out(claim, sequence, imbalance, Some(number)));
            }
        }
    }
    let claims = command.claims.iter().map(|claim| claim.paid);
    let adjustments = command.provider_adjustments.iter().map(|adjustment| adjustment.amount);
    match balance::of_payment(paid, claims, adjustments)? {
        Some(imbalance) => Err(RemittanceError::Unbalanced { imbalance }),
        None => Ok(()),
    }
}

/// What tells one content from another. When it is entered is not part of it.
#[derive(Serialize)]
struct Content<'a> {
    claims: &'a [RemittedClaim],
    method: &'a Code,
    paid: Money,
    paid_on: time::Date,
    provider_adjustments: &'a [ProviderAdjustment],
}

fn digest(command: &Receive) -> Result<Code, RemittanceError> {
    let content = Content {
        claims: &command.claims,
        method: &command.method,
        paid: command.paid,
        paid_on: command.paid_on,
        provider_adjustments: &command.provider_adjustments,
    };
    // Our contents always have a JSON form, and 64 hexadecimal digits are always a code.
    let bytes = crate::canonical(&content).map_err(|_| RemittanceError::AmountOutOfRange)?;
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
    digest.parse().map_err(|_| RemittanceError::AmountOutOfRange)
}
