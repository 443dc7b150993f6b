//! Laws of the read models, and the engine against a real PostgreSQL.
#![cfg(test)]

mod answers;
mod follow;
mod isolation;
mod laws;
mod live;
mod parking;
mod rebuild;
mod support;
mod world;
