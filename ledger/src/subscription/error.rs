//! Why an account says no.

use serde::Serialize;
use serde_json::Value;
use time::{Date, OffsetDateTime, serde::rfc3339};
use uuid::Uuid;

use super::Status;
use crate::{
    decide::{Refusal, RefusalKind},
    values::{Code, Currency, CycleError, CycleKey, Money},
};

/// Why an account says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum SubscriptionError {
    /// The org has no account.
    #[error("the account is not opened")]
    Unknown,
    /// It was opened before, with other content.
    #[error("the account exists with other content and is {status}")]
    Exists {
        /// Where it stands.
        status: Status,
    },
    /// It is over for good.
    #[error("the account was canceled at {canceled_at}")]
    Canceled {
        /// When.
        #[serde(with = "rfc3339")]
        canceled_at: OffsetDateTime,
    },
    /// Billing rests.
    #[error("billing is paused since {paused_at}")]
    Paused {
        /// Since when.
        #[serde(with = "rfc3339")]
        paused_at: OffsetDateTime,
        /// Why.
        reason_code: Option<Code>,
    },
    /// Billing rests already, for another reason.
    #[error("billing is paused since {paused_at} for {reason_code}")]
    PausedOtherwise {
        /// Since when.
        #[serde(with = "rfc3339")]
        paused_at: OffsetDateTime,
        /// Why.
        reason_code: Code,
    },
    /// There is no pause to end.
    #[error("the account is {status}, not paused")]
    NotPaused {
        /// Where it stands.
        status: Status,
    },
    /// A trial begins on an account in order.
    #[error("the account is {status}, not active")]
    NotActive {
        /// Where it stands.
        status: Status,
    },
    /// Earlier than what is already known.
    #[error("{at} lies before the last change at {last}")]
    OutOfOrder {
        /// Asked.
        #[serde(with = "rfc3339")]
        at: OffsetDateTime,
        /// Known.
        #[serde(with = "rfc3339")]
        last: OffsetDateTime,
    },
    /// A later cycle has started.
    #[error("cycle {asked} asked, {last} has started")]
    CyclePast {
        /// Asked.
        asked: CycleKey,
        /// The latest that has started.
        last: CycleKey,
    },
    /// Its first instant lies ahead.
    #[error("cycle {cycle} starts at {starts_at}")]
    CycleNotBegun {
        /// Which.
        cycle: CycleKey,
        /// Now.
        #[serde(with = "rfc3339")]
        now: OffsetDateTime,
        /// Its first instant.
        #[serde(with = "rfc3339")]
        starts_at: OffsetDateTime,
    },
    /// Another currency than the account's.
    #[error("{given} given, the account is in {account}")]
    CurrencyMismatch {
        /// The account's.
        account: Currency,
        /// The currency that was given.
        given: Currency,
    },
    /// A price below zero.
    #[error("a price of {price} is below zero")]
    PriceNegative {
        /// Asked.
        price: Money,
    },
    /// A limit below zero or beyond exact JSON numbers.
    #[error("a limit of {limit} is out of range")]
    LimitOutOfRange {
        /// Asked; as text, since JSON may not carry it.
        limit: String,
    },
    /// Too long a time to pay.
    #[error("{days} days to pay asked, at most {most_days}")]
    PaymentTermsTooLong {
        /// Asked.
        days: u16,
        /// Allowed.
        most_days: u16,
    },
    /// Nothing, or less.
    #[error("an amount of {amount} is not above zero")]
    AmountNotPositive {
        /// Asked.
        amount: Money,
    },
    /// The payment is held with another amount.
    #[error("payment {payment_id} is held with an amount of {amount}")]
    PaymentExists {
        /// The amount that is known.
        amount: Money,
        /// Which.
        payment_id: Uuid,
    },
    /// No such payment was ever held.
    #[error("payment {payment_id} is not held")]
    PaymentUnknown {
        /// Which.
        payment_id: Uuid,
    },
    /// The payment is held with another amount.
    #[error("{given} given, payment {payment_id} is held with an amount of {amount}")]
    AmountDiffers {
        /// The amount that is known.
        amount: Money,
        /// Asked.
        given: Money,
        /// Which.
        payment_id: Uuid,
    },
    /// It belongs to an invoice.
    #[error("payment {payment_id} was given to invoice {to}")]
    PaymentReleased {
        /// Which.
        payment_id: Uuid,
        /// To which invoice.
        to: Uuid,
    },
    /// It was sent back.
    #[error("payment {payment_id} was sent back on {returned_on}")]
    PaymentReturned {
        /// Which.
        payment_id: Uuid,
        /// The day.
        returned_on: Date,
    },
    /// It is held on the account already.
    #[error("payment {payment_id} is held; no invoice has it")]
    PaymentNotReleased {
        /// Which.
        payment_id: Uuid,
    },
    /// Earlier than what is known of the payment.
    #[error("{on} lies before the payment's last move on {moved_on}")]
    BeforePayment {
        /// The day of its last move.
        moved_on: Date,
        /// Asked.
        on: Date,
    },
    /// No such cycle can be worked out.
    #[error(transparent)]
    Cycle(#[serde(skip)] CycleError),
}

