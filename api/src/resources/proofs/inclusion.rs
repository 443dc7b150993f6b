//! `GET /v1/proofs/inclusion`

use actix_web::{HttpResponse, web::Data};
use data_encoding::{BASE64, HEXLOWER};
use ledger::store::notary;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::base64;
use crate::{
    answer::at_position,
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
};

/// Which event, in which tree.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct InclusionParams {
    /// The event, by its id; this or `position`.
    event_id: Option<Uuid>,
    /// The event, by its place in the log.
    position: Option<i64>,
    /// The tree: how many events a checkpoint says; that of the latest unless said otherwise.
    size: Option<i64>,
}

/// That an event is in the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InclusionProof {
    /// The event.
    event_id: Uuid,
    /// Its place in the log.
    position: i64,
    /// Its leaf in the tree, counted from 0: the position less one.
    leaf_index: i64,
    /// SHA-256 over everything that is stored of it, hex, as events show it.
    leaf_hash: String,
    /// Events of the tree.
    size: i64,
    /// The tree's root, base64, as its checkpoint says.
    root: String,
    /// The proof of RFC 9162, 2.1.3: hashes, base64, from the leaf to the root.
    hashes: Vec<String>,
}

/// Proves that an event is in the log of a checkpoint.
#[utoipa::path(get, path = "/v1/proofs/inclusion", tag = "proofs", params(InclusionParams),
    responses((status = 200, description = "The proof", body = InclusionProof)),
)]
pub(crate) async fn inclusion(
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let event_id: Option<Uuid> = asked.params.parsed("event_id", "a UUID is expected");
    let position = asked.params.parsed::<u32>("position", "a position is expected");
    let size = asked.params.parsed::<u32>("size", "a number of events is expected");
    if event_id.is_some() == position.is_some() {
        asked.params.wrong("event_id", "either this or `position` is expected".into());
    }
    if position == Some(0) {
        asked.params.wrong("position", "positions begin at 1".into());
    }
    asked.params.finish()?;
    let (ledger, org) = (&state.ledger, asked.caller.org);
    let position = match (event_id, position) {
        (Some(id), _) => ledger.position_of(org, id).await?.ok_or(Plain::NotFound)?,
        (None, position) => position.map_or(0, i64::from),
    };
    let proof = notary::inclusion(ledger, org, position, size.map(i64::from)).await?;
    Ok(at_position(
        proof.size,
        &InclusionProof {
            event_id: proof.event_id,
            position: proof.position,
            leaf_index: proof.position - 1,
            leaf_hash: HEXLOWER.encode(&proof.leaf_hash),
            size: proof.size,
            root: BASE64.encode(&proof.root),
            hashes: base64(&proof.hashes),
        },
    ))
}
