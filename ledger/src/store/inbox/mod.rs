//! Verified webhooks, each kept once, and what a provider's objects are to us.
//!
//! A webhook is acknowledged once its row is committed; what it means is worked out after that
//! (`crate::receipts`), as often as it takes.

mod links;
mod messages;

pub use links::{Link, NewLink, find_links, find_org_of_invoice, link, link_amount};
pub use messages::{
    InboxStatus, Message, Received, Settled, find_message, receive, settle, unsettled,
};
