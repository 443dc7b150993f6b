//! The crate against real parts: PostgreSQL, golden files, the framework.
#![cfg(test)]

mod catalogue;
mod cqrs_snapshot_defect;
mod cycles;
mod documents;
mod golden_events;
mod laws;
mod receipts;
mod samples;
mod second_opinion;
mod store;