impl Refusal for SubscriptionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "subscription.unknown",
            Self::Exists { .. } => "subscription.exists",
            Self::Canceled { .. } => "subscription.canceled",
            Self::Paused { .. } => "subscription.paused",
            Self::PausedOtherwise { .. } => "subscription.paused_otherwise",
            Self::NotPaused { .. } => "subscription.not_paused",
            Self::NotActive { .. } => "subscription.not_active",
            Self::OutOfOrder { .. } => "subscription.out_of_order",
            Self::CyclePast { .. } => "subscription.cycle_past",
            Self::CycleNotBegun { .. } => "subscription.cycle_not_begun",
            Self::CurrencyMismatch { .. } => "subscription.currency_mismatch",
            Self::PriceNegative { .. } => "subscription.price_negative",
            Self::LimitOutOfRange { .. } => "subscription.limit_out_of_range",
            Self::PaymentTermsTooLong { .. } => "subscription.payment_terms_too_long",
            Self::AmountNotPositive { .. } => "subscription.amount_not_positive",
            Self::PaymentExists { .. } => "subscription.payment_exists",
            Self::PaymentUnknown { .. } => "subscription.payment_unknown",
            Self::AmountDiffers { .. } => "subscription.amount_differs",
            Self::PaymentReleased { .. } => "subscription.payment_released",
            Self::PaymentReturned { .. } => "subscription.payment_returned",
            Self::PaymentNotReleased { .. } => "subscription.payment_not_released",
            Self::BeforePayment { .. } => "subscription.before_payment",
            Self::Cycle(_) => "subscription.bad_cycle",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown | Self::PaymentUnknown { .. } => RefusalKind::Unknown,
            Self::CurrencyMismatch { .. }
            | Self::PriceNegative { .. }
            | Self::LimitOutOfRange { .. }
            | Self::PaymentTermsTooLong { .. }
            | Self::AmountNotPositive { .. }
            | Self::AmountDiffers { .. }
            | Self::BeforePayment { .. }
            | Self::Cycle(_) => RefusalKind::Invalid,
            Self::Canceled { .. }
            | Self::Paused { .. }
            | Self::NotPaused { .. }
            | Self::NotActive { .. }
            | Self::OutOfOrder { .. }
            | Self::CyclePast { .. }
            | Self::CycleNotBegun { .. }
            | Self::PaymentReleased { .. }
            | Self::PaymentReturned { .. }
            | Self::PaymentNotReleased { .. } => RefusalKind::NotNow,
            Self::Exists { .. } | Self::PausedOtherwise { .. } | Self::PaymentExists { .. } => {
                RefusalKind::Conflict
            }
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// The calendar said no.
impl From<CycleError> for SubscriptionError {
    fn from(error: CycleError) -> Self {
        Self::Cycle(error)
    }
}
