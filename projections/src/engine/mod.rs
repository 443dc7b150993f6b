//! The projection engine: it owns order, batches, loading and saving rows, checkpoints, parking,
//! waiting and rebuilding, so that a read model is two pure functions and its columns.
//!
//! - `read_model.rs`, `columns.rs`, `words.rs`: what a read model writes.
//! - `projector.rs`, `statements.rs`, `pipeline.rs`: the same without types, set-based.
//! - `live/`: following the log. `follow/`: policies. `rebuild/`: filling tables anew.
//! - `explain/`: which events made a figure.
//! - `snapshot.rs`: reading rows and their position together. `history/`: the same of the past.
//! - `memory.rs`: folding in memory.
//!
//! To add a read model: make its folder beside this one, its migration in
//! `schema/migrations/`, and one line in [`read_models`].

mod columns;
mod error;
pub mod explain;
mod follow;
mod history;
mod live;
mod log;
mod memory;
mod pipeline;
mod projector;
mod read_model;
mod rebuild;
mod slots;
mod snapshot;
mod statements;
mod words;

use std::sync::Arc;

pub use columns::{Array, Cell, Column, Columns};
pub use error::EngineError;
pub use follow::{Failure, Follower, as_history, failures, following, retry};
pub use history::{AnswerState, AnswerStatus, History, HistoryOptions, Preparing, Streams};
pub use live::{Engine, EngineOptions, Health, NotReached, Parked, Settled, parked, unpark};
pub use memory::{Folded, fold};
pub use projector::{Projector, folding};
pub use read_model::ReadModel;
pub use rebuild::{
    Acceptance, Asked, Checks, Difference, Disagreement, Ended, LastRebuild, MoneyMoved, Outdated,
    Progress, RebuildFailure, RebuildOptions, RebuildReport, Rebuilding, Rederived, Standing,
    ask_to_stop, begin as begin_rebuild, check, checks, due_checks, outdated, rebuild, rederive,
    standing,
};
pub use slots::Slot;
pub use snapshot::{ModelAt, Snapshot};
pub use words::{Word, Worded};

pub(crate) use slots::NO_SLOT;

/// Every read model. A line here is what switches one on.
pub fn read_models() -> Vec<Arc<dyn Projector>> {
    vec![
        // +- The next read model goes here, in alphabetical order.
        // v
        folding::<crate::billing_audit_logs::BillingAuditLogs>(),
        folding::<crate::billing_decisions::BillingDecisions>(),
        folding::<crate::claim_filings::ClaimFilings>(),
        folding::<crate::claims::Claims>(),
        folding::<crate::credit_notes::CreditNotes>(),
        folding::<crate::disputes::Disputes>(),
        folding::<crate::exceptions::Exceptions>(),
        folding::<crate::facesheets::Facesheets>(),
        folding::<crate::held_payments::HeldPayments>(),
        folding::<crate::invoice_lines::InvoiceLines>(),
        folding::<crate::invoices::Invoices>(),
        folding::<crate::journal::Journal>(),
        folding::<crate::operations::Operations>(),
        folding::<crate::patients::Patients>(),
        folding::<crate::payment_plans::PaymentPlans>(),
        folding::<crate::payment_status::PaymentStatus>(),
        folding::<crate::periods::Periods>(),
        folding::<crate::prior_auths::PriorAuths>(),
        folding::<crate::reconcile::Reconcile>(),
        folding::<crate::remittance_claims::RemittanceClaims>(),
        folding::<crate::remittances::Remittances>(),
        folding::<crate::revenue::Revenue>(),
        folding::<crate::statement_deliveries::StatementDeliveries>(),
        folding::<crate::statement_escalations::StatementEscalations>(),
        folding::<crate::statements::Statements>(),
        folding::<crate::tax_ledger::TaxLedger>(),
        folding::<crate::tax_snapshot::TaxSnapshot>(),
        folding::<crate::timeline::Timeline>(),
        folding::<crate::usage_drift::UsageDrift>(),
    ]
}

/// Every policy. A line here is what switches one on.
pub fn policies() -> Vec<Arc<dyn Follower>> {
    vec![
        following::<ledger::policies::AuthorizationDraws>(),
        following::<ledger::policies::CycleCharges>(),
        following::<ledger::policies::Dunning>(),
        following::<ledger::policies::FacesheetRequests>(),
        following::<ledger::policies::PatientShare>(),
        following::<ledger::policies::RemittancePosting>(),
        following::<ledger::policies::StatementSending>(),
    ]
}

#[cfg(test)]
mod tests {
    use super::{policies, read_models};

    /// Checkpoints go by name.
    #[test]
    fn no_policy_and_no_read_model_share_a_name() {
        let mut names: Vec<&str> = policies().iter().map(|policy| policy.name()).collect();
        names.extend(read_models().iter().map(|model| model.name()));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
