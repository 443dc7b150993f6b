//! `GET /v1/proofs/consistency`

use actix_web::{HttpResponse, web::Data};
use data_encoding::BASE64;
use ledger::store::notary;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::base64;
use crate::{answer::at_position, error::ApiError, query::Asked, state::AppState};

/// Which two trees.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct ConsistencyParams {
    /// The older tree: how many events the checkpoint that you hold says.
    from: i64,
    /// The newer tree; that of the latest checkpoint unless said otherwise.
    to: Option<i64>,
}

/// That the log only grew.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsistencyProof {
    /// Events of the older tree.
    from: i64,
    /// Its root, base64.
    from_root: String,
    /// Events of the newer tree.
    to: i64,
    /// Its root, base64.
    to_root: String,
    /// The proof of RFC 9162, 2.1.4: hashes, base64, in the order in which they are used.
    hashes: Vec<String>,
}

/// Proves that the log of a later checkpoint begins with the log of an earlier one.
#[utoipa::path(get, path = "/v1/proofs/consistency", tag = "proofs", params(ConsistencyParams),
    responses((status = 200, description = "The proof", body = ConsistencyProof)),
)]
pub(crate) async fn consistency(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let expected = "a number of events is expected";
    let from = asked.params.parsed::<u32>("from", expected);
    let to = asked.params.parsed::<u32>("to", expected);
    if from.is_none_or(|from| from == 0) {
        asked.params.wrong("from", "the size of a checkpoint is expected".into());
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        asked.params.wrong("to", "less than `from`".into());
    }
    asked.params.finish()?;
    let from = i64::from(from.unwrap_or(0));
    let proof = notary::consistency(&state.ledger, asked.caller.org, from, to.map(i64::from));
    let proof = proof.await?;
    Ok(at_position(
        proof.to,
        &ConsistencyProof {
            from: proof.from,
            from_root: BASE64.encode(&proof.from_root),
            to: proof.to,
            to_root: BASE64.encode(&proof.to_root),
            hashes: base64(&proof.hashes),
        },
    ))
}
