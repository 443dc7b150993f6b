//! A provider's statement, whoever the provider is.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::values::{Money, OrgId};

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Whatever else moved the balance.
    Adjustment,
    /// A payment arrived.
    Charge,
    /// A payment that had arrived went back by itself.
    ChargeFailure,
    /// A bank took a payment back while it looks into it.
    Dispute,
    /// Disputed money came back.
    DisputeReversal,
    /// The provider took a fee of its own.
    Fee,
    /// The provider paid out to the bank.
    Payout,
    /// A payout came back.
    PayoutReversal,
    /// A refund left.
    Refund,
    /// A refund came back.
    RefundFailure,
}

/// How the provider says a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineStatus {
    /// In the balance, for use.
    Available,
    /// In the balance, not for use yet.
    Pending,
    /// It did not come about.
    Failed,
}

impl LineStatus {
    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Pending => "pending",
            Self::Failed => "failed",
        }
    }
}

/// One movement of the provider's balance. Amounts have the sign of what they do to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The provider's id of the movement.
    pub id: String,
    /// What it is about.
    pub kind: LineKind,
    /// The provider's object behind it: charge, refund, payout, ….
    pub source: Option<String>,
    /// Other objects that it belongs to: payment, charge, invoice.
    pub references: Vec<String>,
    /// Before the fee.
    pub gross: Money,
    /// What the provider kept of it.
    pub fee: Money,
    /// Gross less fee.
    pub net: Money,
    /// The tax within gross, if the provider says it.
    pub tax: Option<Money>,
    /// When.
    pub created: OffsetDateTime,
    /// The day from which it can be paid out, or arrives.
    pub available_on: Option<Date>,
    /// How it stands.
    pub status: LineStatus,
    /// The payout that it went out with.
    pub payout: Option<String>,
    /// The org that our own metadata names.
    pub org: Option<OrgId>,
    /// The invoice that our own metadata names.
    pub invoice_id: Option<Uuid>,
    /// The refund that our own metadata names.
    pub refund_id: Option<Uuid>,
}

/// What a provider says happened, in whatever order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// The movements.
    pub lines: Vec<Line>,
    /// Whether it says which payout a movement went out with.
    pub names_payouts: bool,
}

/// A line by names that tell nothing, on its day in the org's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedLine {
    /// As stated.
    pub line: Line,
    /// Keyed name of its id.
    pub name: Uuid,
    /// Keyed name of the object behind it, or of the line where there is none.
    pub object: Uuid,
    /// Every name that one of our movements may be known by.
    pub names: Vec<Uuid>,
    /// Keyed names of the other objects that it belongs to: of a refund, the payment.
    pub belongs_to: Vec<Uuid>,
    /// The payment of ours that its objects are linked with.
    pub payment_id: Option<Uuid>,
    /// The invoice of ours that its objects are linked with.
    pub invoice_id: Option<Uuid>,
    /// The day.
    pub on: Date,
}

impl NamedLine {
    /// Names a line; nothing is linked yet.
    pub fn new(line: Line, on: Date, name: impl Fn(&str) -> Uuid) -> Self {
        let own = name(&line.id);
        let object = line.source.as_deref().map_or(own, &name);
        // A refund also names the charge it takes back: that finds the payment, not the refund.
        let belongs_to: Vec<Uuid> = line.references.iter().map(|id| name(id)).collect();
        let mut names = vec![object, own];
        if matches!(line.kind, LineKind::Charge | LineKind::ChargeFailure) {
            names.extend(&belongs_to);
        }
        if line.kind == LineKind::Refund {
            names.extend(line.refund_id);
        }
        let invoice_id = line.invoice_id;
        Self { line, name: own, object, names, belongs_to, payment_id: None, invoice_id, on }
    }
}
