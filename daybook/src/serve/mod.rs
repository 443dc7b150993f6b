//! Everything together: started in order, stopped in the other.
//!
//! ```text
//! database ─▶ ledger ─▶ engine (read models, policies) ─▶ notary ─▶ jobs ─▶ API
//! ```

mod notary;
mod ready;
mod service;
mod signals;

pub use service::{Service, serve};
pub(crate) use signals::Signals;
