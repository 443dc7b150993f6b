//! Whether a patient is billed for, and for which cycles already.
//!
//! # The rule
//!
//! 1. A patient is billed for from the first activation on, until deactivated; activating again
//!    goes on. Activating an active patient, or deactivating an inactive one, changes nothing.
//! 2. Changes come in the order in which they were true: one before the last known is refused
//!    (`patient_activation.out_of_order`).
//! 3. A cycle is billed at most once per patient: on activation within it, or for being active
//!    at the cycle's first instant (or at the end of the pause that it falls into). Whoever left
//!    before that instant is not billed for it.
//! 4. Whether the patient was active at an instant is answered from history, so a late run of a
//!    cycle bills the same patients as a punctual one.
//!
//! # States
//!
//! ```text
//! (unknown) ─ activate ─▶ active ─ deactivate ─▶ inactive
//!                           ▲                       │
//!                           └────── activate ───────┘
//! ```

mod aggregate;
mod command;
mod error;
mod event;
#[cfg(test)]
mod tests;

pub use aggregate::PatientActivation;
pub use command::*;
pub use error::PatientActivationError;
pub use event::*;

/// What a decision comes to.
type Decision = Result<Vec<PatientActivationEvent>, PatientActivationError>;
