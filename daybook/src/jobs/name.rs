//! The jobs by name.

use std::time::Duration;

use clap::ValueEnum;

/// A job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum JobName {
    /// Keep the accounting CSV of the month before.
    AccountingExport,
    /// Begin due cycles, bill every patient then active, issue where that is automatic.
    MonthlyInvoices,
    /// Mark invoices whose due date has passed.
    Overdue,
    /// Work off webhooks that wait for something or failed.
    Inbox,
    /// Earn what was billed ahead, through the end of the last month.
    RevenueRecognition,
    /// Expire authorizations whose last day has passed.
    PriorAuthExpiry,
    /// Find requests for facesheets overdue that nobody answered in time.
    FacesheetsOverdue,
    /// Send letters in place of e-mails and texts of statements that failed.
    Failovers,
    /// Escalate overdue statements; note instalments that were missed; go on with what waited for
    /// the account.
    Escalations,
    /// Write down e-mails that should have been and were not.
    EmailScan,
    /// Send what waits in the outbox.
    OutboxDelivery,
    /// Say which orgs have messages that were given up.
    OutboxDeadLetter,
    /// Say which orgs have exports that were given up.
    ExportDeadLetter,
    /// Keep signed checkpoints outside the database.
    CheckpointPublication,
    /// Work read models out once more and compare them with what answers.
    ModelCheck,
    /// Forget API keys that ended long ago.
    Cleanup,
    /// Let go of what settled messages and webhooks said.
    RetentionCleanup,
    /// Tidy the folder that e-mails are delivered into.
    #[value(alias = "storage_janitor")]
    StorageJanitor,
}

impl JobName {
    /// Every job, in the order in which the scheduler looks at them.
    pub const ALL: [Self; 18] = [
        Self::AccountingExport,
        Self::MonthlyInvoices,
        Self::Overdue,
        Self::Inbox,
        Self::RevenueRecognition,
        Self::PriorAuthExpiry,
        Self::FacesheetsOverdue,
        Self::Failovers,
        Self::Escalations,
        Self::EmailScan,
        Self::OutboxDelivery,
        Self::OutboxDeadLetter,
        Self::ExportDeadLetter,
        Self::CheckpointPublication,
        Self::ModelCheck,
        Self::Cleanup,
        Self::RetentionCleanup,
        Self::StorageJanitor,
    ];

    /// As typed, stored and shown in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccountingExport => "accounting-export",
            Self::MonthlyInvoices => "monthly-invoices",
            Self::Overdue => "overdue",
            Self::Inbox => "inbox",
            Self::RevenueRecognition => "revenue-recognition",
            Self::PriorAuthExpiry => "prior-auth-expiry",
            Self::FacesheetsOverdue => "facesheets-overdue",
            Self::Failovers => "failovers",
            Self::Escalations => "escalations",
            Self::EmailScan => "email-scan",
            Self::OutboxDelivery => "outbox-delivery",
            Self::OutboxDeadLetter => "outbox-dead-letter",
            Self::ExportDeadLetter => "export-dead-letter",
            Self::CheckpointPublication => "checkpoint-publication",
            Self::ModelCheck => "model-check",
            Self::Cleanup => "cleanup",
            Self::RetentionCleanup => "retention-cleanup",
            Self::StorageJanitor => "storage-janitor",
        }
    }

    /// How often the scheduler runs it. Midnights fall all around the clock, so the jobs that
    /// wait for one look often.
    pub const fn every(self) -> Duration {
        match self {
            Self::ModelCheck | Self::MonthlyInvoices => Duration::from_secs(300),
            Self::AccountingExport
            | Self::Overdue
            | Self::RevenueRecognition
            | Self::PriorAuthExpiry
            | Self::FacesheetsOverdue
            | Self::Escalations
            | Self::EmailScan
            | Self::OutboxDeadLetter
            | Self::ExportDeadLetter
            | Self::StorageJanitor => Duration::from_secs(3_600),
            Self::CheckpointPublication => Duration::from_secs(900),
            Self::Inbox | Self::OutboxDelivery => Duration::from_secs(60),
            Self::Failovers => Duration::from_secs(6 * 3_600),
            Self::Cleanup | Self::RetentionCleanup => Duration::from_secs(86_400),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_typed_as_it_is_stored() {
        for job in JobName::ALL {
            assert_eq!(JobName::from_str(job.as_str(), false), Ok(job));
        }
        assert_eq!(JobName::ALL.len(), JobName::value_variants().len());
    }

    #[test]
    fn the_storage_janitor_has_an_underscore_too() {
        let typed = JobName::from_str("storage_janitor", false);
        assert_eq!(typed, Ok(JobName::StorageJanitor));
    }
}
