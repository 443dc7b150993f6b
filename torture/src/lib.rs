//! Faults made on purpose, and a checker that says whether anything was lost, doubled or invented.
//!
//! The program is known from outside only: its binary, HTTP, exit codes, its database.
//!
//! - `ground.rs`, `postgres.rs`, `service.rs`, `tenants.rs`: what is killed, and how it comes back.
//! - `load.rs`, `http.rs`, `notes.rs`: clients, and what they were promised.
//! - `check/`: the checker. `damage.rs`: it proves itself on damaged data first.
//! - `storm.rs`: `kill -9` at random moments. `proxy.rs`: a line that cuts and delays.
//! - `scenarios/`: one fault at a time, a file each.
//!
//! To add a scenario: a file in `scenarios/` and a line in `scenarios/mod.rs`.

pub mod check;
pub mod damage;
pub mod dice;
pub mod ground;
pub mod http;
pub mod load;
pub mod notes;
pub mod postgres;
pub mod proxy;
pub mod scenarios;
pub mod service;
pub mod storm;
pub mod tenants;
