//! Why an authorization says no.

use serde::Serialize;
use serde_json::Value;
use time::Date;
use uuid::Uuid;

use super::{Span, Status};
use crate::{
    decide::{Refusal, RefusalKind},
    values::Units,
};

/// Why an authorization says no. The fields are the figures behind it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(untagged)]
pub enum PriorAuthError {
    /// Nothing was ever requested under this id.
    #[error("nothing was requested under this id")]
    Unknown,
    /// It was requested before, with other content.
    #[error("it was requested with other content and is {status}")]
    Exists {
        /// Where it stands.
        status: Status,
    },
    /// No units at all.
    #[error("no units asked")]
    NoUnits,
    /// A span that ends before it begins.
    #[error("the span ends on {} before it starts on {}", span.ends_on, span.starts_on)]
    SpanBackwards {
        /// Asked.
        span: Span,
    },
    /// More diagnoses than a claim can carry.
    #[error("{diagnoses} diagnoses asked, at most {most_diagnoses}")]
    TooManyDiagnoses {
        /// Asked.
        diagnoses: usize,
        /// Allowed.
        most_diagnoses: usize,
    },
    /// The payer's answer does not fit what is known.
    #[error("it is {status}")]
    NotOpen {
        /// Where it stands.
        status: Status,
    },
    /// The payer allows less than what was drawn.
    #[error("{approved} units approved, {drawn} drawn")]
    BelowDrawn {
        /// What the payer says.
        approved: Units,
        /// What claim lines took.
        drawn: Units,
    },
    /// A draw lies outside the days the payer now allows.
    #[error("a draw on {service_on} lies outside the new span")]
    DrawnOutside {
        /// Of the draw.
        service_on: Date,
        /// What the payer says.
        span: Span,
    },
    /// The payer has not allowed it, or it is no longer good.
    #[error("it is {status}, not approved")]
    NotApproved {
        /// Where it stands.
        status: Status,
    },
    /// The day of service is not covered.
    #[error("{service_on} lies outside {} to {}", span.starts_on, span.ends_on)]
    OutsideSpan {
        /// Asked.
        service_on: Date,
        /// Approved.
        span: Span,
    },
    /// More than is left.
    #[error("{asked} units asked, {left} left")]
    Overdrawn {
        /// Asked.
        asked: Units,
        /// There.
        left: Units,
    },
    /// The claim line drew before, otherwise.
    #[error("claim line {claim_line_id} drew {units} units on {service_on}")]
    DrawnOtherwise {
        /// Which.
        claim_line_id: Uuid,
        /// Its day.
        service_on: Date,
        /// Its units.
        units: Units,
    },
    /// Its last day is still to come.
    #[error("it is good through {ends_on}")]
    StillGood {
        /// The last day.
        ends_on: Date,
    },
}

impl Refusal for PriorAuthError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "prior_auth.unknown",
            Self::Exists { .. } => "prior_auth.exists",
            Self::NoUnits => "prior_auth.no_units",
            Self::SpanBackwards { .. } => "prior_auth.span_backwards",
            Self::TooManyDiagnoses { .. } => "prior_auth.too_many_diagnoses",
            Self::NotOpen { .. } => "prior_auth.not_open",
            Self::BelowDrawn { .. } => "prior_auth.below_drawn",
            Self::DrawnOutside { .. } => "prior_auth.drawn_outside",
            Self::NotApproved { .. } => "prior_auth.not_approved",
            Self::OutsideSpan { .. } => "prior_auth.outside_span",
            Self::Overdrawn { .. } => "prior_auth.overdrawn",
            Self::DrawnOtherwise { .. } => "prior_auth.drawn_otherwise",
            Self::StillGood { .. } => "prior_auth.still_good",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::Unknown,
            Self::NoUnits | Self::SpanBackwards { .. } | Self::TooManyDiagnoses { .. } => {
                RefusalKind::Invalid
            }
            Self::Exists { .. } | Self::DrawnOtherwise { .. } => RefusalKind::Conflict,
            Self::NotOpen { .. }
            | Self::BelowDrawn { .. }
            | Self::DrawnOutside { .. }
            | Self::NotApproved { .. }
            | Self::OutsideSpan { .. }
            | Self::Overdrawn { .. }
            | Self::StillGood { .. } => RefusalKind::NotNow,
        }
    }

    fn details(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}
