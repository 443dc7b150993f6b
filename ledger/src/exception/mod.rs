//! Something that does not fit: two sides of the money disagree, and somebody owns it until it
//! is resolved.
//!
//! # The rule
//!
//! 1. A difference is raised once, under a key of its own; whoever finds it again changes nothing.
//! 2. It is owned from the first moment, by the desk that it was raised for, and may be assigned.
//! 3. It is resolved with a resolution and a reason: by a person, or as `cleared` by the run that
//!    looked for it and no longer finds it.
//! 4. What was resolved comes back (`reopened`) when it is found again, unless it was accepted as
//!    it is or is none of ours: the key carries the figures, so another figure is another item.
//! 5. A person may reopen what was resolved, with a reason.
//!
//! # States
//!
//! ```text
//! raise ──▶ open ──── resolve, clear ────▶ resolved
//!          │  ▲ ▲                             │
//!  assign ─┘  │ └───── reopen, found again ───┘
//!             └ raise (again)
//! ```

mod aggregate;
mod command;
mod error;
mod event;
#[cfg(test)]
mod tests;

pub use aggregate::Exception;
pub use command::*;
pub use error::ExceptionError;
pub use event::*;

/// What a decision comes to.
type Decision = Result<Vec<ExceptionEvent>, ExceptionError>;
