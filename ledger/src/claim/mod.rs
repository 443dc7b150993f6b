//! A claim: what payers are asked for, what they answer, and what is left to whom.
//!
//! # The rule
//!
//! 1. A claim has one account (CLM01), one patient and one currency for good; its id follows
//!    from the account. Lines, diagnoses and payers are bounded by the format.
//! 2. It is sent only without findings. A first submission, a replacement (7) and a void (8)
//!    carry their control numbers (the sender's, or the next of the org's own series) and the
//!    digest of what was sent; 7 and 8 name the payer's number. What is charged is what was sent last: the difference goes to the books.
//! 3. Lines draw on authorizations when the claim is sent; a line that is replaced, or voided,
//!    gives back what it drew. The events name the draws; a policy carries them out.
//! 4. Acknowledgements come late, twice and out of order. The furthest step reached and the
//!    furthest refusal decide; an answer proves them all. Only 277CA `A2` is acceptance.
//! 5. A payer's answer is posted once by payment identity: payment, the payer's number of the
//!    claim, kind of answer, and which of several alike. It must add up, line by line and as a
//!    whole; otherwise it is refused with the figures.
//! 6. Paid and contractual amounts come off what payers owe; what two payers take off by contract
//!    on one line counts once (`contract.rs`). `CO` is never billed to the patient,
//!    `OA` 23 posts nothing, a denial is never written off without a decision, a
//!    predetermination posts nothing.
//! 7. The patient's share is what the last payer in order leaves to the patient, and nothing
//!    while a further payer is expected. A later payer's word replaces an earlier one's.
//! 8. A reversal (CLP02 22) mirrors what was posted here, not what it says; the difference is
//!    reported. Without an answer to take back it is refused, and the caller keeps it.
//! 9. Write-offs are decisions with a reason, up to what is owed, and can be taken back.
//! 10. A claim closes when payers and patient owe nothing; money that comes later opens it.
//! 11. A claim that no payer took in is voided here; any other by a submission, which takes
//!     effect when the payer accepts it or, where an answer stands, takes that back.
//!
//! # Money is conserved
//!
//! At every position `insurance balance + patient balance = charge − insurance paid −
//! adjustments − patient payments` ([`Standing`]).
//!
//! # States
//!
//! ```text
//! (none) ─ draft ─▶ draft ─ submit ─▶ submitted ─▶ received ─▶ accepted
//!                     │                  └───────┬─────┴──────────┘
//!                     │                 rejected ┘     │ payer answers
//!              void   ▼        void        │           ▼
//!                  voided ◀────────────────┘    adjudicated | denied ◀─ answer ─ reversed
//!                     ▲                              │  │ ▲                        ▲
//!                     │ payer confirms a void        │  │ └ decided ─ appealed     │
//!                     └──────────────────────────────┘  ├──── reversal ────────────┘
//!                                                       └─ nothing owed ─▶ closed
//!   rejected, denied, reversed: submit again; accepted and answered: replace or void
//! ```

mod adjudicating;
mod aggregate;
mod closing;
mod command;
mod content;
mod contract;
mod deciding;
mod drafting;
mod error;
mod event;
mod finding;
mod hearing;
pub mod identity;
mod notice;
mod outline;
mod paying;
mod reading;
mod sorting;
mod standing;
mod submitting;
#[cfg(test)]
mod tests;
mod upcast;

pub use aggregate::Claim;
pub use command::*;
pub use content::*;
pub use error::ClaimError;
pub use event::*;
pub use finding::{Finding, Problem};
pub use identity::claim_id;
pub use notice::Notice;
pub use outline::Part;
pub use standing::{Standing, Status};

/// What a decision comes to.
type Decision = Result<Vec<ClaimEvent>, ClaimError>;
