//! The columns of `credit_notes`.

use ledger::values::Currency;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{columns, engine::Word};

columns! {
    /// One credit note.
    pub struct Row {
        key {
            /// Which.
            credit_note_id: Uuid,
        }
        /// Of which invoice.
        invoice_id: Uuid,
        /// Gapless number of its own.
        number: String,
        /// Of all amounts.
        currency: Word<Currency>,
        /// Revenue taken back.
        net_minor: i64,
        /// Tax taken back.
        tax_minor: i64,
        /// Net and tax.
        total_minor: i64,
        /// How much of it was not earned yet.
        deferred_minor: i64,
        /// How much settled what the invoice owed.
        applied_minor: i64,
        /// How much was left as the customer's credit.
        credited_minor: i64,
        /// Why.
        reason_code: String,
        /// The day.
        issued_on: Date,
        /// Who issued it.
        issued_by: String,
        /// When it was learned.
        issued_at: OffsetDateTime,
        /// Where: the key that lists go by.
        issued_position: i64,
        /// The day it was voided.
        voided_on: Option<Date>,
        /// Who voided it.
        voided_by: Option<String>,
        /// Why it was voided.
        void_reason_code: Option<String>,
        /// A remark, sealed.
        note: Option<Vec<u8>>,
    }
}
