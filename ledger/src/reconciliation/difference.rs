//! What does not agree, and by which key it is known again.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::LineKind;
use crate::values::{Code, ExceptionId, Money, OrgId};

/// How two sides disagree.
///
/// - **Source:** issue 3, "Three-way reconciliation framework".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Both have it, over different amounts.
    Amount,
    /// Both have it, in different currencies.
    Currency,
    /// The other side has it twice.
    Duplicate,
    /// The other side has it, the log has not.
    MissingHere,
    /// The log has it, the other side has not.
    MissingThere,
    /// Both have it, and it does not stand alike.
    Status,
    /// Both have it, with different taxes within.
    Tax,
    /// Both have it, on days too far apart.
    Timing,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 8] = [
        Self::Amount,
        Self::Currency,
        Self::Duplicate,
        Self::MissingHere,
        Self::MissingThere,
        Self::Status,
        Self::Tax,
        Self::Timing,
    ];

    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Duplicate => "duplicate",
            Self::MissingHere => "missing_here",
            Self::MissingThere => "missing_there",
            Self::Status => "status",
            Self::Tax => "tax",
            Self::Timing => "timing",
        }
    }
}

/// Which two sides disagree; the log is always one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Between {
    /// The log and the provider's statement.
    LogAndProvider,
    /// The log and a read model.
    LogAndReadModel,
}

impl Between {
    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LogAndProvider => "log_and_provider",
            Self::LogAndReadModel => "log_and_read_model",
        }
    }
}

/// What the difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Whatever else moved the provider's balance.
    Adjustment,
    /// A payment that went back by itself.
    ChargeFailure,
    /// A dispute.
    Dispute,
    /// Disputed money that came back.
    DisputeReversal,
    /// A provider's fee.
    Fee,
    /// What stands of an invoice's money.
    Invoice,
    /// A payment.
    Payment,
    /// A payout.
    Payout,
    /// A payout that came back.
    PayoutReversal,
    /// A refund.
    Refund,
    /// A refund that came back.
    RefundFailure,
}

impl Item {
    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Adjustment => "adjustment",
            Self::ChargeFailure => "charge_failure",
            Self::Dispute => "dispute",
            Self::DisputeReversal => "dispute_reversal",
            Self::Fee => "fee",
            Self::Invoice => "invoice",
            Self::Payment => "payment",
            Self::Payout => "payout",
            Self::PayoutReversal => "payout_reversal",
            Self::Refund => "refund",
            Self::RefundFailure => "refund_failure",
        }
    }
}

impl From<LineKind> for Item {
    fn from(kind: LineKind) -> Self {
        match kind {
            LineKind::Adjustment => Self::Adjustment,
            LineKind::Charge => Self::Payment,
            LineKind::ChargeFailure => Self::ChargeFailure,
            LineKind::Dispute => Self::Dispute,
            LineKind::DisputeReversal => Self::DisputeReversal,
            LineKind::Fee => Self::Fee,
            LineKind::Payout => Self::Payout,
            LineKind::PayoutReversal => Self::PayoutReversal,
            LineKind::Refund => Self::Refund,
            LineKind::RefundFailure => Self::RefundFailure,
        }
    }
}

/// What one side says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// How much.
    pub amount: Option<Money>,
    /// Which day.
    pub on: Option<Date>,
    /// How it stands.
    pub status: Option<Code>,
}

impl Side {
    /// A side that speaks of an amount.
    pub fn of(amount: Money) -> Self {
        Self { amount: Some(amount), ..Self::default() }
    }

    /// The same, standing like this. Words of ours are codes; another word is left out.
    #[must_use]
    pub fn standing(mut self, word: &str) -> Self {
        self.status = word.parse().ok();
        self
    }

    /// The same, on a day.
    #[must_use]
    pub fn dated(mut self, on: Date) -> Self {
        self.on = Some(on);
        self
    }
}

/// One disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which sides.
    pub between: Between,
    /// How.
    pub class: Class,
    /// About what.
    pub item: Item,
    /// What the log says.
    pub ours: Side,
    /// What the other side says.
    pub theirs: Side,
    /// The invoice, if it is about one.
    pub invoice_id: Option<Uuid>,
    /// Our payment, refund, dispute or entry, if there is one.
    pub movement_id: Option<Uuid>,
    /// The provider's id, to be sealed.
    pub provider_id: Option<String>,
    /// What it is known by: an id of ours, or the keyed name of the provider's object.
    pub name: Uuid,
    /// The day that it is about.
    pub on: Date,
}

impl Difference {
    /// The reference under which it is known again. Another figure is another difference: what
    /// was accepted is accepted at its figures only.
    pub fn key(&self, org: OrgId) -> Uuid {
        let mut text =
            format!("{}:{}:{}", self.between.word(), self.item.word(), self.name.hyphenated());
        for side in [&self.ours, &self.theirs] {
            let amount = side.amount.map(|amount| (amount.minor(), amount.currency()));
            let status = side.status.as_ref().map(Code::as_str);
            let _infallible = write!(text, ":{amount:?}:{:?}:{status:?}", side.on);
        }
        Uuid::new_v5(&org.0, text.as_bytes())
    }

    /// The stream of the exception that it is.
    pub fn exception_id(&self, org: OrgId, provider: &str) -> ExceptionId {
        let name = format!("{provider}:{}:{}", self.class.word(), self.key(org));
        ExceptionId::derived(org, "exception", &name)
    }
}
