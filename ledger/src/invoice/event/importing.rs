//! An invoice that another system issued, brought in as it stands there.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{Line, Standing, TaxSnapshot, Totals};
use crate::values::{Rounding, Sealed};

/// See [`InvoiceEvent::Imported`](super::InvoiceEvent::Imported).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// The other system's id of the customer.
    pub customer_id: Option<Sealed<String>>,
    /// When payment is due.
    pub due_on: Date,
    /// The import that it belongs to.
    pub import: Uuid,
    /// The day its balance is taken over: the day of the books' opening.
    pub imported_on: Date,
    /// The day the other system issued it.
    pub issued_on: Date,
    /// All of it as one line.
    pub line: Line,
    /// The other system's number; never one of ours.
    pub number: String,
    /// How its tax is rounded from now on.
    pub rounding: Rounding,
    /// What stands of it; what was settled before counts as paid.
    pub standing: Standing,
    /// Taxes as given, fixed.
    pub tax: TaxSnapshot,
    /// Totals as given, fixed.
    pub totals: Totals,
}
