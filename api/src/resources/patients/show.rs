//! `GET /v1/billing/patients/{patient_id}`

use actix_web::{HttpResponse, web};

use super::view::{PatientView, named, patient_at};
use crate::{answer::of_version, error::ApiError, query::Asked, state::AppState};

/// One patient's billing state.
#[utoipa::path(get, path = "/v1/billing/patients/{patient_id}", tag = "patients", responses(
    (status = 200, description = "The patient", body = PatientView),
))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    patient: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let named = named(&patient)?;
    let (view, position) = patient_at(&state, &asked.caller, &named, asked.when).await?;
    Ok(of_version(position, view.version(), &view))
}
