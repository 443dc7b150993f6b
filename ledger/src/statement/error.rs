//! Why a statement says no.

use serde::Serialize;
use serde_json::Value;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Boundary, Channel, Lifecycle};
use crate::{
    decide::{Refusal, RefusalKind},
    values::{Currency, Money, MoneyError, StatementId},
};

/// Why a statement says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum StatementError {
    /// Nothing is known under this id.
    #[error("nothing is known under this id")]
    Unknown,
    /// It was drawn up before, with other content.
    #[error("the statement exists with other content")]
    Exists,
    /// The agent may not.
    #[error("the agent may not do this")]
    Beyond {
        /// What stands in the way.
        boundary: Boundary,
    },
    /// Only the founder may.
    #[error("only the founder may do this")]
    FounderOnly,
    /// Two currencies.
    #[error("{given} given, the statement is in {statement}")]
    CurrencyMismatch {
        /// The currency that was given.
        given: Currency,
        /// The statement's.
        statement: Currency,
    },
    /// Beyond 64-bit minor units.
    #[error("amount out of range")]
    AmountOutOfRange,
    /// Nothing, or less.
    #[error("an amount of {amount} is not above zero")]
    AmountNotPositive {
        /// Asked.
        amount: Money,
    },
    /// Less than nothing.
    #[error("an amount of {amount} is below zero")]
    AmountNegative {
        /// Asked.
        amount: Money,
    },
    /// No charge, or too many.
    #[error("{count} charges given where a statement holds 1 to {most}")]
    Charges {
        /// Given.
        count: usize,
        /// Allowed.
        most: usize,
    },
    /// The charges come to something else.
    #[error("the charges come to {charges}, the total says {total}")]
    NotTheSum {
        /// Of the charges.
        charges: Money,
        /// As given.
        total: Money,
    },
    /// Nothing is due.
    #[error("nothing is due: the balance is {balance_due}")]
    NothingDue {
        /// The balance.
        balance_due: Money,
    },
    /// To be paid before it is drawn up, or beyond the calendar.
    #[error("the last day to pay is not a day after the statement's")]
    DueDay {
        /// Asked.
        due_on: Option<Date>,
    },
    /// The store gave no number.
    #[error("the statement has no number")]
    NumberMissing,
    /// It is over, or replaced.
    #[error("the statement is {lifecycle_state} and no longer counts")]
    Closed {
        /// Where it stands.
        lifecycle_state: Lifecycle,
        /// The statement in its place, if there is one.
        superseded_by: Option<StatementId>,
    },
    /// It may not go out yet.
    #[error("the statement is not finalized")]
    NotFinalized,
    /// It was sent: another one must take its place.
    #[error("the statement was sent and stays as it was sent")]
    AlreadySent,
    /// A claim holds the money, or none does.
    #[error("the claim behind the statement must be told instead")]
    ClaimHolds,
    /// No claim is behind it.
    #[error("no claim is behind the statement")]
    NoClaim,
    /// The patient cannot be reached.
    #[error("nobody knows how to reach the patient in this way")]
    NoContact {
        /// Asked; `None` for any.
        channel: Option<Channel>,
    },
    /// No such delivery.
    #[error("delivery {delivery} is not known")]
    UnknownDelivery {
        /// Asked.
        delivery: u16,
    },
    /// It is no e-mail or text message that failed.
    #[error("delivery {delivery} is no e-mail or text message that failed")]
    NotAFailedMessage {
        /// Asked.
        delivery: u16,
    },
    /// Not yet.
    #[error("the letter is not due yet")]
    FailoverNotDue {
        /// When it is; `None` where it was not scheduled.
        next_retry_at: Option<OffsetDateTime>,
    },
    /// Not so long past due.
    #[error("the statement is {days_overdue} days past due, the level begins at {needed}")]
    NotOverdue {
        /// Days past due.
        days_overdue: i64,
        /// Days that the level needs.
        needed: u16,
    },
    /// The schedule has no such level.
    #[error("the schedule has {levels} levels")]
    UnknownLevel {
        /// How many.
        levels: usize,
    },
    /// A higher level was reached.
    #[error("level {reached} was reached")]
    LevelPassed {
        /// The highest.
        reached: u8,
    },
    /// The patient keeps to a plan, or was offered one.
    #[error("a payment plan is open")]
    PlanOpen {
        /// Which.
        plan_id: Uuid,
    },
    /// No such plan, or not in this state.
    #[error("there is no such plan in this state")]
    NoSuchPlan {
        /// Asked.
        plan_id: Uuid,
    },
    /// So many instalments cannot be.
    #[error("{months} instalments cannot be; {most} can at most")]
    Months {
        /// Asked.
        months: u16,
        /// Possible.
        most: u16,
    },
    /// The payment is known with another amount.
    #[error("the payment is known with an amount of {amount}")]
    PaymentExists {
        /// Known.
        amount: Money,
        /// Which.
        payment_id: Uuid,
    },
    /// No such payment, refund or adjustment.
    #[error("it is not on the statement")]
    UnknownMoney {
        /// Asked.
        id: Uuid,
    },
    /// More than there is.
    #[error("{asked} asked, {there} there")]
    MoreThanThereIs {
        /// Asked.
        asked: Money,
        /// Due, or left.
        there: Money,
    },
    /// What the patient paid stands.
    #[error("the patient's payments of {patient_paid} stand")]
    HasPayments {
        /// How much.
        patient_paid: Money,
    },
}

