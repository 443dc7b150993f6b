//! `GET /v1/admin/exports/{export_id}`

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    web::{Data, Path},
};
use data_encoding::BASE64;
use projections::{engine::Snapshot, exports};
use uuid::Uuid;

use super::attachment;
use crate::{
    error::{ApiError, Plain},
    query::Asked,
    state::AppState,
    streaming::streamed,
};

/// Bytes read at a time.
const PIECE: i32 = 1 << 20;

/// A file that was kept, byte for byte. Its SHA-256 digest stands in `Repr-Digest` (RFC 9530).
#[utoipa::path(get, path = "/v1/admin/exports/{export_id}", tag = "exports",
    responses((status = 200, description = "The file", body = String, content_type = "text/csv")))]
pub(crate) async fn download(
    state: Data<AppState>,
    asked: Asked,
    id: Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    asked.params.finish()?;
    let snapshot = Snapshot::open(state.ledger.app_pool(), asked.caller.org).await?;
    let export = exports::get(&snapshot, *id).await?.ok_or(Plain::NotFound)?;
    let digest = format!("sha-256=:{}:", BASE64.encode(&export.sha256));
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header(("repr-digest", digest))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, attachment(&export.file_name)));
    streamed(&state, response, |pieces| async move {
        let mut read = 0;
        loop {
            let piece = exports::piece(&snapshot, export.export_id, read, PIECE).await?;
            let Ok(length) = i32::try_from(piece.len()) else { break };
            if length == 0 {
                break;
            }
            read += length;
            pieces.send(piece).await?;
        }
        Ok(snapshot.close().await?)
    })
}
