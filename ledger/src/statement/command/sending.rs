//! Orders to write to the patient, and news of what became of it.

use time::{Date, OffsetDateTime};

use crate::{
    statement::{Authority, Channel, History, Purpose},
    values::{Code, Money},
};

/// In which way a statement is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// As [`crate::statement::select_channel`] says.
    Best,
    /// As a person says.
    Channel(Channel),
}

/// See [`super::StatementCommand::Send`].
#[derive(Debug, Clone, PartialEq)]
pub struct Dispatch {
    /// Who.
    pub by: Authority,
    /// What became of earlier deliveries to the patient.
    pub history: History,
    /// The level it reminds of; for [`Purpose::FollowUp`].
    pub level: Option<u8>,
    /// In which way; a letter for [`Purpose::Failover`].
    pub pick: Pick,
    /// Why.
    pub purpose: Purpose,
    /// The failed delivery; for [`Purpose::Failover`].
    pub replaces: Option<u16>,
    /// When.
    pub sent_at: OffsetDateTime,
    /// The day of that, in the org's zone.
    pub sent_on: Date,
}

/// What a carrier says.
#[derive(Debug, Clone, PartialEq)]
pub enum Carried {
    /// It took it.
    Taken {
        /// What a letter costs.
        cost: Option<Money>,
        /// Its own id of it.
        message_id: Option<Code>,
    },
    /// It did not leave; why.
    Failed(Code),
}

/// See [`super::StatementCommand::RecordDelivery`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDelivery {
    /// When.
    pub attempted_at: OffsetDateTime,
    /// What the carrier says.
    pub carried: Carried,
    /// Which delivery.
    pub delivery: u16,
}

/// See [`super::StatementCommand::RecordDelivered`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordDelivered {
    /// When.
    pub delivered_at: OffsetDateTime,
    /// Which delivery.
    pub delivery: u16,
}

/// See [`super::StatementCommand::RecordOpened`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordOpened {
    /// Which delivery.
    pub delivery: u16,
    /// When.
    pub opened_at: OffsetDateTime,
}

/// See [`super::StatementCommand::RecordBounce`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordBounce {
    /// When.
    pub bounced_at: OffsetDateTime,
    /// Which delivery.
    pub delivery: u16,
    /// Why.
    pub failure_code: Code,
}

/// See [`super::StatementCommand::ScheduleFailover`].
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleFailover {
    /// Who.
    pub by: Authority,
    /// Which delivery failed.
    pub delivery: u16,
    /// When it failed: the wait counts from here.
    pub failed_at: OffsetDateTime,
}
