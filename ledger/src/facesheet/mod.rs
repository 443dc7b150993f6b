//! A facesheet: the page with a patient's demographics, asked of whoever has them.
//!
//! # The rule
//!
//! 1. It is asked for when demographics are missing, and says which ones, as codes.
//! 2. One request per patient is open at a time: its stream is the patient's. Asking again for
//!    what is asked for already changes nothing; asking for more widens the open request.
//! 3. It is answered within [`ANSWER_WITHIN_DAYS`] days, or found overdue; an overdue one is
//!    still open.
//! 4. What comes in ends the request, whether or not everything was on it: `still_missing` says
//!    what was not. What is needed then is asked for anew.
//! 5. It holds no demographics: those stay where they are kept. Who was asked is sealed.
//!
//! # States
//!
//! ```text
//! request ──▶ requested ── due day passed ──▶ overdue
//!    ▲          │  │  ▲                        │  │
//!    │          │  │  └ request (widened)      │  │
//!    │          │  └──────── cancel ───────────┼──┴──▶ canceled ─┐
//!    │          └─────────── receive ──────────┴─────▶ received ─┤
//!    └───────────────────────────────────────────────────────────┘
//! ```

mod aggregate;
mod command;
mod error;
mod event;
#[cfg(test)]
mod tests;

pub use aggregate::Facesheet;
pub use command::*;
pub use error::FacesheetError;
pub use event::*;

use crate::values::{FacesheetId, SubjectRef};

/// Days in which an answer is expected.
pub const ANSWER_WITHIN_DAYS: i64 = 7;

/// What a decision comes to.
type Decision = Result<Vec<FacesheetEvent>, FacesheetError>;

/// The stream of a patient's facesheet: one per patient.
pub fn facesheet_id(patient: SubjectRef) -> FacesheetId {
    FacesheetId::new(patient.0)
}
