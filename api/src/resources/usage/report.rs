//! `GET /v1/billing/usage/report`

use actix_web::{HttpResponse, web::Data};
use ledger::{operation::Metric, subscription::Limits, values::CycleKey};
use projections::usage_drift::{self, Usage, UsageDrift};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer::{at_position, instant},
    error::ApiError,
    query::Asked,
    reading::reading,
    resources::account::account_when,
    state::AppState,
};

/// Which month.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct UsageParams {
    /// `YYYY-MM`; the current month of the org's zone unless said otherwise. Workers and storage
    /// are always as they stand now.
    month: Option<String>,
}

/// What the plan includes; null is unlimited.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanLimitsView {
    /// Workers.
    workers: Option<i64>,
    /// Bookings a month.
    bookings: Option<i64>,
    /// Bytes of storage.
    storage_bytes: Option<i64>,
}

/// Whether more is used than the plan includes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OverageView {
    workers: bool,
    bookings: bool,
    storage_bytes: bool,
}

/// What other systems counted; null where no counter was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordedView {
    bookings: Option<i64>,
    job_completions: Option<i64>,
    leads: Option<i64>,
    patient_activations: Option<i64>,
    photos: Option<i64>,
    storage_bytes: Option<i64>,
    workers: Option<i64>,
}

/// One metric: what the facts come to, and what a counter says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DriftView {
    /// bookings, job_completions, leads, patient_activations, photos, storage_bytes or workers.
    metric: &'static str,
    /// `month`: counted in the month; `current`: as it stands now.
    window: &'static str,
    /// What the facts come to.
    computed: i64,
    /// What the recorded counter says; null without one.
    recorded: Option<i64>,
    /// Recorded less computed; null without a counter.
    drift: Option<i64>,
    /// Whether the two differ.
    drift_detected: bool,
    /// Facts about the month that were recorded after it had ended.
    late_facts: i64,
    /// By how much computed has changed since the month ended.
    late_change: i64,
    /// When it changed last.
    updated_at: Option<String>,
}

/// What an org uses.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsageView {
    /// Whose.
    org_id: String,
    /// `YYYY-MM`.
    month: String,
    /// Whether the month has ended in the org's zone.
    month_ended: bool,
    /// The org's zone, in which its months begin.
    time_zone: String,
    /// The plan.
    plan: String,
    /// Workers who are active now.
    workers: i64,
    /// Bookings that start in the month and are not canceled.
    bookings: i64,
    /// Bytes that photos and other stored things occupy now.
    storage_bytes: i64,
    /// What the plan includes.
    plan_limits: PlanLimitsView,
    /// Whether more is used than the plan includes.
    overage: OverageView,
    /// Whether any of them is.
    overage_detected: bool,
    /// What other systems counted.
    recorded_counters: RecordedView,
    /// Every metric.
    drift: Vec<DriftView>,
    /// Whether any counter differs.
    drift_detected: bool,
    /// Facts about the month that were recorded after it had ended, of all metrics.
    late_facts: i64,
}

/// What the org uses in a month, what its plan includes, and whether recorded counters agree
/// with the facts.
#[utoipa::path(get, path = "/v1/billing/usage/report", tag = "usage", params(UsageParams),
    responses((status = 200, description = "The report", body = UsageView)))]
pub(crate) async fn show(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let month = asked.params.parsed::<CycleKey>("month", "a month YYYY-MM is expected");
    asked.params.finish()?;
    let org = asked.caller.org;
    let account = account_when(&state, org, asked.when).await?;
    let terms = account.terms();
    let terms = terms.ok_or_else(|| ApiError::Failed("no terms".to_owned()))?;
    let current = month_of(account.today())?;
    let month = month.unwrap_or(current);
    let reading = reading::<UsageDrift>(&state, org, asked.when).await?;
    let usage = usage_drift::of_month(&reading.snapshot, month).await?;
    reading.snapshot.close().await?;
    let computed = |metric| found(&usage, metric).map_or(0, |usage| usage.computed);
    let overage = OverageView {
        workers: is_over(computed(Metric::Workers), terms.limits.workers),
        bookings: is_over(computed(Metric::Bookings), terms.limits.bookings),
        storage_bytes: is_over(computed(Metric::StorageBytes), terms.limits.storage_bytes),
    };
    let view = UsageView {
        org_id: org.to_string(),
        month: month.to_string(),
        month_ended: month < current,
        time_zone: terms.cycle.time_zone.to_string(),
        plan: terms.plan.to_string(),
        workers: computed(Metric::Workers),
        bookings: computed(Metric::Bookings),
        storage_bytes: computed(Metric::StorageBytes),
        plan_limits: limits(&terms.limits),
        overage_detected: overage.workers || overage.bookings || overage.storage_bytes,
        overage,
        recorded_counters: recorded(&usage),
        drift_detected: usage.iter().any(Usage::drifts),
        late_facts: usage.iter().map(|usage| usage.late_facts).sum(),
        drift: usage.iter().map(DriftView::of).collect(),
    };
    Ok(at_position(reading.position, &view))
}

fn month_of(day: time::Date) -> Result<CycleKey, ApiError> {
    let year = i16::try_from(day.year()).map_err(|error| ApiError::failed(&error))?;
    Ok(CycleKey { year, month: u8::from(day.month()) })
}

fn found(usage: &[Usage], metric: Metric) -> Option<&Usage> {
    usage.iter().find(|usage| usage.metric == metric)
}

fn is_over(used: i64, limit: Option<i64>) -> bool {
    limit.is_some_and(|limit| used > limit)
}

fn limits(limits: &Limits) -> PlanLimitsView {
    PlanLimitsView {
        workers: limits.workers,
        bookings: limits.bookings,
        storage_bytes: limits.storage_bytes,
    }
}

fn recorded(usage: &[Usage]) -> RecordedView {
    let of = |metric| found(usage, metric).and_then(|usage| usage.recorded);
    RecordedView {
        bookings: of(Metric::Bookings),
        job_completions: of(Metric::JobCompletions),
        leads: of(Metric::Leads),
        patient_activations: of(Metric::PatientActivations),
        photos: of(Metric::Photos),
        storage_bytes: of(Metric::StorageBytes),
        workers: of(Metric::Workers),
    }
}

impl DriftView {
    fn of(usage: &Usage) -> Self {
        Self {
            metric: usage.metric.as_str(),
            window: if usage.metric.is_current() { "current" } else { "month" },
            computed: usage.computed,
            recorded: usage.recorded,
            drift: usage.drift,
            drift_detected: usage.drifts(),
            late_facts: usage.late_facts,
            late_change: usage.late_change,
            updated_at: usage.updated_at.map(instant),
        }
    }
}
