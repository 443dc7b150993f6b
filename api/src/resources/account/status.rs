//! `GET /v1/billing/status`

use actix_web::{HttpResponse, web::Data};

use super::{account_when, view::StatusView};
use crate::{answer::of_version, error::ApiError, query::Asked, reading::reached, state::AppState};

/// Where billing stands, why, and since when.
#[utoipa::path(get, path = "/v1/billing/status", tag = "account", responses(
    (status = 200, description = "Status, reasons, timestamps", body = StatusView),
))]
pub(crate) async fn show(state: Data<AppState>, asked: Asked) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let account = account_when(&state, asked.caller.org, asked.when).await?;
    reached(account.position, asked.when)?;
    let view = StatusView::of(&state, &asked.caller, &account).await?;
    Ok(of_version(account.position, account.version, &view))
}
