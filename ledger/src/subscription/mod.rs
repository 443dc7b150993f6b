//! Subscription.

mod aggregate;
mod command;
mod error;
mod event;

pub use aggregate::Subscription;
pub use command::*;
pub use error::SubscriptionError;
pub use event::*;
