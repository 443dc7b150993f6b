//! The console over real sockets and a real PostgreSQL.
#![cfg(test)]

mod world;

mod doors;
mod operations;
mod proofs;
mod reconcile;
mod subjects;
