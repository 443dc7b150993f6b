//! `POST /v1/founder-billing/statements/generate`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    delegation::{Delegation, delegation_id},
    statement::{Authority, Charge, Contacts, Generate, Parts, Statement, StatementCommand},
    store::account_id,
    subscription::Subscription,
    values::{Currency, Money, StatementId},
};
use serde_json::json;
use time::{Date, Duration};
use utoipa::ToSchema;

use super::{
    contacts::ContactFields,
    view::{StatementView, one},
};
use crate::{
    answer::{self, command},
    body::{Amount, Fields, ForeignId, FromBody, day, foreign_id, text},
    error::ApiError,
    order::Order,
    resources::account::account,
    state::AppState,
};

/// Days to pay, unless said otherwise.
const TERMS_DAYS: i64 = 30;

/// One thing that was done.
#[derive(Debug, ToSchema)]
pub(crate) struct ChargeLine {
    /// In words, at most 255 characters; kept sealed.
    description: Option<String>,
    /// When it was done; the statement's day unless said otherwise.
    date: Option<Date>,
    /// What it costs.
    #[schema(value_type = f64)]
    amount: Amount,
}

impl FromBody for ChargeLine {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let description = fields.optional("description", text(255));
        let date = fields.optional("date", day);
        let amount = fields.required("amount", Amount::read);
        Some(Self { description: description?, date: date?, amount: amount? })
    }
}

/// What the patient is asked for.
#[derive(Debug, ToSchema)]
#[schema(as = GenerateStatementBody)]
pub(crate) struct GenerateBody {
    /// The caller's own id of the patient: a string or an integer.
    #[schema(value_type = String)]
    patient_id: ForeignId,
    /// The caller's own id of the call: a string or an integer.
    #[schema(value_type = Option<String>)]
    call_id: Option<ForeignId>,
    /// What was done: 1 to 200 lines.
    charges: Vec<ChargeLine>,
    /// What payers paid; nothing unless said otherwise.
    #[schema(value_type = Option<f64>)]
    insurance_paid: Option<Amount>,
    /// What is taken off; nothing unless said otherwise.
    #[schema(value_type = Option<f64>)]
    adjustments: Option<Amount>,
    /// The last day to pay; in 30 days unless said otherwise.
    due_date: Option<Date>,
    /// How the patient can be reached.
    #[schema(value_type = Option<ContactFields>)]
    contacts: ContactFields,
}

impl FromBody for GenerateBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let patient_id = fields.required("patient_id", foreign_id);
        let call_id = fields.optional("call_id", foreign_id);
        let charges = fields.list("charges", 1, 200);
        let insurance_paid = fields.optional("insurance_paid", Amount::read);
        let adjustments = fields.optional("adjustments", Amount::read);
        let due_date = fields.optional("due_date", day);
        let contacts = fields.object("contacts");
        Some(Self {
            patient_id: patient_id?,
            call_id: call_id?,
            charges: charges?,
            insurance_paid: insurance_paid?,
            adjustments: adjustments?,
            due_date: due_date?,
            contacts: contacts?,
        })
    }
}

/// Draws a statement up: by the agent where the founder delegates it, which finalizes it up to
/// the threshold and leaves it to the founder above; otherwise by the founder, as a draft.
#[utoipa::path(post, path = "/v1/founder-billing/statements/generate", tag = "founder billing",
    request_body = GenerateBody,
    responses((status = 201, description = "The statement", body = StatementView)))]
pub(crate) async fn generate(
    state: Data<AppState>,
    order: Order<GenerateBody>,
) -> Result<HttpResponse, ApiError> {
    let caller = order.caller;
    let account = account(&state, caller.org).await?;
    let currency = account.currency();
    let prepared = prepared(&state, &order, currency, account.today()).await?;
    let id = StatementId::new(order.new_id("statement"));
    let build = move |delegation: &Delegation, account: &Subscription| {
        let terms = delegation.terms(currency);
        let agent = Authority::agent().under(&terms, account);
        let founder = Authority::founder().under(&terms, account);
        let by = if agent.terms.enabled && agent.entitled { agent } else { founder };
        Ok(StatementCommand::Generate(Box::new(Generate { by, ..prepared.clone() })))
    };
    let read = (delegation_id(caller.org), account_id(caller.org));
    let batch = order.batch_on(&state, id);
    let batch = batch.then_from_both::<Statement, Delegation, Subscription>(id, read, build);
    let outcome = batch.run().await?;
    let facts = json!({"id": id, "patient_id": order.body.patient_id.to_json()});
    command(&state, &order, &outcome, StatusCode::CREATED, facts, async |reached| {
        let (view, _) = one(&state, &caller, id, Some(reached.position)).await?;
        Ok(Some(answer::value(&view)?))
    })
    .await
}

/// The order, but for who gives it.
async fn prepared(
    state: &AppState,
    order: &Order<GenerateBody>,
    currency: Currency,
    today: Date,
) -> Result<Generate, ApiError> {
    let (body, named) = (&order.body, &order.body.patient_id);
    let who = ("patient", named.as_str());
    let mut charges = Vec::with_capacity(body.charges.len());
    let mut total_charges = Money::zero(currency);
    for (index, line) in body.charges.iter().enumerate() {
        let amount = line.amount.money(currency, &format!("/charges/{index}/amount"))?;
        let field = format!("charges.{index}.description");
        let description = match &line.description {
            Some(text) => Some(order.seal(state, who, &field, text).await?),
            None => None,
        };
        total_charges = total_charges.plus(amount).map_err(|error| ApiError::failed(&error))?;
        let service_on = line.date.unwrap_or(today);
        charges.push(Charge { amount, description, procedure: None, service_on });
    }
    let part = |amount: &Option<Amount>, pointer: &str| match amount {
        Some(amount) => amount.money(currency, pointer),
        None => Ok(Money::zero(currency)),
    };
    let call_id = match &body.call_id {
        Some(id) => Some(order.seal(state, who, &id.field("call_id"), id.as_str()).await?),
        None => None,
    };
    let contacts: Contacts = body.contacts.sealed(state, order, named.as_str()).await?;
    let due_on = today.saturating_add(Duration::days(TERMS_DAYS));
    Ok(Generate {
        by: Authority::founder(),
        call_id,
        charges,
        claim_id: None,
        contacts,
        due_on: body.due_date.unwrap_or(due_on),
        generated_on: today,
        number: None,
        parts: Parts {
            adjustments: part(&body.adjustments, "/adjustments")?,
            insurance_paid: part(&body.insurance_paid, "/insurance_paid")?,
            insurance_pending: Money::zero(currency),
            patient_paid: Money::zero(currency),
            total_charges,
        },
        patient: state.ledger.names().anonymous_ref(order.caller.org, named.as_str()),
        patient_id: order.seal(state, who, &named.field("patient_id"), named.as_str()).await?,
        supersedes: None,
    })
}
