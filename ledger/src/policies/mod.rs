//! "When this, then that": pure folds of the log that give commands.
//!
//! - `policy.rs`: what a policy is. `reaction.rs`: a command it wants to give.
//! - `authorization_draws.rs`: a submitted claim draws on authorizations.
//! - `cycle_charges.rs`: a cycle billed to a patient becomes a line of the monthly invoice.
//! - `dunning.rs`: a payment that failed is told, once per invoice.
//! - `facesheet_requests.rs`: a claim that lacks demographics asks for a facesheet; one that came
//!   is told.
//! - `remittance_posting.rs`: a payer's answer is posted to its claim, or parked;
//!   `posting_order.rs`: how.
//!
//! To add a policy: write it here, and add one line to `policies()` in
//! `projections/src/engine/mod.rs`, which carries policies out.

mod authorization_draws;
mod cycle_charges;
mod dunning;
mod facesheet_requests;
mod policy;
mod posting_order;
mod reaction;
mod remittance_posting;

pub use authorization_draws::AuthorizationDraws;
pub use cycle_charges::CycleCharges;
pub use dunning::{Dunning, payment_failed};
pub use facesheet_requests::FacesheetRequests;
pub use policy::{Answer, Policy, Refused};
pub use posting_order::{ParkAdvice, PostAdvice};
pub use reaction::Reaction;
pub use remittance_posting::{ParkedAnswers, RemittancePosting};
