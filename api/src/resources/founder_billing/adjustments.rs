//! `POST /v1/founder-billing/statements/{id}/adjustments`

use actix_web::{HttpResponse, http::StatusCode, web, web::Data};
use ledger::{
    statement::{Adjust, AdjustmentKind, Authority, StatementCommand},
    values::{Code, StatementId},
};
use serde_json::json;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    orders::{answered_as, give, known},
    view::StatementView,
};
use crate::{
    body::{Amount, Fields, FromBody, code, day, one_of, text, uuid},
    error::ApiError,
    order::Order,
    resources::account::day_or_today,
    state::AppState,
};

const KINDS: &[(&str, AdjustmentKind)] = &[
    ("charity_care", AdjustmentKind::CharityCare),
    ("correction", AdjustmentKind::Correction),
    ("price_concession", AdjustmentKind::PriceConcession),
];

/// What comes off.
#[derive(Debug, ToSchema)]
#[schema(as = StatementAdjustmentBody)]
pub(crate) struct AdjustmentBody {
    /// How much: not more than is due.
    #[schema(value_type = f64)]
    amount: Amount,
    /// charity_care, correction or price_concession.
    #[schema(value_type = String)]
    kind: AdjustmentKind,
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "settled_for_less")]
    reason_code: Code,
    /// Why, in words, at most 1000 characters; kept sealed.
    note: Option<String>,
    /// The day; today unless said otherwise.
    adjusted_on: Option<Date>,
    /// Names the adjustment; drawn unless given.
    adjustment_id: Option<Uuid>,
}

impl FromBody for AdjustmentBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let amount = fields.required("amount", Amount::read);
        let kind = fields.required("kind", one_of(KINDS));
        let reason_code = fields.required("reason_code", code);
        let note = fields.optional("note", text(1000));
        let adjusted_on = fields.optional("adjusted_on", day);
        let adjustment_id = fields.optional("adjustment_id", uuid);
        Some(Self {
            amount: amount?,
            kind: kind?,
            reason_code: reason_code?,
            note: note?,
            adjusted_on: adjusted_on?,
            adjustment_id: adjustment_id?,
        })
    }
}

/// Takes something off a statement: given up, or charged in error. What a claim holds is taken off
/// the claim instead.
#[utoipa::path(post, path = "/v1/founder-billing/statements/{id}/adjustments",
    tag = "founder billing", request_body = AdjustmentBody,
    responses((status = 201, description = "The statement; `adjustment_id` names the adjustment",
        body = StatementView)))]
pub(crate) async fn create(
    state: Data<AppState>,
    order: Order<AdjustmentBody>,
    id: web::Path<StatementId>,
) -> Result<HttpResponse, ApiError> {
    let (id, body) = (*id, &order.body);
    let (_, currency) = known(&state, &order, id).await?;
    let adjustment_id = body.adjustment_id.unwrap_or_else(|| order.new_id("adjustment"));
    let note = match &body.note {
        Some(note) => Some(order.seal_own(&state, "note", note).await?),
        None => None,
    };
    let given = StatementCommand::Adjust(Adjust {
        adjusted_on: day_or_today(&state, order.caller.org, body.adjusted_on).await?,
        adjustment_id,
        amount: body.amount.money(currency, "/amount")?,
        by: Authority::founder(),
        kind: body.kind,
        note,
        reason_code: body.reason_code.clone(),
    });
    let outcome = give(&state, &order, id, given).await?;
    let facts = json!({"adjustment_id": adjustment_id});
    answered_as(&state, &order, &outcome, id, (StatusCode::CREATED, facts)).await
}
