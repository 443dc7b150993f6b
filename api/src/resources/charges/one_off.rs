//! `POST /v1/billing/charges/one-off`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    Refusal,
    invoice::{Invoice, InvoiceCommand, InvoiceType},
    store::account_id,
    subscription::Subscription,
    values::{InvoiceId, Sealed},
};
use serde_json::json;

use super::{ChargeBody, LineTerms, terms::begin};
use crate::{
    error::ApiError,
    order::{Order, Plan},
    resources::invoices::{InvoiceView, done},
    state::AppState,
};

/// Charges something once: a new draft invoice with one line.
#[utoipa::path(post, path = "/v1/billing/charges/one-off", tag = "charges",
    request_body = ChargeBody,
    responses((status = 201, description = "The new draft; `line_item_id` names its line",
        body = InvoiceView)))]
pub(crate) async fn charge(
    state: Data<AppState>,
    order: Order<ChargeBody>,
) -> Result<HttpResponse, ApiError> {
    let id = InvoiceId::new(order.new_id("invoice"));
    let plan = plan(&state, &order).await?;
    done(&state, &order, plan, id).await
}

pub(crate) async fn plan(state: &AppState, order: &Order<ChargeBody>) -> Result<Plan, ApiError> {
    let org = order.caller.org;
    let id = InvoiceId::new(order.new_id("invoice"));
    let line_id = order.new_id("line");
    let terms = LineTerms::of(state, order, line_id).await?;
    let customer = customer(state, order).await?;
    let read = account_id(org);
    let plan = Plan::on(id).then_from::<Invoice, Subscription>(id, read, move |account| {
        account.billing_allowed().map_err(|paused| Box::new(paused) as Box<dyn Refusal>)?;
        let open = begin(account, InvoiceType::OneOff, customer.clone());
        Ok(InvoiceCommand::AddLine(terms.line(account, Some(open))?))
    });
    let mut facts = json!({"invoice_id": id, "line_item_id": line_id});
    for (name, given) in
        [("customer_id", &order.body.customer_id), ("patient_id", &order.body.patient_id)]
    {
        if let Some(given) = given {
            facts[name] = given.to_json();
        }
    }
    Ok(plan.saying(StatusCode::CREATED, facts))
}

/// Whom it is for, sealed: the customer, or the patient where only they are named.
pub(super) async fn customer(
    state: &AppState,
    order: &Order<ChargeBody>,
) -> Result<Option<Sealed<String>>, ApiError> {
    let body = &order.body;
    let (kind, given) = match (&body.customer_id, &body.patient_id) {
        (Some(customer), _) => ("customer", customer),
        (None, Some(patient)) => ("patient", patient),
        (None, None) => return Ok(None),
    };
    let field = given.field("customer_id");
    Ok(Some(order.seal(state, (kind, given.as_str()), &field, given.as_str()).await?))
}
