//! Stripe's webhooks: verified over the raw body, read leniently, told in the ledger's words.
//!
//! Stripe promises neither order nor single delivery, and changes its shapes by version: we read
//! the few fields that we need and accept the invoice both as it was before `2025-03-31.basil`
//! and as it is since. What we do not know is kept by its type and ignored.

mod config;
mod ids;
mod object;
mod signature;
mod statement;
mod translate;

pub use config::{StripeWebhook, WebhookSecret};
pub use ids::{IdKind, is_valid_id};
pub use signature::{TOLERANCE_SECONDS, signed};
pub use statement::StripeStatement;
