//! Papers that the house hands out: what stands on them, without how they look.
//!
//! A paper is a plain structure. The same structure makes the same bytes, so that a paper asked
//! for twice is one paper. Who prints is a port (`ports::documents`).
//!
//! - `words.rs`: what papers have in common. `invoice.rs`, `statement.rs`: one paper each.
//! - `gathering.rs`: an invoice's paper out of the log, its sealed words still closed.
//! - `stationery.rs`: who writes and who prints; a paper as a file.

mod gathering;
mod invoice;
mod statement;
mod stationery;
mod words;

pub use gathering::Gathered;
pub use invoice::{InvoiceDocument, InvoiceRow, Stamp, TaxRow};
pub use statement::{ChargeRow, StatementDocument};
pub use stationery::{Attachment, PaperError, Stationery, file_name};
pub use words::{Issuer, Party, item_text};
