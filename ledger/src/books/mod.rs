//! The operator's books of an org: entries made by hand, and the sealing of periods.
//!
//! # The rule
//!
//! 1. A period is a month of the org's zone. It is sealed once it is over; the first sealing may
//!    take any number of months, every later one takes the next month. Sealing what is sealed
//!    changes nothing.
//! 2. Only the last sealed period can be opened again, and with a reason.
//! 3. An entry has a left and a right side that are equal in every currency, and only accounts
//!    that its kind may touch ([`EntryKind`]). The same entry posted again changes nothing.
//! 4. An entry is undone by its exact mirror, once. A mirror is not undone; post anew instead.
//! 5. Nothing is booked in a sealed period, whichever aggregate decided it, but adjusting entries
//!    and mirrors of them ([`Books::admit`], which the store's writer asks about every event).
//!
//! # States of a period
//!
//! ```text
//! open ── close ──▶ sealed ── reopen (the last one) ──▶ open
//! ```

mod admitting;
mod aggregate;
mod closing;
mod command;
mod error;
mod event;
mod posting;
#[cfg(test)]
mod tests;

pub use admitting::open_from;
pub use aggregate::{Books, Entry};
pub use command::*;
pub use error::BooksError;
pub use event::*;

use crate::values::{BooksId, OrgId};

/// The stream of an org's one set of books.
pub const fn books_id(org: OrgId) -> BooksId {
    BooksId::new(org.0)
}

/// What a decision comes to.
type Decision = Result<Vec<BooksEvent>, BooksError>;
