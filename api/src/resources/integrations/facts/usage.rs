//! Room that is taken, and what other systems count.

use ledger::{
    operation::{Metric, Storage, UsageCounter},
    values::CycleKey,
};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{super::sealing::Sealing, MOST};
use crate::{
    body::{Fields, FromBody, Wrong, integer, text},
    error::ApiError,
};

/// Room that something other than photos takes now; `operation.storage`.
#[derive(Debug, ToSchema)]
pub(crate) struct StorageData {
    /// How much; 0 once it is gone.
    bytes: i64,
}

impl FromBody for StorageData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { bytes: fields.required("bytes", integer(0, MOST))? })
    }
}

impl StorageData {
    pub(super) async fn into_fact(self, _sealing: &Sealing<'_>) -> Result<Storage, ApiError> {
        Ok(Storage { bytes: self.bytes })
    }
}

/// A recorded usage counter; `operation.usage_counter`. It has no id: metric and month name it.
#[derive(Debug, ToSchema)]
pub(crate) struct UsageCounterData {
    /// bookings, job_completions, leads, patient_activations, photos, storage_bytes or workers.
    #[schema(value_type = String)]
    metric: Metric,
    /// `YYYY-MM`; of workers and storage the counter of the latest month counts.
    #[schema(value_type = String, example = "2026-03")]
    month: CycleKey,
    /// How much.
    value: i64,
}

impl FromBody for UsageCounterData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let metric = fields.required("metric", metric);
        let month = fields.required("month", month);
        let value = fields.required("value", integer(0, MOST));
        Some(Self { metric: metric?, month: month?, value: value? })
    }
}

impl UsageCounterData {
    /// What is counted as it stands now has one counter for all months.
    pub(super) fn entity(&self) -> String {
        match self.metric.is_current() {
            true => self.metric.to_string(),
            false => format!("{}:{}", self.metric, self.month),
        }
    }

    pub(super) async fn into_fact(self, _sealing: &Sealing<'_>) -> Result<UsageCounter, ApiError> {
        let Self { metric, month, value } = self;
        Ok(UsageCounter { metric, month, value })
    }
}

fn metric(raw: &RawValue) -> Result<Metric, Wrong> {
    text(64)(raw)?.parse().map_err(|_| {
        let known: Vec<_> = Metric::ALL.iter().map(|metric| metric.as_str()).collect();
        format!("one of {} is expected", known.join(", ")).into()
    })
}

fn month(raw: &RawValue) -> Result<CycleKey, Wrong> {
    text(7)(raw)?.parse().map_err(|_| "a month YYYY-MM is expected".into())
}
