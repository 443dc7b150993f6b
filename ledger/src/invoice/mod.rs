//! Invoice.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::Invoice;
pub use command::*;
pub use error::InvoiceError;
pub use event::*;
