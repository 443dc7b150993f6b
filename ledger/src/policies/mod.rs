//! "When this, then that": pure folds of the log that give commands.
//!
//! - `policy.rs`: what a policy is. `reaction.rs`: a command it wants to give.
//! - `cycle_charges.rs`: a cycle billed to a patient becomes a line of the monthly invoice.
//! - `dunning.rs`: a payment that failed is told, once per invoice.
//!
//! To add a policy: write it here, and add one line to `policies()` in
//! `projections/src/engine/mod.rs`, which carries policies out.

mod cycle_charges;
mod dunning;
mod policy;
mod reaction;

pub use cycle_charges::CycleCharges;
pub use dunning::Dunning;
pub use policy::{Answer, Policy, Refused};
pub use reaction::Reaction;
