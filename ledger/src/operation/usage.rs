//! What usage is counted in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::values::CycleKey;

/// What is counted of an org.
///
/// - **Source:** contract S2.15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Bookings by the month they start in; canceled ones do not count.
    Bookings,
    /// Jobs by the month they were completed in.
    JobCompletions,
    /// Leads by the month they were created in.
    Leads,
    /// Patients billed, by cycle.
    PatientActivations,
    /// Photos by the month they were taken in; deleted ones do not count.
    Photos,
    /// Bytes that photos and other stored things occupy now.
    StorageBytes,
    /// Workers who are active now.
    Workers,
}

impl Metric {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Bookings,
        Self::JobCompletions,
        Self::Leads,
        Self::PatientActivations,
        Self::Photos,
        Self::StorageBytes,
        Self::Workers,
    ];

    /// The word that events and answers use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bookings => "bookings",
            Self::JobCompletions => "job_completions",
            Self::Leads => "leads",
            Self::PatientActivations => "patient_activations",
            Self::Photos => "photos",
            Self::StorageBytes => "storage_bytes",
            Self::Workers => "workers",
        }
    }

    /// Whether it is counted as it stands now, whatever the month.
    pub const fn is_current(self) -> bool {
        matches!(self, Self::StorageBytes | Self::Workers)
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Not the word of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such metric")]
pub struct UnknownMetric;

impl FromStr for Metric {
    type Err = UnknownMetric;

    fn from_str(text: &str) -> Result<Self, UnknownMetric> {
        Self::ALL.into_iter().find(|metric| metric.as_str() == text).ok_or(UnknownMetric)
    }
}

/// What one thing counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// How much: one, or bytes.
    pub amount: i64,
    /// Of what.
    pub metric: Metric,
    /// In which month; `None` where it is counted as it stands now.
    pub month: Option<CycleKey>,
}

/// By how much a count changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// More, or less.
    pub delta: i64,
    /// Whether the month had ended by then.
    pub late: bool,
    /// Of what.
    pub metric: Metric,
    /// In which month; `None` where it is counted as it stands now.
    pub month: Option<CycleKey>,
}

/// A month that had ended when a fact about it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// What the fact is about.
    pub metric: Metric,
    /// Which month.
    pub month: CycleKey,
}
