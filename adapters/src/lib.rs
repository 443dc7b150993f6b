//! WHO WE TALK TO: one folder per counterparty or format.
//!
//! Each folder implements a port of `ledger::ports` in the counterparty's own wire format; nothing
//! else in the workspace knows that format. Inside: `mod.rs`, `config.rs`, `translate.rs`, …
//!
//! To add an adapter: make its folder, implement the port, and give it to the program in
//! `daybook`'s wiring.

pub mod documents;
pub mod exports;
pub mod mail;
pub mod otlp;
pub mod stripe;
