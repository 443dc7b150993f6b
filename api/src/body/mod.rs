//! Reading what callers send: every wrong field is named at once, with a JSON pointer.
//!
//! A body says how it is read with [`FromBody`]; each field has a reader (`readers.rs`), a field
//! that nobody asked for is an error, and an amount is read from the very text that was sent.

mod fields;
mod foreign;
mod medical;
mod params;
mod readers;

pub(crate) use fields::parse_at;
pub use fields::{FieldError, Fields, FromBody, NoBody, Wrong, parse};
pub use foreign::ForeignId;
pub use medical::{diagnosis, each, modifier, npi, pointer, procedure, quantity, units};
pub use params::Params;
pub(crate) use readers::day_of;
pub use readers::{
    Amount, boolean, code, currency, day, foreign_id, instant, integer, one_of, rate, text,
    time_zone, uuid,
};
