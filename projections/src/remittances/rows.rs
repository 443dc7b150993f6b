//! The columns of `remittances`.

use ledger::values::Currency;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word};

columns! {
    /// One payment.
    pub struct Row {
        key {
            /// Which.
            remittance_id: Uuid,
        }
        /// Who pays.
        payer_id: String,
        /// TRN02.
        trace: String,
        /// BPR04.
        method: String,
        /// Of all amounts.
        currency: Word<Currency>,
        /// BPR02.
        paid_minor: i64,
        /// PLB in all.
        adjusted_minor: i64,
        /// Paid for claims that are parked.
        parked_minor: i64,
        /// BPR16.
        paid_on: Date,
        /// The day of the entry.
        posted_on: Date,
        /// How many claims it is for.
        claims: i64,
        /// How many are posted.
        posted: i64,
        /// How many are parked.
        parked: i64,
        /// Posted lines that do not add up.
        unbalanced_lines: i64,
        /// When it reached the bank.
        deposited_on: Option<Date>,
        /// The bank's number of it.
        deposit_reference: Option<String>,
        /// SHA-256 of the content.
        digest: String,
        /// When it came.
        created_at: OffsetDateTime,
        /// When it changed last.
        updated_at: OffsetDateTime,
        /// The stream's version.
        version: i64,
        /// Where it came.
        received_position: i64,
        /// PLB, as JSON.
        adjustments: String,
        /// Places that are parked, as JSON.
        parked_places: String,
    }
}
