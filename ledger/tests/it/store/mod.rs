//! The store against a real PostgreSQL.

mod answers;
mod append_only;
pub(crate) mod closed_periods;
mod cutting;
mod faults;
mod framework;
mod leaves;
mod notary;
mod numbers;
mod outbox;
mod outbox_laws;
mod plans;
mod sealing;
mod sharing;
pub(crate) mod support;
mod two_nodes;
