//! Posting what payers answer.

use super::{
    Adjudicate, Adjudicated, Claim, ClaimError, Decision, Frequency, LineRule, PayerOrder,
    PostingKey, Reversed, Sorted, Status, aggregate::Posted, contract, outline::Outline, sorting,
    standing::Change,
};
use crate::{
    remittance::{AdviceStatus, balance},
    values::{Currency, Money},
};

impl Claim {
    pub(super) fn adjudicate(&self, command: Adjudicate) -> Decision {
        let outline = self.known()?;
        if self.filing.is_none() {
            return Err(ClaimError::NotSubmitted);
        }
        let key = command.key();
        if self.has_posted(&key) || self.reversals.contains(&key) {
            return Ok(vec![]);
        }
        if !command.advice.account.as_str().eq_ignore_ascii_case(outline.account.as_str()) {
            let (account, given) = (outline.account.clone(), command.advice.account);
            return Err(ClaimError::OtherAccount { account, given });
        }
        let (claim, given) = (outline.currency, command.advice.charge.currency());
        if claim != given {
            return Err(ClaimError::CurrencyMismatch { claim, given });
        }
        let unbalanced_lines = unbalanced(&command)?;
        if key.status == AdviceStatus::Reversal {
            self.reverse(&command, key)
        } else {
            self.answer(command, key, unbalanced_lines)
        }
    }

    fn answer(&self, command: Adjudicate, key: PostingKey, unbalanced_lines: u16) -> Decision {
        let outline = self.known()?;
        let before = self.standing()?;
        let (lines, mut sorted) = sorting::sort(&command.advice, &command.policy, outline)?;
        let is_preview = key.status == AdviceStatus::Predetermination;
        if is_preview {
            sorted = Sorted::none(outline.currency);
        }
        let mut answered = Adjudicated {
            adjustments: command.advice.adjustments,
            charge: command.advice.charge,
            payer_order: self.order_of(outline, &key),
            key,
            lines,
            paid_on: command.paid_on,
            patient_share_change: Money::zero(outline.currency),
            posted_on: command.posted_on,
            sorted,
            standing: before,
            unbalanced_lines,
        };
        let mut posted = self.posted.clone();
        posted.push(Posted::of(&answered));
        if !is_preview {
            sorted = contract::entered(self, &posted, sorted)?;
            answered.sorted = sorted;
        }
        let share = share(&posted, outline, self.patient_billed)?;
        let change = Change {
            adjusted_insurance: sorted.contractual.minor(),
            insurance_paid: sorted.paid.minor(),
            patient_share: difference(share, before.patient_share.minor())?,
            ..Change::default()
        };
        let status = if is_preview { self.status() } else { self.status_by(&posted) };
        answered.patient_share_change = Money::from_minor(change.patient_share, outline.currency);
        answered.standing = before.after(change, status)?;
        Ok(vec![answered.into()])
    }

    /// The mirror of what was posted, not of what the reversal says; the two are compared. What
    /// another payer takes off as well stays off.
    fn reverse(&self, command: &Adjudicate, key: PostingKey) -> Decision {
        let outline = self.known()?;
        let before = self.standing()?;
        let Some(place) = self.reversible(command, &key) else {
            let payer_claim_number = key.payer_claim_number;
            return Err(ClaimError::NothingToReverse { payer_claim_number });
        };
        let mut posted = self.posted.clone();
        posted[place].reversed = true;
        let original = &self.posted[place];
        let mirror = original.sorted(outline.currency).negated()?;
        let sorted = contract::entered(self, &posted, mirror)?;
        let share = share(&posted, outline, self.patient_billed)?;
        let change = Change {
            adjusted_insurance: sorted.contractual.minor(),
            insurance_paid: sorted.paid.minor(),
            patient_share: difference(share, before.patient_share.minor())?,
            ..Change::default()
        };
        let standing = before.after(change, self.status_by(&posted))?;
        let reversed = Reversed {
            difference: command.advice.paid.minus(sorted.paid)?,
            key,
            patient_share_change: Money::from_minor(change.patient_share, outline.currency),
            payer_order: original.order,
            posted_on: command.posted_on,
            reverses: original.key.clone(),
            sorted,
            standing,
        };
        let mut events = vec![reversed.into()];
        let is_voiding =
            self.filing.as_ref().is_some_and(|filing| filing.frequency == Frequency::Void);
        let is_bare = !posted.iter().any(Posted::stands);
        if is_voiding && is_bare && self.status() != Status::Voided {
            events.push(self.voided_from(standing, None, command.posted_on)?.into());
        }
        Ok(events)
    }

