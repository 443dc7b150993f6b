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
    /// Send what waits in the outbox.
    OutboxDelivery,
    /// Remove what nobody needs any more.
    Cleanup,
}

impl JobName {
    /// Every job.
    pub const ALL: [Self; 7] = [
        Self::AccountingExport,
        Self::MonthlyInvoices,
        Self::Overdue,
        Self::Inbox,
        Self::RevenueRecognition,
        Self::OutboxDelivery,
        Self::Cleanup,
    ];

    /// As typed, stored and shown in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccountingExport => "accounting-export",
            Self::MonthlyInvoices => "monthly-invoices",
            Self::Overdue => "overdue",
            Self::Inbox => "inbox",
            Self::RevenueRecognition => "revenue-recognition",
            Self::OutboxDelivery => "outbox-delivery",
            Self::Cleanup => "cleanup",
        }
    }

    /// How often the scheduler runs it. Midnights fall all around the clock, so the jobs that
    /// wait for one look often.
    pub const fn every(self) -> Duration {
        match self {
            Self::MonthlyInvoices => Duration::from_secs(300),
            Self::AccountingExport | Self::Overdue | Self::RevenueRecognition => {
                Duration::from_secs(3_600)
            }
            Self::Inbox | Self::OutboxDelivery => Duration::from_secs(60),
            Self::Cleanup => Duration::from_secs(86_400),
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
}
