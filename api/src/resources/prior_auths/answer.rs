//! `POST /v1/billing/prior-auth/{auth_id}/approve`, `…/deny`, `…/pend`

use actix_web::{HttpResponse, web};
use ledger::{
    prior_auth::{
        Approve, Certification, Deny, Pend, PriorAuth, PriorAuthCommand, PriorAuthError, Span,
    },
    values::{Code, PriorAuthId, Units},
};
use time::Date;
use utoipa::ToSchema;

use super::view::{AuthorizationView, done};
use crate::{
    body::{Fields, FromBody, code, day, one_of, text, units},
    error::ApiError,
    order::{Order, Plan},
    resources::account::day_or_today,
    state::AppState,
};

const CERTIFICATIONS: &[(&str, Certification)] = &[
    ("in_full", Certification::InFull),
    ("in_part", Certification::InPart),
    ("modified", Certification::Modified),
];

/// What the payer allows; what is left out is as it was asked.
#[derive(Debug, ToSchema)]
pub(crate) struct ApproveBody {
    /// The payer's number of it.
    #[schema(value_type = String, example = "AUTH-4711")]
    reference: Code,
    /// How many units.
    #[schema(value_type = Option<String>)]
    units: Option<Units>,
    /// The first day.
    starts_on: Option<Date>,
    /// The last day.
    ends_on: Option<Date>,
    /// in_full (unless said otherwise), in_part or modified.
    #[schema(value_type = Option<String>)]
    certification: Certification,
    /// When the payer decided; today in the org's zone unless said otherwise.
    approved_on: Option<Date>,
}

impl FromBody for ApproveBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reference = fields.required("reference", code);
        let units = fields.optional("units", units);
        let starts_on = fields.optional("starts_on", day);
        let ends_on = fields.optional("ends_on", day);
        let certification =
            fields.or("certification", Certification::InFull, one_of(CERTIFICATIONS));
        let approved_on = fields.optional("approved_on", day);
        Some(Self {
            reference: reference?,
            units: units?,
            starts_on: starts_on?,
            ends_on: ends_on?,
            certification: certification?,
            approved_on: approved_on?,
        })
    }
}

/// Notes that the payer allows it, or allows it otherwise than before.
#[utoipa::path(post, path = "/v1/billing/prior-auth/{auth_id}/approve", tag = "prior-auth",
    request_body = ApproveBody,
    responses((status = 200, description = "The authorization", body = AuthorizationView)))]
pub(crate) async fn approve(
    state: web::Data<AppState>,
    order: Order<ApproveBody>,
    id: web::Path<PriorAuthId>,
) -> Result<HttpResponse, ApiError> {
    let body = &order.body;
    let approved_on = day_or_today(&state, order.caller.org, body.approved_on).await?;
    let (reference, certification) = (body.reference.clone(), body.certification);
    let (units, starts_on, ends_on) = (body.units, body.starts_on, body.ends_on);
    let plan = Plan::on(*id).then_from::<PriorAuth, PriorAuth>(*id, *id, move |known| {
        let asked = known.requested().ok_or_else(|| Box::new(PriorAuthError::Unknown) as _)?;
        Ok(PriorAuthCommand::Approve(Approve {
            approved_on,
            certification,
            reference: reference.clone(),
            span: Span {
                ends_on: ends_on.unwrap_or(asked.span.ends_on),
                starts_on: starts_on.unwrap_or(asked.span.starts_on),
            },
            units: units.unwrap_or(asked.units),
        }))
    });
    done(&state, &order, plan, *id).await
}

/// Why the payer refuses it.
#[derive(Debug, ToSchema)]
pub(crate) struct DenyBody {
    /// The payer's code.
    #[schema(value_type = String, max_length = 64)]
    reason_code: Code,
    /// What the payer wrote, at most 500 characters; kept sealed.
    note: Option<String>,
    /// When the payer decided; today in the org's zone unless said otherwise.
    denied_on: Option<Date>,
}

impl FromBody for DenyBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(500));
        let denied_on = fields.optional("denied_on", day);
        Some(Self { reason_code: reason_code?, note: note?, denied_on: denied_on? })
    }
}

/// Notes that the payer refuses it.
#[utoipa::path(post, path = "/v1/billing/prior-auth/{auth_id}/deny", tag = "prior-auth",
    request_body = DenyBody,
    responses((status = 200, description = "The authorization", body = AuthorizationView)))]
pub(crate) async fn deny(
    state: web::Data<AppState>,
    order: Order<DenyBody>,
    id: web::Path<PriorAuthId>,
) -> Result<HttpResponse, ApiError> {
    let body = &order.body;
    let denied_on = day_or_today(&state, order.caller.org, body.denied_on).await?;
    let note = match &body.note {
        Some(note) => Some(patient_note(&state, &order, *id, note).await?),
        None => None,
    };
    let deny = Deny { denied_on, note, reason_code: body.reason_code.clone() };
    let plan = Plan::one::<PriorAuth>(*id, PriorAuthCommand::Deny(deny));
    done(&state, &order, plan, *id).await
}

/// Sealed for the patient, so that it goes when the patient is erased.
async fn patient_note(
    state: &AppState,
    order: &Order<DenyBody>,
    id: PriorAuthId,
    note: &str,
) -> Result<ledger::values::Sealed<String>, ApiError> {
    let (known, _) = state.ledger.load::<PriorAuth>(order.caller.org, id).await?;
    let asked = known.requested().ok_or_else(|| ApiError::refused(&PriorAuthError::Unknown))?;
    let subject = asked.patient_id.subject;
    Ok(state.ledger.keyring().seal(&order.context, subject, "note", note).await?)
}

/// What the payer wants.
#[derive(Debug, ToSchema)]
pub(crate) struct PendBody {
    /// The payer's code.
    #[schema(value_type = Option<String>, max_length = 64)]
    reason_code: Option<Code>,
    /// The payer's administrative reference.
    #[schema(value_type = Option<String>, max_length = 64)]
    reference: Option<Code>,
    /// When the payer said so; today in the org's zone unless said otherwise.
    pended_on: Option<Date>,
}

impl FromBody for PendBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason_code = fields.optional("reason_code", code);
        let reference = fields.optional("reference", code);
        let pended_on = fields.optional("pended_on", day);
        Some(Self { reason_code: reason_code?, reference: reference?, pended_on: pended_on? })
    }
}

/// Notes that the payer wants more time or more information.
#[utoipa::path(post, path = "/v1/billing/prior-auth/{auth_id}/pend", tag = "prior-auth",
    request_body = PendBody,
    responses((status = 200, description = "The authorization", body = AuthorizationView)))]
pub(crate) async fn pend(
    state: web::Data<AppState>,
    order: Order<PendBody>,
    id: web::Path<PriorAuthId>,
) -> Result<HttpResponse, ApiError> {
    let body = &order.body;
    let pended_on = day_or_today(&state, order.caller.org, body.pended_on).await?;
    let (reason_code, reference) = (body.reason_code.clone(), body.reference.clone());
    let pend = Pend { pended_on, reason_code, reference };
    let plan = Plan::one::<PriorAuth>(*id, PriorAuthCommand::Pend(pend));
    done(&state, &order, plan, *id).await
}
