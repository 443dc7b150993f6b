//! Writing to the patient, and what became of it.

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, serde::rfc3339};

use super::{By, Lifecycle, Rationale};
use crate::{
    statement::Channel,
    values::{AnonymousRef, Code, Money, Sealed},
};

/// Why something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A letter after an e-mail that failed.
    Failover,
    /// A reminder after a level of the schedule was reached.
    FollowUp,
    /// Once more, because a person wants it.
    Resend,
    /// The statement itself.
    Statement,
}

/// See [`super::StatementEvent::Sent`]: a delivery begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// Whether the agent's rule chose the channel.
    pub ai_selected_channel: bool,
    /// What is due.
    pub balance_due: Money,
    /// Who.
    pub by: By,
    /// Whether the letter is certified.
    pub certified: bool,
    /// In which way.
    pub channel: Channel,
    /// Counts the statement's deliveries, from 1.
    pub delivery: u16,
    /// Where an e-mail goes.
    pub email_address: Option<Sealed<String>>,
    /// The level of the schedule that it reminds of, if it does.
    pub level: Option<u8>,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
    /// Where a text message goes.
    pub phone: Option<Sealed<String>>,
    /// Where a letter goes.
    pub physical_address: Option<Sealed<String>>,
    /// Why.
    pub purpose: Purpose,
    /// Why this channel.
    pub rationale: Rationale,
    /// The failed delivery that it follows, if it does.
    pub replaces: Option<u16>,
    /// How often delivery was tried before.
    pub retry_count: u16,
    /// When.
    #[serde(with = "rfc3339")]
    pub sent_at: OffsetDateTime,
    /// How often writing to the patient in this way succeeded, in hundredths of a percent.
    pub success_rate_bp: Option<u16>,
}

/// See [`super::StatementEvent::DeliverySucceeded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliverySucceeded {
    /// When.
    #[serde(with = "rfc3339")]
    pub attempted_at: OffsetDateTime,
    /// In which way.
    pub channel: Channel,
    /// What a letter costs.
    pub cost: Option<Money>,
    /// Which.
    pub delivery: u16,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The carrier's own id of it.
    pub message_id: Option<Code>,
    /// The patient.
    pub patient: AnonymousRef,
}

/// See [`super::StatementEvent::DeliveryFailed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryFailed {
    /// When.
    #[serde(with = "rfc3339")]
    pub attempted_at: OffsetDateTime,
    /// In which way.
    pub channel: Channel,
    /// Which.
    pub delivery: u16,
    /// Why.
    pub failure_code: Code,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
}

/// See [`super::StatementEvent::FailoverScheduled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailoverScheduled {
    /// Who.
    pub by: By,
    /// The founder's settings it was scheduled under; nothing where a person did.
    pub delegation_revision: Option<u32>,
    /// Which delivery failed.
    pub delivery: u16,
    /// Not before then.
    #[serde(with = "rfc3339")]
    pub next_retry_at: OffsetDateTime,
}

/// See [`super::StatementEvent::Delivered`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// In which way.
    pub channel: Channel,
    /// When.
    #[serde(with = "rfc3339")]
    pub delivered_at: OffsetDateTime,
    /// Which.
    pub delivery: u16,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
}

/// See [`super::StatementEvent::Opened`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// In which way.
    pub channel: Channel,
    /// Which.
    pub delivery: u16,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// When.
    #[serde(with = "rfc3339")]
    pub opened_at: OffsetDateTime,
    /// The patient.
    pub patient: AnonymousRef,
}

/// See [`super::StatementEvent::Bounced`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounced {
    /// When.
    #[serde(with = "rfc3339")]
    pub bounced_at: OffsetDateTime,
    /// In which way.
    pub channel: Channel,
    /// Which.
    pub delivery: u16,
    /// Why.
    pub failure_code: Code,
    /// Where it stands now.
    pub lifecycle_state: Lifecycle,
    /// The patient.
    pub patient: AnonymousRef,
}
