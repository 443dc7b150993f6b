//! `POST /v1/billing/charges/setup-fee`

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use ledger::{
    invoice::{Invoice, InvoiceCommand, InvoiceType, setup_fee_invoice_id},
    store::account_id,
    subscription::Subscription,
};
use serde_json::json;
use uuid::Uuid;

use super::{ChargeBody, LineTerms, one_off::customer, terms::begin};
use crate::{
    error::ApiError,
    order::Order,
    resources::invoices::{InvoiceView, answered},
    state::AppState,
};

/// Charges the fee for setting the org up, once: the account's price unless `amount` says
/// otherwise. Charging it again changes nothing; with other content it is refused.
#[utoipa::path(post, path = "/v1/billing/charges/setup-fee", tag = "charges",
    request_body = ChargeBody,
    responses((status = 201, description = "The draft of the set-up fee", body = InvoiceView)))]
pub(crate) async fn charge(
    state: Data<AppState>,
    order: Order<ChargeBody>,
) -> Result<HttpResponse, ApiError> {
    let org = order.caller.org;
    let id = setup_fee_invoice_id(org);
    // One line, whoever asks and how often.
    let line_id = Uuid::new_v5(&id.uuid(), b"line");
    let terms = LineTerms::setup_fee(&state, &order, line_id).await?;
    let customer = customer(&state, &order).await?;
    let batch = order.batch_on(&state, id).then_from::<Invoice, Subscription>(
        id,
        account_id(org),
        move |account| {
            let open = begin(account, InvoiceType::SetupFee, customer.clone());
            Ok(InvoiceCommand::AddLine(terms.line(account, Some(open))?))
        },
    );
    let outcome = batch.run().await?;
    let facts = json!({"invoice_id": id, "line_item_id": line_id});
    answered(&state, &order, &outcome, StatusCode::CREATED, id, facts).await
}
