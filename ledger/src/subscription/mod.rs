//! The org's account with the operator: plan, prices, tax, cycles, and whether billing runs.
//!
//! # The rule
//!
//! 1. An org has one account, opened once. Its currency, anchor day and time zone never change.
//! 2. Prices are in the account's currency and not below zero; limits are whole numbers that
//!    JSON can carry exactly.
//! 3. A tax rate holds from a day on. On a day the rate with the latest first day up to then
//!    counts; configuring the same first day again replaces it. Without one, nothing is taxed.
//! 4. Billing runs while the account is active, trialing or past due. A pause keeps plan, prices
//!    and limits; resuming makes the account active. Canceled is for good.
//! 5. While billing is paused no patient can be activated (`subscription.paused`). A pause or a
//!    debt gates what acts by itself ([`entitlements`]); records stay readable whatever happens.
//! 6. A cycle starts when its first instant has come, and never after a later one has started.
//! 7. A cycle is billed for the patients active at its first instant. Where that falls into a
//!    pause, the instant at which the pause ends within the cycle takes its place; a cycle that
//!    lies wholly inside pauses is never billed. Cycles do not overlap and each is billed once
//!    per patient, so no day is billed twice and none that no billed cycle holds.
//! 8. Money that fits no invoice is held here, once per payment, whatever the account's status.
//!    It is given to an invoice or sent back, whole and once; what an invoice gives back is held
//!    again.
//! 9. A calendar day rests if billing rests at its first instant, in the org's zone.
//!
//! # States
//!
//! ```text
//!               trial           activate
//! (inactive) ─ open ─▶ active ───▶ trialing ───▶ active
//!                      │  ▲           │
//!            past due  ▼  │ activate  │ past due
//!                    past due ◀───────┘
//!   active | trialing | past due ─ pause ─▶ paused ─ resume ─▶ active
//!   any ─ cancel ─▶ canceled
//! ```

mod account;
mod aggregate;
mod billing;
mod command;
mod entitlement;
mod error;
mod event;
mod holding;
mod opening;
mod pausing;
mod reading;
mod resting;
#[cfg(test)]
mod tests;

pub use account::{Pause as PauseSpan, Status};
pub use aggregate::Subscription;
pub use command::*;
pub use entitlement::{Entitlement, entitlements};
pub use error::SubscriptionError;
pub use event::*;
pub use holding::{HeldPayment, Whereabouts};
pub use resting::PausedDays;

/// What a decision comes to.
type Decision = Result<Vec<SubscriptionEvent>, SubscriptionError>;
