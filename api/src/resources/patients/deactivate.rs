//! `POST /v1/billing/patients/{patient_id}/deactivate`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::patient_activation::{Deactivate, PatientActivation, PatientActivationCommand};
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::view::{PatientView, named, patient_at};
use crate::{
    answer::{self, command},
    body::{Fields, ForeignId, FromBody, instant},
    error::ApiError,
    order::{Order, Plan},
    state::AppState,
};

/// When the patient left.
#[derive(Debug, ToSchema)]
pub(crate) struct DeactivateBody {
    /// Now unless said otherwise.
    #[schema(value_type = Option<String>, format = DateTime)]
    deactivated_at: Option<OffsetDateTime>,
}

impl FromBody for DeactivateBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { deactivated_at: fields.optional("deactivated_at", instant)? })
    }
}

/// Bills for the patient no longer. What was billed stays.
#[utoipa::path(post, path = "/v1/billing/patients/{patient_id}/deactivate", tag = "patients",
    request_body = DeactivateBody,
    responses((status = 200, description = "The patient", body = PatientView)))]
pub(crate) async fn deactivate(
    state: web::Data<AppState>,
    order: Order<DeactivateBody>,
    patient: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let named = named(&patient)?;
    let caller = order.caller;
    let plan = plan(&state, &order, &named);
    let (outcome, status, facts) = plan.carry_out(&state, &order).await?;
    command(&state, &order, &outcome, status, facts, async |reached| {
        let (view, _) = patient_at(&state, &caller, &named, Some(reached.position)).await?;
        answer::value(&view).map(Some)
    })
    .await
}

pub(crate) fn plan(state: &AppState, order: &Order<DeactivateBody>, named: &ForeignId) -> Plan {
    let id = state.ledger.names().patient(order.caller.org, named.as_str());
    let deactivated_at = order.body.deactivated_at.unwrap_or(order.context.occurred_at);
    let deactivate = PatientActivationCommand::Deactivate(Deactivate { deactivated_at });
    let plan = Plan::one::<PatientActivation>(id, deactivate);
    plan.saying(StatusCode::OK, json!({"patient_id": named.to_json()}))
}
