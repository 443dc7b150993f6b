//! Why, in words. Events keep codes and figures; the words are made where they are read.

use super::{Channel, Decided, FactorName, Rationale, Sent};

/// Why a channel was chosen, or something else was decided.
pub fn rationale_text(
    rationale: Rationale,
    channel: Option<Channel>,
    success_rate_bp: Option<u16>,
) -> String {
    let (name, contact) = channel.map_or(("Statement", "contact"), names);
    match rationale {
        Rationale::AboveThreshold => "Balance above the approval threshold".to_owned(),
        Rationale::ChosenByPerson => format!("{name} chosen by a person"),
        Rationale::ConfiguredOrder => {
            format!("{name} comes first in the configured order with valid {contact}")
        }
        Rationale::EmailFailed => "Physical mail after email failure".to_owned(),
        Rationale::HighBalance => "Balance above 1000: certified physical mail".to_owned(),
        Rationale::NoContact => "No way to reach the patient is known".to_owned(),
        Rationale::NotEntitled => {
            "Account paused or past due: nothing is sent by itself until it is in order".to_owned()
        }
        Rationale::OnlyContact => format!("{name} is the only way to reach the patient"),
        Rationale::Overdue => "Statement overdue".to_owned(),
        Rationale::PlanEligible => "Balance may be paid in instalments".to_owned(),
        Rationale::SuccessRate => {
            let percent = success_rate_bp.unwrap_or(0) / 100;
            format!("{name} success rate {percent}% with valid {contact}")
        }
        Rationale::TextFailed => "Physical mail after text message failure".to_owned(),
        Rationale::WithinThreshold => "Balance within the approval threshold".to_owned(),
    }
}

const fn names(channel: Channel) -> (&'static str, &'static str) {
    match channel {
        Channel::Email => ("Email", "email"),
        Channel::PhysicalMail => ("Mail", "address"),
        Channel::Sms => ("SMS", "phone number"),
        Channel::PatientPortal => ("Portal", "account"),
    }
}

impl Sent {
    /// Why this channel, in words (contract S4.11 `channel_selection_reason`).
    pub fn selection_reason(&self) -> String {
        rationale_text(self.rationale, Some(self.channel), self.success_rate_bp)
    }
}

impl Decided {
    /// Why, in words (contract S4.4 `decision_rationale`).
    pub fn text(&self) -> String {
        let value = |name: FactorName| {
            let of = |factor: &&super::Factor| {
                factor.name == name && (factor.channel.is_none() || factor.channel == self.channel)
            };
            self.factors_considered.iter().find(of).map(|factor| factor.value)
        };
        if let (Rationale::Overdue, Some(days)) = (self.rationale, value(FactorName::DaysOverdue)) {
            return format!("Statement {days} days overdue");
        }
        let attempts = value(FactorName::Attempts).filter(|attempts| *attempts > 0);
        let successes = value(FactorName::Successes);
        let rate = attempts.zip(successes).and_then(|(attempts, successes)| {
            u16::try_from(successes.saturating_mul(10_000) / attempts).ok()
        });
        rationale_text(self.rationale, self.channel, rate)
    }
}
