//! The operator's books of an org: entries made by hand, and the sealing of periods.

mod event;

pub use event::*;
