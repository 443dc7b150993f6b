//! `POST /v1/admin/periods/{period}/reopen`

use actix_web::{HttpResponse, http::StatusCode, web};
use ledger::{
    books::{Books, BooksCommand, ReopenPeriod, books_id},
    values::Code,
};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

use super::month::{month, name};
use crate::{
    answer,
    body::{Fields, FromBody, code},
    error::ApiError,
    order::Order,
    state::AppState,
};

/// Why it is opened again.
#[derive(Debug, ToSchema)]
#[schema(as = ReopenPeriodBody)]
pub(crate) struct ReopenBody {
    /// At most 64 characters out of letters, digits and `_ - . :`
    #[schema(value_type = String, max_length = 64, example = "late_supplier_invoice")]
    reason_code: Code,
}

impl FromBody for ReopenBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { reason_code: fields.required("reason_code", code)? })
    }
}

/// Where the books are sealed now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReopenedView {
    /// The month that is open again, `YYYY-MM`.
    period: String,
    /// The last day that is still sealed.
    closed_through: Option<Date>,
}

/// Opens the last sealed month again. Owners and admins only.
#[utoipa::path(post, path = "/v1/admin/periods/{period}/reopen", tag = "journal",
    request_body = ReopenBody,
    responses((status = 200, description = "The period, open", body = ReopenedView)))]
pub(crate) async fn reopen(
    state: web::Data<AppState>,
    order: Order<ReopenBody>,
    period: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let (_, through) = month(&period)?;
    let org = order.caller.org;
    let reason_code = order.body.reason_code.clone();
    let reopen = BooksCommand::ReopenPeriod(ReopenPeriod { reason_code, through });
    let outcome = order.execute::<Books>(&state, books_id(org), reopen).await?;
    let facts = serde_json::Value::Null;
    answer::command(&state, &order, &outcome, StatusCode::OK, facts, async |_| {
        let (books, _) = state.ledger.load::<Books>(org, books_id(org)).await?;
        let closed_through = books.closed_through();
        answer::value(&ReopenedView { period: name(through), closed_through }).map(Some)
    })
    .await
}
