//! A payer's permission to bill: so many units of one service, between two days.
//!
//! A request for several services is several authorizations, one per service, because the payer
//! decides each on its own (X12 278, event and service level); they may share the payer's number.
//!
//! # The rule
//!
//! 1. A request names patient, payer, service, units and days, and when the payer must have
//!    answered: 72 hours for an urgent one, seven days otherwise (CMS-0057-F).
//! 2. The payer may pend it, deny it, or approve it: in full, in part (fewer units or fewer days
//!    than asked) or modified. The answer that came before is proved by the one that comes after:
//!    a late "pended" changes nothing. A denied request may still be approved.
//! 3. An approval may be revised, but never below what is drawn.
//! 4. A claim line draws once, for service days inside the approved span, out of the units that
//!    are left. Giving a draw back (the claim was voided or replaced) returns its units.
//!    A line that cannot have its units yet may wait for them: it takes them as soon as the payer
//!    allows them or another line returns them, those who waited longest first.
//! 5. It expires when its last day has passed. What was delivered inside the span may still be
//!    drawn, since claims follow the service; a new service may not.
//! 6. Marked as used, nothing more is drawn, until a draw is given back.
//! 7. Canceled is for good; what was drawn stays drawn until it is given back.
//!
//! # States
//!
//! ```text
//! (none) ─ request ─▶ requested ─ pend ─▶ pended
//!                         └──────┬───────────┘
//!            deny ▼              ▼ approve
//!            denied ─ approve ─▶ approved | partly_approved | modified ─ mark used ─▶ used
//!                                │    ▲ └──────── give back ─────────────────────────┘
//!                                ▼ last day passed
//!                             expired
//!   requested | pended | approved… | expired | used ─ cancel ─▶ canceled
//! ```

mod aggregate;
mod answering;
mod command;
mod drawing;
mod error;
mod event;
mod reading;
#[cfg(test)]
mod tests;

pub use aggregate::PriorAuth;
pub use command::*;
pub use error::PriorAuthError;
pub use event::*;

/// What a decision comes to.
type Decision = Result<Vec<PriorAuthEvent>, PriorAuthError>;
