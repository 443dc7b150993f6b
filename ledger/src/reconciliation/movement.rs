//! What the log expects to stand in a provider's statement.

use time::Date;
use uuid::Uuid;

use super::LineKind;
use crate::values::Money;

/// How the log says a movement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementState {
    /// Announced or granted, not moved yet.
    Pending,
    /// Moved.
    Settled,
    /// It did not come about, or was taken back here.
    Failed,
}

impl MovementState {
    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Settled => "settled",
            Self::Failed => "failed",
        }
    }
}

/// One movement of money through a provider, as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// As what it would be stated.
    pub kind: LineKind,
    /// The payment, refund, dispute or entry.
    pub id: Uuid,
    /// The payment that it is or belongs to.
    pub payment_id: Option<Uuid>,
    /// On which invoice.
    pub invoice_id: Option<Uuid>,
    /// Keyed names of the provider's objects that it is known by.
    pub names: Vec<Uuid>,
    /// With the sign of what it does to the provider's balance.
    pub amount: Money,
    /// The provider's fee, where the log knows it.
    pub fee: Option<Money>,
    /// The tax within the amount, where the log knows it.
    pub tax: Option<Money>,
    /// The day.
    pub on: Date,
    /// How it stands.
    pub state: MovementState,
}
