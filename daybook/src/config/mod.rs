//! The settings: read from the environment once, checked together, passed on as types.
//!
//! - `environment.rs`: the one place that reads the environment.
//! - `catalogue.rs`: every name there is, with what it means; the rest is refused or ignored.
//! - `reader.rs`: turns texts into values and keeps every complaint.
//! - `doors.rs`: from where somebody may come in. `guards.rs`: what does not go together.
//! - `checkpoints.rs`: who signs how far the logs go.
//! - `email.rs`: how e-mails leave. `retention.rs`: how long what is settled is kept.
//! - `history.rs`: what is kept of the past. `telling.rs`: to whom traces are told.
//! - `settings.rs`: what the program works with.
//!
//! To add a setting: one line in `catalogue.rs`, one field and one line in `settings.rs`. An
//! unknown `DAYBOOK_*` is refused, so that a misspelt setting is never silently the default.

mod address;
mod catalogue;
mod checkpoints;
mod delivery;
mod doors;
mod email;
mod environment;
mod exporting;
mod guards;
mod history;
mod issuer;
mod reader;
mod retention;
mod secret;
mod settings;
mod telling;
mod words;

pub(crate) use address::Place;
pub use catalogue::{CATALOGUE, Entry};
pub use checkpoints::{Checkpoints, KeySource};
pub use delivery::Delivery;
pub use email::Email;
pub use environment::{Environment, colours_wanted};
pub use reader::{Problem, Problems, Shown};
pub use retention::Retention;
pub use secret::Secret;
pub use settings::{Config, Database, ServiceRoles};
pub use telling::Telling;
pub use words::{AppEnv, LogFormat};
