//! Whether a claim was taken in: the words of the machines and people on its way.

use serde::{Deserialize, Serialize};

/// An acknowledgement.
///
/// - **Source:** X12 TA1, 999 and 277CA (`domain-facts.md` 1.2). A 999 `A` speaks of syntax
///   only; of the categories only `A2` is acceptance, and `A8` is a rejection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// TA1 `A` or `E`.
    InterchangeAccepted,
    /// TA1 `R`.
    InterchangeRejected,
    /// 999 `A` or `E`.
    SyntaxAccepted,
    /// 999 `R`, `M`, `W` or `X`.
    SyntaxRejected,
    /// 277CA `A0`.
    Forwarded,
    /// 277CA `A1`.
    Received,
    /// 277CA `A2`.
    Accepted,
    /// 277CA `A3`.
    Unprocessable,
    /// 277CA `A4`.
    NotFound,
    /// 277CA `A5`.
    Split,
    /// 277CA `A6`.
    MissingInformation,
    /// 277CA `A7`.
    InvalidInformation,
    /// 277CA `A8`.
    RelationalError,
}

/// What an acknowledgement proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The claim came at least this far.
    Reached(Step),
    /// It was turned away at this step.
    Stopped(Step),
}

/// The steps on the way, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Interchange,
    Syntax,
    Received,
    Accepted,
}

impl Notice {
    /// Of a TA1 code.
    pub fn of_interchange(code: &str) -> Option<Self> {
        match code {
            "A" | "E" => Some(Self::InterchangeAccepted),
            "R" => Some(Self::InterchangeRejected),
            _ => None,
        }
    }

    /// Of the 999 result of one transaction set (IK501).
    pub fn of_functional(code: &str) -> Option<Self> {
        match code {
            "A" | "E" => Some(Self::SyntaxAccepted),
            "R" | "M" | "W" | "X" => Some(Self::SyntaxRejected),
            _ => None,
        }
    }

    /// Of a 277CA category (STC01-1).
    pub fn of_category(code: &str) -> Option<Self> {
        Some(match code {
            "A0" => Self::Forwarded,
            "A1" => Self::Received,
            "A2" => Self::Accepted,
            "A3" => Self::Unprocessable,
            "A4" => Self::NotFound,
            "A5" => Self::Split,
            "A6" => Self::MissingInformation,
            "A7" => Self::InvalidInformation,
            "A8" => Self::RelationalError,
            _ => return None,
        })
    }

    /// How far on the way to the payer it speaks of, counted from one.
    pub const fn step(self) -> u8 {
        match self.proof() {
            Proof::Reached(step) | Proof::Stopped(step) => match step {
                Step::Interchange => 1,
                Step::Syntax => 2,
                Step::Received => 3,
                Step::Accepted => 4,
            },
        }
    }

    pub(super) const fn proof(self) -> Proof {
        match self {
            Self::InterchangeAccepted => Proof::Reached(Step::Interchange),
            Self::InterchangeRejected => Proof::Stopped(Step::Interchange),
            Self::SyntaxAccepted => Proof::Reached(Step::Syntax),
            Self::SyntaxRejected => Proof::Stopped(Step::Syntax),
            Self::Forwarded | Self::Received => Proof::Reached(Step::Received),
            Self::Accepted | Self::Split => Proof::Reached(Step::Accepted),
            Self::Unprocessable
            | Self::NotFound
            | Self::MissingInformation
            | Self::InvalidInformation
            | Self::RelationalError => Proof::Stopped(Step::Accepted),
        }
    }
}
