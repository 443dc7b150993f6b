//! Laws of the read models, and the engine against a real PostgreSQL.
#![cfg(test)]

mod answers;
mod authorizations;
mod follow;
mod isolation;
mod laws;
mod laws_of_money;
mod laws_of_payers;
mod laws_of_shares;
mod live;
mod parking;
mod past;
mod past_streams;
mod payers;
mod plans;
mod rebuild;
mod rebuild_differences;
mod reconciliation;
mod reports;
mod statements;
mod support;
mod world;
