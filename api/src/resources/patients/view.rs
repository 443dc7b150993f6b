//! A patient, as callers see them.

use ledger::{patient_activation::PatientActivationError, values::PatientActivationId};
use projections::{
    engine::Streams,
    patients::{self, Patient, Patients},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    answer::instant,
    body::ForeignId,
    credentials::Caller,
    error::{ApiError, Plain},
    people::open,
    reading::reading,
    state::AppState,
    when::When,
};

/// A patient's billing state.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PatientView {
    /// The caller's own id, as it was sent; masked in lists for some roles.
    patient_id: Value,
    /// The name; masked for some roles.
    name: Option<String>,
    /// The patient as invoices know them; for internal tracking only.
    anonymous_patient_ref: String,
    /// Whether the org is billed for them.
    is_active_for_billing: bool,
    /// Since when, the last time.
    activated_at: String,
    /// Since when no longer.
    deactivated_at: Option<String>,
    /// The latest cycle that was billed, `YYYY-MM`.
    last_billed_cycle: Option<String>,
    /// When they were first heard of.
    created_at: String,
    /// When they changed last.
    updated_at: String,
    /// The version, as in `ETag`.
    version: i64,
}

impl PatientView {
    fn of(patient: &Patient, patient_id: Value, name: Option<String>) -> Self {
        Self {
            patient_id,
            name,
            anonymous_patient_ref: patient.anonymous_patient_ref.clone(),
            is_active_for_billing: patient.is_active_for_billing,
            activated_at: instant(patient.activated_at),
            deactivated_at: patient.deactivated_at.map(instant),
            last_billed_cycle: patient.last_billed_cycle.map(|cycle| cycle.to_string()),
            created_at: instant(patient.created_at),
            updated_at: instant(patient.updated_at),
            version: patient.version,
        }
    }
}

/// Patients with what their caller may see of them.
pub(super) async fn opened(
    state: &AppState,
    caller: &Caller,
    found: &[Patient],
) -> Result<Vec<PatientView>, ApiError> {
    let sealed: Vec<_> = found
        .iter()
        .flat_map(|patient| [Some(&patient.foreign_id), patient.name.as_ref()])
        .collect();
    let mut plain = open(state, caller, &sealed).await?.into_iter();
    let mut views = Vec::with_capacity(found.len());
    for patient in found {
        let id = plain.next().flatten();
        let id = id.map_or(Value::Null, |text| ForeignId::opened(&patient.foreign_id, &text));
        views.push(PatientView::of(patient, id, plain.next().flatten()));
    }
    Ok(views)
}

/// A patient's id out of a path.
pub(super) fn named(text: &str) -> Result<ForeignId, ApiError> {
    ForeignId::from_text(text).ok_or(Plain::NotFound.into())
}

/// One patient, whose id the caller knows, so that it is echoed to everybody; their name is not.
pub(super) async fn patient_at(
    state: &AppState,
    caller: &Caller,
    named: &ForeignId,
    when: impl Into<When>,
) -> Result<(PatientView, i64), ApiError> {
    let id: PatientActivationId = state.ledger.names().patient(caller.org, named.as_str());
    let when = when.into().of(Streams::of(id));
    let reading = reading::<Patients>(state, caller.org, when).await?;
    let found = patients::get(&reading.snapshot, id).await?;
    reading.snapshot.close().await?;
    let found = found.ok_or_else(|| ApiError::refused(&PatientActivationError::Unknown))?;
    let name = open(state, caller, &[found.name.as_ref()]).await?.pop().flatten();
    Ok((PatientView::of(&found, named.to_json(), name), reading.position))
}

impl PatientView {
    pub(super) fn version(&self) -> i64 {
        self.version
    }
}
