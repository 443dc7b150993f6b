//! The columns of `revenue`.

use ledger::{invoice::ItemType, values::Currency};
use time::Date;
use uuid::Uuid;

use crate::{columns, engine::Word};

columns! {
    /// What one invoice billed ahead for one item type.
    pub struct Row {
        key {
            /// On which invoice.
            invoice_id: Uuid,
            /// What for.
            item_type: Word<ItemType>,
        }
        /// The invoice's number.
        number: String,
        /// Of all amounts.
        currency: Word<Currency>,
        /// Billed ahead, net of tax.
        billed_minor: i64,
        /// Earned so far.
        recognized_minor: i64,
        /// Taken back before it was earned.
        cut_minor: i64,
        /// Neither earned nor taken back.
        deferred_minor: i64,
        /// The day of issue.
        issued_on: Date,
        /// First day of service.
        starts_on: Date,
        /// Last day, if nothing interrupts it.
        ends_on: Date,
        /// The day up to which something was earned last.
        recognized_through: Option<Date>,
        /// The progress of each schedule, as JSON.
        schedules: String,
    }
}