    /// The answer that mirrors the reversal; failing that, the oldest that stands. A correction,
    /// paid later or in the same payment, is not what is taken back, even if it came first.
    fn reversible(&self, command: &Adjudicate, key: &PostingKey) -> Option<usize> {
        let fits = |posted: &Posted| {
            let number = &posted.key.payer_claim_number;
            posted.stands()
                && posted.key.payment.payer_id == key.payment.payer_id
                && (key.payer_claim_number.is_none() || *number == key.payer_claim_number)
                && posted.paid_on <= command.paid_on
        };
        let advice = &command.advice;
        let mirrors = |posted: &Posted| {
            posted.charge.checked_neg() == Some(advice.charge.minor())
                && posted.paid.checked_neg() == Some(advice.paid.minor())
        };
        let exact = self.posted.iter().position(|posted| fits(posted) && mirrors(posted));
        let earlier = |posted: &Posted| fits(posted) && posted.key.payment != key.payment;
        exact.or_else(|| self.posted.iter().position(earlier))
    }

    /// In whose place the payer answers: it says so, or its id does, or it is whom we asked.
    fn order_of(&self, outline: &Outline, key: &PostingKey) -> PayerOrder {
        match key.status {
            AdviceStatus::Primary | AdviceStatus::PrimaryForwarded => PayerOrder::Primary,
            AdviceStatus::Secondary | AdviceStatus::SecondaryForwarded => PayerOrder::Secondary,
            AdviceStatus::Tertiary | AdviceStatus::TertiaryForwarded => PayerOrder::Tertiary,
            AdviceStatus::Denied
            | AdviceStatus::NotOursForwarded
            | AdviceStatus::Predetermination
            | AdviceStatus::Reversal => {
                let asked = self.filing.as_ref().map(|filing| filing.payer_order);
                let payers = PayerOrder::ALL.into_iter().zip(&outline.payers);
                let by_id =
                    |payer: &super::outline::OutlinePayer| payer.payer_id == key.payment.payer_id;
                payers
                    .filter(|(_, payer)| by_id(payer))
                    .map(|(order, _)| order)
                    .next()
                    .or(asked)
                    .unwrap_or(PayerOrder::Primary)
            }
        }
    }

    /// Where the claim stands by the answers that stand.
    pub(super) fn status_by(&self, posted: &[Posted]) -> Status {
        if self.status() == Status::Voided {
            return Status::Voided;
        }
        if self.appeal.is_some() {
            return Status::Appealed;
        }
        match posted.iter().rfind(|posted| posted.stands()) {
            Some(last) if last.key.status == AdviceStatus::Denied => Status::Denied,
            Some(_) => Status::Adjudicated,
            None => Status::Reversed,
        }
    }
}

impl Posted {
    /// Not taken back, and more than a preview.
    pub(super) fn stands(&self) -> bool {
        !self.reversed && self.key.status != AdviceStatus::Predetermination
    }

    fn sorted(&self, currency: Currency) -> Sorted {
        let money = |minor| Money::from_minor(minor, currency);
        Sorted {
            contractual: money(self.contractual),
            open: money(self.open),
            paid: money(self.paid),
            patient: money(self.patient),
            prior: money(self.prior),
        }
    }
}

/// What the patient owes by the answers that stand: what the last payer in order leaves to the
/// patient. While a further payer is expected it is nothing: the balance goes there first. A
/// later payer's word replaces an earlier one's.
pub(super) fn share(
    posted: &[Posted],
    outline: &Outline,
    patient_billed: bool,
) -> Result<i64, ClaimError> {
    let standing = || posted.iter().filter(|posted| posted.stands());
    let Some(last) = standing().map(|posted| posted.order).max() else { return Ok(0) };
    let mut of_last = standing().filter(|posted| posted.order == last);
    let goes_on = last.index() + 1 < outline.payers.len()
        || of_last.clone().any(|posted| posted.key.status.is_forwarded());
    if goes_on && !patient_billed {
        return Ok(0);
    }
    of_last.try_fold(0_i64, |sum, posted| {
        sum.checked_add(posted.patient).ok_or(ClaimError::AmountOutOfRange)
    })
}

fn difference(to: i64, from: i64) -> Result<i64, ClaimError> {
    to.checked_sub(from).ok_or(ClaimError::AmountOutOfRange)
}

/// How many lines do not add up, where that is no reason to refuse.
fn unbalanced(command: &Adjudicate) -> Result<u16, ClaimError> {
    if let Some(imbalance) = balance::of_claim(&command.advice)? {
        return Err(ClaimError::Unbalanced { imbalance, line: None });
    }
    let mut lines = 0_u16;
    for (number, line) in (1_usize..).zip(&command.advice.lines) {
        if let Some(imbalance) = balance::of_line(line)? {
            if command.policy.lines == LineRule::Refuse {
                return Err(ClaimError::Unbalanced { imbalance, line: Some(number) });
            }
            lines = lines.saturating_add(1);
        }
    }
    Ok(lines)
}
