//! The columns of `disputes`.

use ledger::{invoice::PaymentMethod, values::Currency};
use time::Date;
use uuid::Uuid;

use crate::{columns, engine::Word, worded};

/// How a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeStatus {
    /// The bank has the money and looks into it.
    Open,
    /// The money came back.
    Won,
    /// The money is gone.
    Lost,
}

worded! {
    DisputeStatus { Open = "open", Won = "won", Lost = "lost" }
}

columns! {
    /// One dispute.
    pub struct Row {
        key {
            /// Which.
            dispute_id: Uuid,
        }
        /// On which invoice.
        invoice_id: Uuid,
        /// Which payment.
        payment_id: Uuid,
        /// How it stands.
        status: Word<DisputeStatus>,
        /// How the payment had come.
        method: Word<PaymentMethod>,
        /// Of all amounts.
        currency: Word<Currency>,
        /// How much the bank took back.
        amount_minor: i64,
        /// What the provider charged for it.
        fee_minor: i64,
        /// How much of the fee came back.
        fee_returned_minor: i64,
        /// How much was given up as a loss.
        loss_minor: i64,
        /// The bank's reason.
        reason_code: String,
        /// The day the funds were withdrawn.
        opened_on: Date,
        /// The day it was decided.
        closed_on: Option<Date>,
        /// Where: the key that lists go by.
        opened_position: i64,
    }
}
