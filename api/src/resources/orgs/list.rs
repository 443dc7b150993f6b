//! `GET /v1/admin/orgs`

use actix_web::{HttpRequest, HttpResponse, web::Data};
use ledger::store::tenants::orgs;

use super::{OrgList, OrgView};
use crate::{error::ApiError, paging::short, query::wants_lines, state::AppState};

/// Lists all orgs, oldest first.
#[utoipa::path(get, path = "/v1/admin/orgs", tag = "orgs", responses(
    (status = 200, description = "Names and dates", body = OrgList),
))]
pub(crate) async fn list(
    state: Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let orgs = orgs(&state.ledger).await?.into_iter().map(OrgView::from).collect();
    short(wants_lines(request.headers()), orgs, |orgs| OrgList { orgs })
}
