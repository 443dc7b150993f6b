//! `GET /v1/billing/patients`

use actix_web::{HttpResponse, web::Data};
use projections::patients::{self, Patients};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::view::{PatientView, opened};
use crate::{error::ApiError, paging::Page, query::Asked, reading::reading, state::AppState};

const ACTIVE: &[(&str, Option<bool>)] =
    &[("active", Some(true)), ("inactive", Some(false)), ("all", None)];

/// Which patients.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct PatientParams {
    /// active, inactive or all (unless said otherwise), in any case.
    status: Option<String>,
    /// Patients of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A page of patients.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PatientPage {
    patients: Vec<PatientView>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// The org's patients. Ids and names are masked for viewers, auditors and integrations.
#[utoipa::path(get, path = "/v1/billing/patients", tag = "patients", params(PatientParams),
    responses((status = 200, description = "A page of patients", body = PatientPage)))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let active = asked.params.word("status", ACTIVE).flatten();
    let page = Page::<Uuid>::read(&state, &mut asked, "patients", &active)?;
    let reading = reading::<Patients>(&state, asked.caller.org, asked.min_position).await?;
    let found = patients::list(&reading.snapshot, active, page.after, page.fetch()).await?;
    reading.snapshot.close().await?;
    let (found, next) = page.cut(found, |patient| patient.patient_id.uuid());
    let patients = opened(&state, &asked.caller, &found).await?;
    page.answer(&state, &asked, reading.position, next, |next_cursor| PatientPage {
        patients,
        next_cursor,
    })
}
