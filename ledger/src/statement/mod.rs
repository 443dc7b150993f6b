//! A patient's statement: what is asked for, how it is sent, what comes of it (sole-biller mode).
//!
//! # The rule
//!
//! 1. It has one patient, one currency and a number `STMT-YYYYMM-NNNNN` from the start; its id is
//!    given, or follows from the claim. Always `balance due = charges − insurance − adjustments −
//!    payments` ([`Figures`]).
//! 2. **Who may.** Orders come from the founder, from staff or from the agent, each with the
//!    founder's settings and the account's standing in force ([`Authority`]). What the agent may not do is refused here,
//!    whoever asks in its name, with the boundary that stands in the way ([`Boundary`]). There is
//!    no order with which it could change a balance; the one that gives something up is refused
//!    to it always. News from outside (deliveries, payments, the claim) needs nobody's leave.
//! 3. What the agent draws up it finalizes at once, up to the threshold; above it, the statement
//!    waits for the founder, whose `send` or `release` lets it go on. Why is told in `decided`.
//!    While the account is paused or past due the agent draws up and sends nothing by itself: the
//!    statement waits (`not_entitled`), which is decided and told, and goes on when the account is
//!    in order.
//! 4. The agent sends a statement once, a reminder once per level, and one letter after an e-mail
//!    or text message that failed, not before its time. Persons may send again. On the portal a
//!    statement has arrived when it is sent.
//! 5. News of deliveries comes late, twice and out of order: each is told once per delivery, and
//!    the lifecycle never moves backwards.
//! 6. Levels of the schedule are reached once each and upwards only, and not while the patient
//!    keeps to a plan. Payments cover a plan's instalments in their order.
//! 7. A payment is entered here, up to what is due, and the claim is told in the same append
//!    (`patient_money.rs`). Nothing due any more means paid, and settles the levels. When money
//!    goes back, a paid statement stays paid, with something due on it again.
//! 8. The founder's override ends the agent's part on the statement and keeps all that happened.
//!
//! # Statements of claims
//!
//! The claim holds the receivable (account 1120) and its adjustments; a statement of a claim
//! enters only the patient's money, and its figures are the claim's. While it has not been sent
//! it is restated when the claim changes, or voided when nothing is left to ask for. What was
//! sent stays as it was sent: another statement takes its place (`superseded`), except that a
//! payer who pays it all makes it paid. A statement without a claim enters its own receivable
//! when it is finalized; so each balance is in the books once.
//!
//! # States
//!
//! ```text
//! generate ─▶ drafted ─▶ finalized ─▶ sent ─▶ delivered ─▶ opened ─▶ paid
//!                │           │          └── steps may be skipped ──────▲
//!                └─ voided ◀─┴── also from sent, delivered, opened
//!
//! beside the ladder: failed     while the latest delivery failed and none arrived
//!                    escalated  from reaching a level until it is paid
//! ```

mod aggregate;
mod authority;
mod calendar;
mod channel;
mod claims;
mod collecting;
mod command;
mod deciding;
mod delivering;
mod drafting;
mod error;
mod event;
mod following;
mod hearing;
mod holding;
pub mod identity;
mod mailing;
mod paying;
mod plans;
mod reading;
#[cfg(test)]
mod tests;
mod words;

pub use aggregate::{Delivery, Statement};
pub use authority::{Authority, Boundary};
pub use channel::{Choice, History, Tally, select_channel};
pub use claims::{charges_in, charges_of, due_after, parts_of};
pub use command::*;
pub use error::StatementError;
pub use event::*;
pub use identity::{decision_id, delivery_id, plan_id, statement_of_claim};
pub use plans::{Plan, PlanState};
pub use words::rationale_text;

/// What a decision comes to.
type Decision = Result<Vec<StatementEvent>, StatementError>;
