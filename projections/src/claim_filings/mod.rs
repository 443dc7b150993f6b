//! **Question:** what was sent of a claim, when, under which numbers?
//!
//! - **Rule:** what a claim says counts from its event on; a submission sends what it said then.
//! - **Table:** `claim_filings`, one row per content and one per submission; the view
//!   `billing_claim_export_snapshots` puts each submission beside what it sent (contract S0.3).
//!   Personal data stays sealed.
//! - **Unit:** minor units of the claim's currency.
//! - **Fed by:** `billing.claim.drafted`, `billing.claim.revised`, `billing.claim.submitted`.

mod projector;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use projector::ClaimFilings;
pub use query::{Filing, of_claim};
pub use rows::{Kind, Row};
