//! Exports to somebody's webhook: one `POST` with the file as its body, signed.
//!
//! - `target.rs`: where files may go: a host that is listed, `https` unless it is this machine.
//! - `webhook.rs`: the request. No redirect is followed, and the address that was looked up and
//!   approved is the one that is connected to.

mod target;
mod webhook;

pub use target::{BadTarget, Target};
pub use webhook::{ExportWebhook, WebhookTrust};
