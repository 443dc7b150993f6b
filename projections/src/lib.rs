//! WHAT PEOPLE ASK: read models, each one question answered by folding the log, and the engine
//! that keeps them.
//!
//! - `engine/`: order, batches, transactions, checkpoints, parking, rebuilding, policies.
//! - one folder per question: `invoices/`, `reconcile/`, `timeline/`, `journal/`, …
//!
//! A read model's folder has `mod.rs` (question, rule, table, unit, fed by), `projector.rs`
//! (pure), `rows.rs` (columns), `query.rs` (typed answers) and `tests.rs`. To add one: make the
//! folder, its migration with two tables in `schema/migrations/`, and one line in
//! [`engine::read_models`]; a test names what was forgotten.

mod answers;
pub mod engine;
pub mod invoice_lines;
pub mod invoices;
pub mod journal;
pub mod patients;
pub mod payment_status;
pub mod reconcile;
pub mod stripe_events;
pub mod tax_snapshot;
#[cfg(test)]
mod testing;
pub mod timeline;
