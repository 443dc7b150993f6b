//! `GET /v1/billing/facesheet/status/{patient_id}`

use actix_web::{HttpResponse, web};
use ledger::facesheet::facesheet_id;

use super::view::{FacesheetView, one};
use crate::{
    answer::of_version,
    body::ForeignId,
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// Where the latest request for a patient's facesheet stands.
#[utoipa::path(get, path = "/v1/billing/facesheet/status/{patient_id}", tag = "facesheets",
    responses((status = 200, description = "The request", body = FacesheetView)))]
pub(crate) async fn show(
    state: web::Data<AppState>,
    asked: Asked,
    patient: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let named = ForeignId::from_text(&patient).ok_or(Plain::NotFound)?;
    let subject = state.ledger.names().subject(asked.caller.org, "patient", named.as_str());
    let id = facesheet_id(subject);
    let (mut view, position) = one(&state, &asked.caller, id, asked.when).await?;
    // Whoever asks knows the id.
    view.patient_id = named.to_json();
    Ok(of_version(position, view.version, &view))
}
