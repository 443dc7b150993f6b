//! The store against a real PostgreSQL.

mod answers;
mod append_only;
mod numbers;
mod sealing;
mod support;
mod two_nodes;
