//! **Question:** how do an invoice's payments and refunds stand?
//!
//! - **Rule:** a payment is pending, succeeded, failed, reversed, disputed, charged back or handed
//!   back to the account; refunds stand beside it, and a payment all of which was granted back
//!   counts as refunded.
//! - **Table:** `payment_status`, one row per payment and per refund; contract S1.6, S1.11.
//! - **Unit:** minor units of the invoice's currency.
//! - **Fed by:** `billing.invoice.payment_*`, `billing.invoice.refund_*`,
//!   `billing.invoice.dispute_*`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;
mod untold;

pub use projector::PaymentStatus;
pub use query::{Payment, PaymentState, Refund, of_invoice};
pub use rows::{Kind, Row, Stands};
pub use untold::{Untold, untold};