impl Refusal for StatementError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "statement.unknown",
            Self::Exists => "statement.exists",
            Self::Beyond { boundary } => boundary.code(),
            Self::FounderOnly => "statement.founder_only",
            Self::CurrencyMismatch { .. } => "statement.currency_mismatch",
            Self::AmountOutOfRange => "statement.amount_out_of_range",
            Self::AmountNotPositive { .. } => "statement.amount_not_positive",
            Self::AmountNegative { .. } => "statement.amount_negative",
            Self::Charges { .. } => "statement.charges",
            Self::NotTheSum { .. } => "statement.not_the_sum",
            Self::NothingDue { .. } => "statement.nothing_due",
            Self::DueDay { .. } => "statement.due_day",
            Self::NumberMissing => "statement.number_missing",
            Self::Closed { .. } => "statement.closed",
            Self::NotFinalized => "statement.not_finalized",
            Self::AlreadySent => "statement.already_sent",
            Self::ClaimHolds => "statement.claim_holds",
            Self::NoClaim => "statement.no_claim",
            Self::NoContact { .. } => "statement.no_contact",
            Self::UnknownDelivery { .. } => "statement.unknown_delivery",
            Self::NotAFailedMessage { .. } => "statement.not_a_failed_message",
            Self::FailoverNotDue { .. } => "statement.failover_not_due",
            Self::NotOverdue { .. } => "statement.not_overdue",
            Self::UnknownLevel { .. } => "statement.unknown_level",
            Self::LevelPassed { .. } => "statement.level_passed",
            Self::PlanOpen { .. } => "statement.plan_open",
            Self::NoSuchPlan { .. } => "statement.no_such_plan",
            Self::Months { .. } => "statement.months",
            Self::PaymentExists { .. } => "statement.payment_exists",
            Self::UnknownMoney { .. } => "statement.unknown_money",
            Self::MoreThanThereIs { .. } => "statement.more_than_there_is",
            Self::HasPayments { .. } => "statement.has_payments",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::Beyond { .. } | Self::FounderOnly => RefusalKind::NotAllowed,
            Self::CurrencyMismatch { .. }
            | Self::AmountOutOfRange
            | Self::AmountNotPositive { .. }
            | Self::AmountNegative { .. }
            | Self::Charges { .. }
            | Self::NotTheSum { .. }
            | Self::NothingDue { .. }
            | Self::DueDay { .. }
            | Self::NumberMissing
            | Self::UnknownLevel { .. }
            | Self::Months { .. } => RefusalKind::Invalid,
            Self::Exists | Self::PaymentExists { .. } => RefusalKind::Conflict,
            Self::Closed { .. }
            | Self::NotFinalized
            | Self::AlreadySent
            | Self::ClaimHolds
            | Self::NoClaim
            | Self::NoContact { .. }
            | Self::UnknownDelivery { .. }
            | Self::NotAFailedMessage { .. }
            | Self::FailoverNotDue { .. }
            | Self::NotOverdue { .. }
            | Self::LevelPassed { .. }
            | Self::PlanOpen { .. }
            | Self::NoSuchPlan { .. }
            | Self::UnknownMoney { .. }
            | Self::MoreThanThereIs { .. }
            | Self::HasPayments { .. } => RefusalKind::NotNow,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// Two currencies met, or an amount left 64 bits.
impl From<MoneyError> for StatementError {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::CurrencyMismatch { left, right } => {
                Self::CurrencyMismatch { given: right, statement: left }
            }
            MoneyError::NotANumber
            | MoneyError::TooFine { .. }
            | MoneyError::OutOfRange
            | MoneyError::UnknownCurrency => Self::AmountOutOfRange,
        }
    }
}
