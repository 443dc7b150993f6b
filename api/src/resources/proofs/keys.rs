//! `GET /v1/proofs/keys`

use actix_web::{HttpResponse, web::Data};
use data_encoding::HEXLOWER;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{answer::json_with, error::ApiError, query::Asked, state::AppState};

/// A public key.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicKey {
    /// What checkpoints that it signed begin with.
    name: String,
    /// Its id, hex.
    key_id: String,
    /// All of it as text, as verifiers take it: name, id and key.
    verifier_key: String,
    /// Whether new checkpoints are signed with it; the others signed before.
    signs: bool,
}

/// Public keys of those who sign.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicKeys {
    /// The present one first.
    keys: Vec<PublicKey>,
}

/// The public keys that checkpoints of your log are, or were, signed with. A key that comes from
/// the same hand as the log proves little: have it given to you by another way, once.
#[utoipa::path(get, path = "/v1/proofs/keys", tag = "proofs",
    responses((status = 200, description = "The keys", body = PublicKeys)),
)]
pub(crate) async fn keys(state: Data<AppState>, asked: Asked) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let of_log = |(index, key): (usize, &ledger::proof::VerifierKey)| {
        let key = key.of_log(asked.caller.org);
        PublicKey {
            name: key.name().to_owned(),
            key_id: HEXLOWER.encode(&key.id()),
            verifier_key: key.to_string(),
            signs: index == 0,
        }
    };
    let keys = state.verifiers.iter().enumerate().map(of_log).collect();
    Ok(json_with(HttpResponse::Ok(), &PublicKeys { keys }))
}
