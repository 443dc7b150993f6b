//! "When this, then that": pure folds of the log that give commands.
//!
//! - `policy.rs`: what a policy is. `reaction.rs`: a command it wants to give.
//! - `authorization_draws.rs`: a submitted claim draws on authorizations, or waits for them.
//! - `cycle_charges.rs`: a cycle billed to a patient becomes a line of the monthly invoice.
//! - `delegated.rs`: orders to statements, under the founder's settings.
//! - `dunning.rs`: a payment that failed is told, once per invoice.
//! - `facesheet_requests.rs`: a claim that lacks demographics asks for a facesheet; one that came
//!   is told.
//! - `patient_share.rs`: what payers leave to the patient is asked for by a statement.
//! - `remittance_posting.rs`: a payer's answer is posted to its claim, or parked;
//!   `posting_order.rs`: how.
//! - `statement_sending.rs`: statements are sent, reminded of, followed by letters.
//!   `statement_rounds.rs`: what jobs ask of a statement.
//!
//! To add a policy: write it here, and add one line to `policies()` in
//! `projections/src/engine/mod.rs`, which carries policies out.

mod authorization_draws;
mod cycle_charges;
mod delegated;
mod dunning;
mod facesheet_requests;
mod patient_share;
mod policy;
mod posting_order;
mod reaction;
mod remittance_posting;
mod statement_rounds;
mod statement_sending;
#[cfg(test)]
mod statement_tests;

pub use authorization_draws::AuthorizationDraws;
pub use cycle_charges::CycleCharges;
pub use delegated::{AsTheClaimSays, Delegated};
pub use dunning::{Dunning, payment_failed};
pub use facesheet_requests::FacesheetRequests;
pub use patient_share::{PatientShare, Share};
pub use policy::{Answer, Policy, Refused};
pub use posting_order::{ParkAdvice, PostAdvice};
pub use reaction::Reaction;
pub use remittance_posting::{ParkedAnswers, RemittancePosting};
pub use statement_rounds::{escalations, failovers, instead, missed_instalments, resumption};
pub use statement_sending::{Addressee, StatementSending};
