//! What a delegation remembers, decides and hears.

use std::collections::BTreeSet;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use super::{Configure, Configured, DelegationCommand, DelegationError, DelegationEvent, Terms};
use crate::{
    decide::Decider,
    statement::Channel,
    values::{Currency, Money, Sealed},
};

/// Escalation levels are one digit.
const MOST_LEVELS: usize = 9;
/// Ten years.
const LATEST_DAY: u16 = 3_650;
/// A month.
const MOST_HOURS: u16 = 720;
/// Five years.
const MOST_MONTHS: u16 = 60;

/// What the founder lets the agent do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Delegation {
    configured: Option<Configured>,
}

/// The sealed credentials; `None` where none was given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Credentials<'a> {
    /// Of the letter service.
    pub lob_api_key: Option<&'a Sealed<String>>,
    /// Of the e-mail service.
    pub postmark_api_key: Option<&'a Sealed<String>>,
    /// Of the text-message service.
    pub twilio_account_sid: Option<&'a Sealed<String>>,
}

impl Delegation {
    /// The settings in force. The currency counts where nothing was configured.
    pub fn terms(&self, currency: Currency) -> Terms {
        let configured = self.configured.as_ref();
        configured
            .map_or_else(|| Terms::unconfigured(currency), |configured| configured.terms.clone())
    }

    /// The credentials.
    pub fn credentials(&self) -> Credentials<'_> {
        let configured = self.configured.as_ref();
        Credentials {
            lob_api_key: configured.and_then(|known| known.lob_api_key.as_ref()),
            postmark_api_key: configured.and_then(|known| known.postmark_api_key.as_ref()),
            twilio_account_sid: configured.and_then(|known| known.twilio_account_sid.as_ref()),
        }
    }

    fn configure(&self, command: Configure) -> Result<Vec<DelegationEvent>, DelegationError> {
        let before = self.terms(command.currency);
        let terms = changed(&before, &command);
        check(&terms, &before, command.currency)?;
        let Configure { lob_api_key, postmark_api_key, twilio_account_sid, .. } = command;
        let no_secret =
            lob_api_key.is_none() && postmark_api_key.is_none() && twilio_account_sid.is_none();
        if no_secret && terms == before {
            return Ok(vec![]);
        }
        let known = self.configured.clone();
        let (lob, postmark, twilio) = known.map_or((None, None, None), |known| {
            (known.lob_api_key, known.postmark_api_key, known.twilio_account_sid)
        });
        let configured = Configured {
            lob_api_key: lob_api_key.or(lob),
            postmark_api_key: postmark_api_key.or(postmark),
            terms: Terms { revision: before.revision.saturating_add(1), ..terms },
            twilio_account_sid: twilio_account_sid.or(twilio),
        };
        Ok(vec![Box::new(configured).into()])
    }
}

fn changed(before: &Terms, command: &Configure) -> Terms {
    let new = command.clone();
    let old = before.clone();
    Terms {
        ai_autonomous_approval_threshold: new
            .ai_autonomous_approval_threshold
            .unwrap_or(old.ai_autonomous_approval_threshold),
        auto_escalate_overdue: new.auto_escalate_overdue.unwrap_or(old.auto_escalate_overdue),
        auto_offer_payment_plans: new
            .auto_offer_payment_plans
            .unwrap_or(old.auto_offer_payment_plans),
        auto_send_statements: new.auto_send_statements.unwrap_or(old.auto_send_statements),
        email_failover_to_mail: new.email_failover_to_mail.unwrap_or(old.email_failover_to_mail),
        enabled: new.enabled.unwrap_or(old.enabled),
        escalation_schedule_days: new
            .escalation_schedule_days
            .unwrap_or(old.escalation_schedule_days),
        failover_delay_hours: new.failover_delay_hours.unwrap_or(old.failover_delay_hours),
        founder_user_id: new.founder_user_id.or(old.founder_user_id),
        hard_boundaries: new.hard_boundaries.unwrap_or(old.hard_boundaries),
        payment_plan_max_months: new.payment_plan_max_months.unwrap_or(old.payment_plan_max_months),
        payment_plan_min_balance: new
            .payment_plan_min_balance
            .unwrap_or(old.payment_plan_min_balance),
        preferred_channel_order: new.preferred_channel_order.unwrap_or(old.preferred_channel_order),
        revision: old.revision,
    }
}

fn check(terms: &Terms, before: &Terms, currency: Currency) -> Result<(), DelegationError> {
    for amount in [terms.ai_autonomous_approval_threshold, terms.payment_plan_min_balance] {
        check_amount(amount, currency)?;
    }
    if let Some(boundary) = before.hard_boundaries.difference(&terms.hard_boundaries).next() {
        return Err(DelegationError::BoundaryRemoved { boundary: *boundary });
    }
    let channels = &terms.preferred_channel_order;
    let distinct: BTreeSet<&Channel> = channels.iter().collect();
    if channels.is_empty() || distinct.len() != channels.len() {
        return Err(DelegationError::ChannelOrder { channels: channels.clone() });
    }
    let days = &terms.escalation_schedule_days;
    let rises = days.windows(2).all(|pair| pair[0] < pair[1]);
    let within = days.iter().all(|day| (1..=LATEST_DAY).contains(day));
    if !(1..=MOST_LEVELS).contains(&days.len()) || !rises || !within {
        let (days, latest, most) = (days.clone(), LATEST_DAY, MOST_LEVELS);
        return Err(DelegationError::Schedule { days, latest, most });
    }
    let ranges = [
        ("failover_delay_hours", terms.failover_delay_hours, 0, MOST_HOURS),
        ("payment_plan_max_months", terms.payment_plan_max_months, 1, MOST_MONTHS),
    ];
    for (setting, given, least, most) in ranges {
        if !(least..=most).contains(&given) {
            return Err(DelegationError::OutOfRange { given, least, most, setting });
        }
    }
    Ok(())
}

fn check_amount(amount: Money, currency: Currency) -> Result<(), DelegationError> {
    if amount.currency() != currency {
        return Err(DelegationError::CurrencyMismatch { currency, given: amount.currency() });
    }
    if amount.is_negative() {
        return Err(DelegationError::AmountNegative { amount });
    }
    Ok(())
}

impl Decider for Delegation {
    fn decide(&self, command: DelegationCommand) -> Result<Vec<DelegationEvent>, DelegationError> {
        match command {
            DelegationCommand::Configure(command) => self.configure(*command),
        }
    }

    fn weight(&self) -> usize {
        1024
    }
}

impl Aggregate for Delegation {
    const TYPE: &'static str = "delegation";
    type Command = DelegationCommand;
    type Event = DelegationEvent;
    type Error = DelegationError;
    type Services = ();

    async fn handle(
        &mut self,
        command: DelegationCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), DelegationError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: DelegationEvent) {
        match event {
            DelegationEvent::Configured(event) => self.configured = Some(*event),
        }
    }
}
