//! Whether billing runs: trial, active, past due, paused, canceled.

use time::OffsetDateTime;

use super::{
    Activate, Activated, Cancel, Canceled, Decision, MarkPastDue, PastDueMarked, Pause, Paused,
    Resume, Resumed, StartTrial, Status, Subscription, SubscriptionError, TrialStarted,
};

impl Subscription {
    /// Begins a trial, or moves its end.
    pub(super) fn start_trial(&self, StartTrial { ends_on }: StartTrial) -> Decision {
        self.billing_allowed()?;
        match self.status {
            Status::Trialing if self.trial_ends_on == Some(ends_on) => Ok(vec![]),
            Status::PastDue => Err(SubscriptionError::NotActive { status: self.status }),
            Status::Inactive
            | Status::Trialing
            | Status::Active
            | Status::Paused
            | Status::Canceled => Ok(vec![TrialStarted { ends_on }.into()]),
        }
    }

    /// Makes billing active: ends a trial, clears past due.
    pub(super) fn activate(&self, Activate { activated_at }: Activate) -> Decision {
        self.billing_allowed()?;
        if self.status == Status::Active {
            return Ok(vec![]);
        }
        Ok(vec![Activated { activated_at }.into()])
    }

    /// Notes that the org owes too long.
    pub(super) fn mark_past_due(&self, command: MarkPastDue) -> Decision {
        self.billing_allowed()?;
        if self.status == Status::PastDue {
            return Ok(vec![]);
        }
        let MarkPastDue { marked_at, reason_code } = command;
        Ok(vec![PastDueMarked { marked_at, reason_code }.into()])
    }

    /// Cancels the account for good.
    pub(super) fn cancel(&self, Cancel { canceled_at, reason_code }: Cancel) -> Decision {
        self.opened_account()?;
        if self.status == Status::Canceled {
            return Ok(vec![]);
        }
        Ok(vec![Canceled { canceled_at, reason_code }.into()])
    }

    /// Pauses billing; plan, prices and limits stay.
    pub(super) fn pause(&self, Pause { paused_at, reason_code }: Pause) -> Decision {
        self.standing_account()?;
        if let Some(pause) = self.current_pause() {
            return if pause.reason_code == reason_code {
                Ok(vec![])
            } else {
                Err(SubscriptionError::PausedOtherwise {
                    paused_at: pause.from_at,
                    reason_code: pause.reason_code.clone(),
                })
            };
        }
        self.require_order(paused_at)?;
        Ok(vec![Paused { paused_at, reason_code }.into()])
    }

    /// Resumes billing.
    pub(super) fn resume(&self, Resume { reason_code, resumed_at }: Resume) -> Decision {
        self.standing_account()?;
        if self.status != Status::Paused {
            return Err(SubscriptionError::NotPaused { status: self.status });
        }
        self.require_order(resumed_at)?;
        Ok(vec![Resumed { reason_code, resumed_at }.into()])
    }

    /// Pauses and resumptions come in the order in which they were true.
    fn require_order(&self, at: OffsetDateTime) -> Result<(), SubscriptionError> {
        let last = self.pauses.last().map(|pause| pause.to_at.unwrap_or(pause.from_at));
        match last {
            Some(last) if at < last => Err(SubscriptionError::OutOfOrder { at, last }),
            None | Some(_) => Ok(()),
        }
    }
}
