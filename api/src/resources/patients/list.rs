//! `GET /v1/billing/patients`

use actix_web::{HttpResponse, web::Data};
use projections::{
    engine::Snapshot,
    patients::{self, Patient, Patients},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::view::{PatientView, opened};
use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

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
    let reading = reading::<Patients>(&state, asked.caller.org, asked.when).await?;
    paging::list(state, asked, page, reading, PatientList { active }).await
}

struct PatientList {
    active: Option<bool>,
}

impl List for PatientList {
    type Key = Uuid;
    type Item = Patient;
    type View = PatientView;
    type Page = PatientPage;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<Uuid>,
        limit: i64,
    ) -> Result<Vec<Patient>, ApiError> {
        Ok(patients::list(snapshot, self.active, after, limit).await?)
    }

    fn key(patient: &Patient) -> Uuid {
        patient.patient_id.uuid()
    }

    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        found: Vec<Patient>,
    ) -> Result<Vec<PatientView>, ApiError> {
        opened(state, caller, &found).await
    }

    fn page(&self, patients: Vec<PatientView>, next_cursor: Option<String>) -> PatientPage {
        PatientPage { patients, next_cursor }
    }
}
