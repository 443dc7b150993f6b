//! `daybook demo`: the service with an invented history, made through the real ledger.
//!
//! - `orgs.rs`, `people.rs`: who. `dice.rs`: chance that always falls the same way.
//! - `plan`, `fates.rs`, `step.rs`: what happens, planned as data, pure.
//! - `operations.rs`: what another system tells about the work itself.
//! - `act.rs`, `invoices.rs`, `corrections.rs`, `claims.rs`, `statements.rs`:
//!   making it happen by commands.
//! - `statement.rs`: what the payment provider states. `card.rs`: `demo.json`.
//!
//! The history is made once. A start that was interrupted is taken up again: every command has a
//! name, so what happened already does not happen twice.

mod act;
mod card;
mod claims;
mod corrections;
mod dice;
mod fates;
mod invoices;
mod operations;
mod orgs;
mod people;
mod plan;
mod seed;
mod start;
mod statement;
mod statements;
mod step;

pub use start::demo;
