//! The columns of `invoice_lines`.

use ledger::{invoice::ItemType, values::Currency};
use time::Date;
use uuid::Uuid;

use crate::{columns, engine::Word};

columns! {
    /// One line.
    pub struct Row {
        key {
            /// On which invoice.
            invoice_id: Uuid,
            /// Which line.
            line_id: Uuid,
        }
        /// What it is for.
        item_type: Word<ItemType>,
        /// How many.
        quantity: i64,
        /// The price of one.
        unit_price_minor: i64,
        /// Quantity times unit price.
        total_price_minor: i64,
        /// Of both.
        currency: Word<Currency>,
        /// The rate it came with.
        tax_rate: String,
        /// Whether the invoice's configured rate counts instead.
        rate_configured: bool,
        /// The day of service.
        service_on: Date,
        /// The patient as invoices know them.
        anonymous_patient_ref: Option<String>,
        /// The cycle it charges.
        cycle: Option<String>,
        /// Where it was added.
        added_position: i64,
        /// What to call it, sealed.
        description: Option<Vec<u8>>,
        /// First day it covers, where that is not the invoice's.
        covers_starts_on: Option<Date>,
        /// First day after.
        covers_ends_on: Option<Date>,
    }
}
