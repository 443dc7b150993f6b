//! `POST /v1/billing/patients/{patient_id}/activate`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    Refusal,
    invoice::monthly_invoice_id,
    patient_activation::{
        Activate, PatientActivation, PatientActivationCommand, PatientActivationEvent,
    },
    recorded::LedgerEvent,
    store::{Outcome, account_id},
    subscription::{Subscription, SubscriptionError},
    values::OrgId,
};
use serde_json::{Value, json};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{PatientView, named, patient_at};
use crate::{
    answer::{self, command},
    body::{Fields, ForeignId, FromBody, foreign_id, instant, text},
    error::{ApiError, Plain},
    order::{Order, Plan},
    state::AppState,
};

/// What is known of the patient.
#[derive(Debug, ToSchema)]
pub(crate) struct ActivateBody {
    /// The name, at most 200 characters; kept sealed.
    name: Option<String>,
    /// When the plan was sent; now unless said otherwise.
    #[schema(value_type = Option<String>, format = DateTime)]
    activated_at: Option<OffsetDateTime>,
    /// The org; must be the caller's own.
    #[schema(value_type = Option<String>)]
    office_id: Option<ForeignId>,
}

impl FromBody for ActivateBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.optional("name", text(200));
        let activated_at = fields.optional("activated_at", instant);
        let office_id = fields.optional("office_id", foreign_id);
        Some(Self { name: name?, activated_at: activated_at?, office_id: office_id? })
    }
}

/// Bills for a patient from now on: the fee goes on the open monthly invoice, once per patient
/// and cycle. Again changes nothing.
#[utoipa::path(post, path = "/v1/billing/patients/{patient_id}/activate", tag = "patients",
    request_body = ActivateBody,
    responses((status = 200,
        description = "The patient; `charge` is what this billed, null if nothing",
        body = PatientView)))]
pub(crate) async fn activate(
    state: web::Data<AppState>,
    order: Order<ActivateBody>,
    patient: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let named = named(&patient)?;
    let caller = order.caller;
    let plan = plan(&state, &order, &named).await?;
    let (outcome, status, facts) = plan.carry_out(&state, &order).await?;
    command(&state, &order, &outcome, status, facts, async |reached| {
        let (view, _) = patient_at(&state, &caller, &named, Some(reached.position)).await?;
        answer::value(&view).map(Some)
    })
    .await
}

pub(crate) async fn plan(
    state: &AppState,
    order: &Order<ActivateBody>,
    named: &ForeignId,
) -> Result<Plan, ApiError> {
    let caller = order.caller;
    let own = caller.org.to_string();
    if order.body.office_id.as_ref().is_some_and(|office| office.as_str() != own) {
        return Err(Plain::ForeignOrg.into());
    }
    let names = state.ledger.names();
    let id = names.patient(caller.org, named.as_str());
    let reference = names.anonymous_ref(caller.org, named.as_str());
    let who = ("patient", named.as_str());
    let patient_id = order.seal(state, who, &named.field("patient_id"), named.as_str()).await?;
    let name = match &order.body.name {
        Some(name) => Some(order.seal(state, who, "name", name).await?),
        None => None,
    };
    let activated_at = order.body.activated_at.unwrap_or(order.context.occurred_at);
    let plan = Plan::on(id).then_from::<PatientActivation, Subscription>(
        id,
        account_id(caller.org),
        move |account| {
            let billing = account.charge_for_activation(activated_at).map_err(boxed)?;
            Ok(PatientActivationCommand::Activate(Activate {
                activated_at,
                billing,
                name: name.clone(),
                patient: reference.clone(),
                patient_id: patient_id.clone(),
            }))
        },
    );
    let said = named.to_json();
    Ok(plan.saying_of(move |outcome| {
        let charge = charge(caller.org, id.uuid(), outcome);
        (StatusCode::OK, json!({"patient_id": said, "charge": charge}))
    }))
}

fn boxed(error: SubscriptionError) -> Box<dyn Refusal> {
    Box::new(error)
}

/// What the activation billed for this patient; others may be in the same append.
fn charge(org: OrgId, patient: Uuid, outcome: &Outcome) -> Value {
    let happened = outcome.subjects.iter().zip(&outcome.decided);
    let billed = happened.filter(|(subject, _)| **subject == patient).find_map(|(_, event)| {
        let LedgerEvent::PatientActivation(happened) = event else { return None };
        match happened {
            PatientActivationEvent::CycleBilled(billed) => Some(billed),
            PatientActivationEvent::Activated(_)
            | PatientActivationEvent::Deactivated(_)
            | PatientActivationEvent::Reactivated(_) => None,
        }
    });
    billed.map_or(Value::Null, |billed| {
        json!({
            "amount": billed.terms.fee.to_string(),
            "currency": billed.terms.currency.to_string(),
            "cycle": billed.cycle.to_string(),
            "invoice_id": monthly_invoice_id(org, billed.cycle),
        })
    })
}
