//! `POST /v1/billing/prior-auth/request`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    prior_auth::{PriorAuth, PriorAuthCommand, Request, Span, Urgency},
    values::{Code, PriorAuthId, Units},
};
use serde_json::json;
use time::Date;
use utoipa::ToSchema;

use super::view::{AuthorizationView, done};
use crate::{
    body::{
        Fields, ForeignId, FromBody, code, day, diagnosis, each, foreign_id, one_of, procedure,
        text, units,
    },
    error::ApiError,
    order::{Order, Plan},
    state::AppState,
};

const URGENCIES: &[(&str, Urgency)] =
    &[("standard", Urgency::Standard), ("urgent", Urgency::Urgent)];

/// What the payer is asked: one service.
#[derive(Debug, ToSchema)]
pub(crate) struct AuthorizationBody {
    /// The caller's own id of the patient; kept sealed.
    #[schema(value_type = String)]
    patient_id: ForeignId,
    /// Whom we ask.
    #[schema(value_type = String, example = "60054")]
    payer_id: Code,
    /// CPT or HCPCS.
    #[schema(value_type = String, example = "97110")]
    procedure: Code,
    /// The payer's billing units.
    #[schema(value_type = String, example = "12")]
    units: Units,
    /// The first day.
    starts_on: Date,
    /// The last day.
    ends_on: Date,
    /// standard (an answer is due in seven days; unless said otherwise) or urgent (72 hours).
    #[schema(value_type = Option<String>)]
    urgency: Urgency,
    /// ICD-10 codes, the most important first; at most twelve; kept sealed.
    #[schema(value_type = Option<Vec<String>>, max_items = 12)]
    diagnoses: Vec<String>,
    /// The patient's number with the payer; kept sealed.
    member_id: Option<String>,
    /// A remark, at most 500 characters; kept sealed.
    note: Option<String>,
}

impl FromBody for AuthorizationBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let patient_id = fields.required("patient_id", foreign_id);
        let payer_id = fields.required("payer_id", code);
        let procedure = fields.required("procedure", procedure);
        let units = fields.required("units", units);
        let starts_on = fields.required("starts_on", day);
        let ends_on = fields.required("ends_on", day);
        let urgency = fields.or("urgency", Urgency::Standard, one_of(URGENCIES));
        let diagnoses = fields.or("diagnoses", Vec::new(), each(12, diagnosis));
        let member_id = fields.optional("member_id", text(80));
        let note = fields.optional("note", text(500));
        Some(Self {
            patient_id: patient_id?,
            payer_id: payer_id?,
            procedure: procedure?,
            units: units?,
            starts_on: starts_on?,
            ends_on: ends_on?,
            urgency: urgency?,
            diagnoses: diagnoses?,
            member_id: member_id?,
            note: note?,
        })
    }
}

/// Asks a payer to allow a service.
#[utoipa::path(post, path = "/v1/billing/prior-auth/request", tag = "prior-auth",
    request_body = AuthorizationBody,
    responses((status = 201, description = "The authorization; `auth_id` names it",
        body = AuthorizationView)))]
pub(crate) async fn request(
    state: web::Data<AppState>,
    order: Order<AuthorizationBody>,
) -> Result<HttpResponse, ApiError> {
    let id = PriorAuthId::new(order.new_id("prior_auth"));
    let request = Box::new(sealed(&state, &order).await?);
    let plan = Plan::one::<PriorAuth>(id, PriorAuthCommand::Request(request));
    let plan = plan.saying(StatusCode::CREATED, json!({"auth_id": id}));
    done(&state, &order, plan, id).await
}

async fn sealed(state: &AppState, order: &Order<AuthorizationBody>) -> Result<Request, ApiError> {
    let body = &order.body;
    let named = body.patient_id.as_str();
    let who = ("patient", named);
    let mut diagnoses = Vec::with_capacity(body.diagnoses.len());
    for (place, diagnosis) in body.diagnoses.iter().enumerate() {
        diagnoses.push(order.seal(state, who, &format!("diagnoses.{place}"), diagnosis).await?);
    }
    let member_id = match &body.member_id {
        Some(member) => Some(order.seal(state, who, "member_id", member).await?),
        None => None,
    };
    let note = match &body.note {
        Some(note) => Some(order.seal(state, who, "note", note).await?),
        None => None,
    };
    Ok(Request {
        diagnoses,
        member_id,
        note,
        patient: state.ledger.names().anonymous_ref(order.caller.org, named),
        patient_id: order.seal(state, who, &body.patient_id.field("patient_id"), named).await?,
        payer_id: body.payer_id.clone(),
        procedure: body.procedure.clone(),
        requested_at: order.context.occurred_at,
        span: Span { ends_on: body.ends_on, starts_on: body.starts_on },
        units: body.units,
        urgency: body.urgency,
    })
}
