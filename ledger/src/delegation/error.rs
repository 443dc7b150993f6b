//! Why a delegation says no.

use serde::Serialize;
use serde_json::Value;

use super::HardBoundary;
use crate::{
    decide::{Refusal, RefusalKind},
    statement::Channel,
    values::{Currency, Money},
};

/// Why a delegation says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum DelegationError {
    /// Below zero.
    #[error("an amount of {amount} is below zero")]
    AmountNegative {
        /// Asked.
        amount: Money,
    },
    /// Another currency than the rest.
    #[error("{given} given where all amounts are in {currency}")]
    CurrencyMismatch {
        /// Of the rest.
        currency: Currency,
        /// The currency that was given.
        given: Currency,
    },
    /// A hard boundary would be taken away.
    #[error("the boundary {} stands and cannot be taken away", boundary.word())]
    BoundaryRemoved {
        /// Which.
        boundary: HardBoundary,
    },
    /// No way to write, or one twice.
    #[error("the order of channels names each channel once, and at least one")]
    ChannelOrder {
        /// As given.
        channels: Vec<Channel>,
    },
    /// Not one to nine days, each later than the one before.
    #[error("the schedule has one to {most} days, each later than the one before, up to {latest}")]
    Schedule {
        /// As given.
        days: Vec<u16>,
        /// No day is later.
        latest: u16,
        /// So many levels.
        most: usize,
    },
    /// Outside what makes sense.
    #[error("{setting} must be from {least} to {most}, {given} given")]
    OutOfRange {
        /// As given.
        given: u16,
        /// From.
        least: u16,
        /// To.
        most: u16,
        /// Which setting.
        setting: &'static str,
    },
}

impl Refusal for DelegationError {
    fn code(&self) -> &'static str {
        match self {
            Self::AmountNegative { .. } => "delegation.amount_negative",
            Self::CurrencyMismatch { .. } => "delegation.currency_mismatch",
            Self::BoundaryRemoved { .. } => "delegation.boundary_removed",
            Self::ChannelOrder { .. } => "delegation.channel_order",
            Self::Schedule { .. } => "delegation.schedule",
            Self::OutOfRange { .. } => "delegation.out_of_range",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::BoundaryRemoved { .. } => RefusalKind::NotAllowed,
            Self::AmountNegative { .. }
            | Self::CurrencyMismatch { .. }
            | Self::ChannelOrder { .. }
            | Self::Schedule { .. }
            | Self::OutOfRange { .. } => RefusalKind::Invalid,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
