//! When a person may be contacted about what they owe, and what they may dispute.
//!
//! Nothing here decides to contact anybody: whoever is about to send or call asks
//! [`ContactRules::ask`] first, with what is known, and keeps to the answer.
//!
//! - `calls.rs`: how often (Regulation F, 12 CFR 1006.14(b)). `hours.rs`: at what hours
//!   (1006.6(b)(1)). `places.rs`: where an address may lie. `estimate.rs`: a bill far above the good-faith estimate (45 CFR 149.620).
//!
//! All of `vectors/contact-rules.json` is tested.

mod calls;
mod estimate;
mod hours;
mod places;
mod rules;
#[cfg(test)]
mod tests;

pub use calls::{CallHistory, CallRefusal, may_call};
pub use estimate::{DISPUTE_WITHIN_DAYS, disputable_from, may_dispute};
pub use hours::{CLOSES, HoursRefusal, OPENS, may_contact, next_open};
pub use places::zones_of;
pub use rules::{Contact, ContactRules, Verdict, Way};
