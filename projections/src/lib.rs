//! WHAT PEOPLE ASK: read models, each one question answered by folding the log, and the engine
//! that keeps them.
//!
//! - `engine/`: order, batches, transactions, checkpoints, parking, rebuilding, policies.
//! - one folder per question: `invoices/`, `reconcile/`, `timeline/`, `journal/`, …; a few ask
//!   the tables of others and have none: `aging/`, `profit_and_loss/`, `accounting/`.
//!
//! A read model's folder has `mod.rs` (question, rule, table, unit, fed by), `projector.rs`
//! (pure), `rows.rs` (columns), `query.rs` (typed answers) and `tests.rs`. To add one: make the
//! folder, its migration with two tables in `schema/migrations/`, and one line in
//! [`engine::read_models`]; a test names what was forgotten.

pub mod accounting;
pub mod aging;
mod answers;
pub mod billing_audit_logs;
pub mod billing_decisions;
pub mod claim_filings;
pub mod claims;
pub mod credit_notes;
pub mod disputes;
pub mod engine;
pub mod exceptions;
pub mod exports;
pub mod facesheets;
pub mod held_payments;
pub mod invoice_lines;
pub mod invoices;
pub mod journal;
pub mod operations;
pub mod patients;
pub mod payment_plans;
pub mod payment_status;
pub mod periods;
pub mod prior_auths;
pub mod profit_and_loss;
pub mod reconcile;
pub mod reconciliation;
pub mod remittance_claims;
pub mod remittances;
pub mod revenue;
pub mod statement_deliveries;
pub mod statement_escalations;
pub mod statements;
pub mod stripe_events;
pub mod tax_ledger;
pub mod tax_snapshot;
#[cfg(test)]
mod testing;
pub mod timeline;
pub mod usage_drift;
