//! `GET /v1/proofs/checkpoint`

use actix_web::{HttpResponse, web::Data};
use ledger::store::notary;
use utoipa::IntoParams;

use crate::{
    answer::POSITION,
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// Which checkpoint.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct CheckpointParams {
    /// That of exactly so many events; the latest unless said otherwise.
    size: Option<i64>,
}

/// How far the log goes and its root, signed: a C2SP tlog-checkpoint. Keep it; the log can then
/// never be cut or rewritten behind your back.
#[utoipa::path(get, path = "/v1/proofs/checkpoint", tag = "proofs", params(CheckpointParams),
    responses((status = 200, description = "The signed note", body = String,
        content_type = "text/plain")),
)]
pub(crate) async fn checkpoint(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let size = asked.params.parsed::<u32>("size", "a number of events is expected");
    asked.params.finish()?;
    let (ledger, org) = (&state.ledger, asked.caller.org);
    let kept = match size {
        Some(size) => notary::at(ledger, org, size.into()).await?,
        None => notary::latest(ledger, org).await?,
    };
    let kept = kept.ok_or(Plain::NoCheckpoint)?;
    Ok(HttpResponse::Ok()
        .insert_header((POSITION, kept.size.to_string()))
        .content_type("text/plain; charset=utf-8")
        .body(kept.note))
}
