//! **Question:** which of Stripe's messages came in, and what became of each?
//!
//! - **Rule:** metadata only: what it was, when Stripe says it happened, what it was about, and
//!   how we dealt with it. Never the message itself.
//! - **Table:** none of its own; it reads `inbox`, which keeps each verified message once
//!   (contract S2.16).

mod query;

pub use query::{Filter, StripeEvent, list};
