//! Cycles: when one starts, at which instant a patient must be active to be billed for it, and
//! on which terms.

use time::{Date, OffsetDateTime};

use super::{CycleStarted, Decision, StartCycle, Status, Subscription, SubscriptionError};
use crate::{
    patient_activation::{ChargeTerms, CycleTerms},
    values::{Code, Cycle, CycleKey, Rate},
};

impl Subscription {
    /// Starts a cycle: the latest one known or a later one, once its first instant has come.
    pub(super) fn start_cycle(&self, StartCycle { cycle: key, now }: StartCycle) -> Decision {
        let account = self.standing_account()?;
        match self.last_started_cycle {
            Some(last) if key == last => return Ok(vec![]),
            Some(last) if key < last => {
                return Err(SubscriptionError::CyclePast { asked: key, last });
            }
            None | Some(_) => {}
        }
        let starts_at = account.cycle.starts_at(&account.cycle.cycle(key)?)?;
        if starts_at > now {
            return Err(SubscriptionError::CycleNotBegun { cycle: key, now, starts_at });
        }
        if self.cycle_charge(key, now)?.is_none() {
            return Err(self.paused_error(starts_at));
        }
        Ok(vec![CycleStarted { cycle: key, starts_at }.into()])
    }

    /// Whether billing runs now.
    ///
    /// # Errors
    ///
    /// [`SubscriptionError::Unknown`] before the account is opened,
    /// [`SubscriptionError::Paused`], [`SubscriptionError::Canceled`].
    pub fn billing_allowed(&self) -> Result<(), SubscriptionError> {
        self.standing_account()?;
        match self.current_pause() {
            Some(pause) => Err(self.paused_error(pause.from_at)),
            None => Ok(()),
        }
    }

    /// The rate in force on a day, and its jurisdiction: the one with the latest first day up to
    /// then; zero where none is configured.
    pub fn tax_on(&self, day: Date) -> (Rate, Option<Code>) {
        self.taxes
            .range(..=day)
            .next_back()
            .map_or((Rate::ZERO, None), |(_, tax)| (tax.rate, Some(tax.jurisdiction.clone())))
    }

    /// Price, tax and invoice dates of a cycle.
    ///
    /// # Errors
    ///
    /// [`SubscriptionError::Unknown`] before the account is opened.
    pub fn charge_terms(&self, cycle: &Cycle) -> Result<ChargeTerms, SubscriptionError> {
        let account = self.opened_account()?;
        Ok(ChargeTerms {
            currency: account.currency,
            fee: account.prices.activation_fee,
            payment_terms_days: account.payment_terms_days,
            rounding: account.rounding,
            period_ends_on: cycle.ends_on,
            period_starts_on: cycle.starts_on,
            tax_rate: self.tax_on(cycle.starts_on).0,
        })
    }

    /// The cycle that an activation at this instant is billed in, and on which terms.
    ///
    /// # Errors
    ///
    /// As [`Self::billing_allowed`]; [`SubscriptionError::Paused`] also where billing rested at
    /// that instant; [`SubscriptionError::Cycle`] for an instant beyond the calendar.
    pub fn charge_for_activation(
        &self,
        at: OffsetDateTime,
    ) -> Result<CycleTerms, SubscriptionError> {
        self.billing_allowed()?;
        if let Some(pause) = self.pauses.iter().find(|pause| pause.covers(at)) {
            return Err(self.paused_error(pause.from_at));
        }
        let cycle = self.opened_account()?.cycle.cycle_at(at)?;
        Ok(CycleTerms { cycle, terms: self.charge_terms(&cycle)? })
    }

    /// The instant at which a patient must be active to be billed for a cycle, and the terms:
    /// the cycle's first instant, or the end of the pause it falls into where that has come and
    /// lies within the cycle. `None` where there is no such instant, because the account is not
    /// open, the cycle has not begun, or billing rests through all of it so far.
    ///
    /// # Errors
    ///
    /// [`SubscriptionError::Cycle`] for a cycle beyond the calendar.
    pub fn cycle_charge(
        &self,
        key: CycleKey,
        now: OffsetDateTime,
    ) -> Result<Option<(OffsetDateTime, CycleTerms)>, SubscriptionError> {
        let Some(account) = &self.account else { return Ok(None) };
        let cycle = account.cycle.cycle(key)?;
        let ends_at = account.cycle.ends_at(&cycle)?;
        let mut active_at = account.cycle.starts_at(&cycle)?;
        // Pauses are in order, so one walk also carries over pauses that touch each other.
        for pause in &self.pauses {
            if pause.covers(active_at) {
                match pause.to_at {
                    Some(to_at) => active_at = to_at,
                    None => return Ok(None),
                }
            }
        }
        let canceled = self.canceled_at.is_some_and(|canceled_at| active_at >= canceled_at);
        if canceled || active_at >= ends_at || active_at > now {
            return Ok(None);
        }
        let terms = self.charge_terms(&cycle)?;
        Ok(Some((active_at, CycleTerms { cycle, terms })))
    }

    /// The refusal for a time at which billing rests.
    fn paused_error(&self, at: OffsetDateTime) -> SubscriptionError {
        let pause = self.pauses.iter().rev().find(|pause| pause.covers(at));
        SubscriptionError::Paused {
            paused_at: pause.map_or(at, |pause| pause.from_at),
            reason_code: pause.map(|pause| pause.reason_code.clone()),
        }
    }

    pub(super) fn current_pause(&self) -> Option<&super::PauseSpan> {
        if self.status == Status::Paused { self.pauses.last() } else { None }
    }
}
