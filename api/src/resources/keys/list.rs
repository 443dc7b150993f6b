//! `GET /v1/admin/keys`

use actix_web::{HttpResponse, web::Data};
use ledger::store::tenants::keys_of;
use serde::Serialize;
use utoipa::ToSchema;

use super::KeyView;
use crate::{error::ApiError, paging::short, query::Asked, state::AppState};

/// The org's keys.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyList {
    keys: Vec<KeyView>,
}

/// Lists the org's keys, oldest first, ended ones included.
#[utoipa::path(get, path = "/v1/admin/keys", tag = "keys", responses(
    (status = 200, description = "The keys, without their secrets", body = KeyList),
))]
pub(crate) async fn list(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    std::mem::take(&mut asked.params).finish()?;
    let keys = keys_of(&state.ledger, asked.caller.org).await?;
    let keys = keys.into_iter().map(KeyView::from).collect();
    short(asked.lines, keys, |keys| KeyList { keys })
}
