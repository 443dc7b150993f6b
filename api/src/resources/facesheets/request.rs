//! `POST /v1/billing/facesheet/request`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::facesheet::{Demographic, Facesheet, FacesheetCommand, Reason, Request, facesheet_id};
use serde_json::json;
use utoipa::ToSchema;

use super::view::{FacesheetView, demographics, one};
use crate::{
    answer::{self, command},
    body::{Fields, ForeignId, FromBody, foreign_id, text},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

/// What every payer needs.
const USUAL: [Demographic; 6] = [
    Demographic::Address,
    Demographic::DateOfBirth,
    Demographic::MemberId,
    Demographic::Name,
    Demographic::Payer,
    Demographic::Sex,
];

/// Whose facesheet, and what is missing.
#[derive(Debug, ToSchema)]
pub(crate) struct RequestBody {
    /// The caller's own id of the patient: a string or an integer.
    #[schema(value_type = String, example = "mrn-815")]
    patient_id: ForeignId,
    /// What is missing: address, date_of_birth, email, group_number, guarantor, member_id, name,
    /// payer, phone, sex. What every payer needs, unless said otherwise.
    #[schema(value_type = Option<Vec<String>>)]
    missing: Vec<Demographic>,
    /// Whom we ask, at most 200 characters: a facility, a department, a number. Kept sealed.
    asked_of: Option<String>,
}

impl FromBody for RequestBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let patient_id = fields.required("patient_id", foreign_id);
        let missing = fields.or("missing", USUAL.to_vec(), demographics);
        let asked_of = fields.optional("asked_of", text(200));
        Some(Self { patient_id: patient_id?, missing: missing?, asked_of: asked_of? })
    }
}

/// Asks for a patient's facesheet. While a request is open, asking again changes nothing and
/// asking for more widens it.
#[utoipa::path(post, path = "/v1/billing/facesheet/request", tag = "facesheets",
    request_body = RequestBody,
    responses((status = 201, description = "The request", body = FacesheetView)))]
pub(crate) async fn request(
    state: Data<AppState>,
    order: Order<RequestBody>,
) -> Result<HttpResponse, ApiError> {
    let (caller, named) = (order.caller, &order.body.patient_id);
    let who = ("patient", named.as_str());
    let patient_id = order.seal(&state, who, &named.field("patient_id"), named.as_str()).await?;
    let asked_of = match &order.body.asked_of {
        Some(asked_of) => Some(order.seal(&state, who, "asked_of", asked_of).await?),
        None => None,
    };
    let id = facesheet_id(patient_id.subject);
    let request = Request {
        asked_of,
        missing: order.body.missing.clone(),
        patient: state.ledger.names().anonymous_ref(caller.org, named.as_str()),
        patient_id,
        reason: Reason { claim_id: None },
        requested_on: account(&state, caller.org).await?.today(),
    };
    let given = FacesheetCommand::Request(Box::new(request));
    let outcome = order.execute::<Facesheet>(&state, id, given).await?;
    let facts = json!({"request_id": id, "patient_id": named.to_json()});
    command(&state, &order, &outcome, StatusCode::CREATED, facts, async |reached| {
        let (view, _) = one(&state, &caller, id, Some(reached.position)).await?;
        Ok(Some(answer::value(&view)?))
    })
    .await
}
