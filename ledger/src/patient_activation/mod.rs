//! PatientActivation.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::PatientActivation;
pub use command::*;
pub use error::PatientActivationError;
pub use event::*;
