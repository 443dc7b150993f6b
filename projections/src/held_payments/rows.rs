//! The columns of `held_payments`.

use ledger::{invoice::PaymentMethod, subscription::HoldReason, values::Currency};
use time::Date;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// How a held payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldStatus {
    /// It waits for somebody.
    Open,
    /// It went to an invoice.
    Released,
    /// It went back to the payer.
    Returned,
}

worded! {
    HeldStatus { Open = "open", Released = "released", Returned = "returned" }
}

columns! {
    /// One held payment.
    pub struct Row {
        key {
            /// Which.
            payment_id: Uuid,
        }
        /// How it stands.
        status: Word<HeldStatus>,
        /// Why it fits nowhere.
        reason: Word<HoldReason>,
        /// How it came.
        method: Word<PaymentMethod>,
        /// Of the amount.
        currency: Word<Currency>,
        /// How much.
        amount_minor: i64,
        /// The invoice it was meant for.
        meant_for: Option<Uuid>,
        /// The day it was received.
        received_on: Date,
        /// The invoice it went to.
        released_to: Option<Uuid>,
        /// The day it was resolved.
        resolved_on: Option<Date>,
        /// Who resolved it.
        resolved_by: Option<String>,
        /// Why it went back, or came back.
        reason_code: Option<String>,
        /// Where it was held: the key that lists go by.
        held_position: i64,
    }
}
