//! One payment of a payer (an 835): what it is for, claim by claim, and what has become of it.
//!
//! # The rule
//!
//! 1. A payment is known by payer and trace, whatever file it comes in; its id follows from both.
//!    Heard again with the same content it changes nothing, with other content it is refused.
//! 2. Nothing of a payment is posted unless all of it adds up ([`balance`]): every line, every
//!    claim, and the claims less the provider adjustments with what was paid. What was paid is
//!    never below zero: the payer forwards such a balance (`FB`).
//! 3. Each claim of it is then posted to its claim, in order, by a policy: [`adjudication_of`]
//!    says what to order and `claim::claim_id` of whom. Posted here and there in one append.
//! 4. What cannot be posted yet (the claim is not known, was never submitted, or holds no answer
//!    that the reversal could take back) is parked. Its money stands as unapplied until it is
//!    posted after all, which leaves the same balance as if it had come in order.
//! 5. Provider adjustments (PLB) are entered with the payment; positive ones cut it. Interest
//!    (`L6`) is ours, everything else is settled with the payer.
//! 6. A deposit at the bank settles the payment when it is exactly as much.
//!
//! With that the clearing account of a payment comes to what was paid once every claim is posted
//! or parked, and to nothing once the deposit is matched.
//!
//! # States
//!
//! ```text
//! (none) ─ receive ─▶ received ─ match deposit ─▶ deposited
//! each claim of it:   waiting ─ post ─▶ posted
//!                        └ park ─▶ parked ─ post ─▶ posted
//! ```

mod advice;
mod aggregate;
pub mod balance;
mod command;
mod error;
mod event;
pub mod identity;
mod posting;
mod receiving;
#[cfg(test)]
mod tests;

pub use advice::*;
pub use aggregate::{Remittance, Waiting};
pub use balance::Imbalance;
pub use command::*;
pub use error::RemittanceError;
pub use event::*;
pub use identity::remittance_id;
pub use posting::adjudication_of;

/// What a decision comes to.
type Decision = Result<Vec<RemittanceEvent>, RemittanceError>;
