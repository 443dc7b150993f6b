//! Answers that are made while they are read: any length, bounded memory.
//!
//! The maker holds one snapshot of the database, so that all of the answer is as of one position;
//! therefore only a few of them run at a time, and a reader who stops reading is cut off.
//!
//! An error in the middle ends the connection without the last chunk: no reader can take what
//! has come until then for the whole.

use std::{future::Future, time::Duration};

use actix_web::{HttpResponse, HttpResponseBuilder};
use bytes::Bytes;
use futures_util::stream;
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::timeout,
};

use crate::{error::ApiError, state::AppState};

/// How long a reader may leave a piece unread.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the pieces go.
pub(crate) struct Pieces {
    sender: mpsc::Sender<Bytes>,
    stopping: watch::Receiver<bool>,
}

impl Pieces {
    /// Hands a piece to the reader, once they have taken the ones before.
    pub(crate) async fn send(&self, piece: Vec<u8>) -> Result<(), ApiError> {
        if *self.stopping.borrow() {
            return Err(ApiError::Unavailable);
        }
        match timeout(PATIENCE, self.sender.send(Bytes::from(piece))).await {
            Ok(Ok(())) => Ok(()),
            // The reader left, or does not read.
            Ok(Err(_)) | Err(_) => Err(ApiError::Unavailable),
        }
    }
}

/// Answers with whatever `make` hands out until it returns.
pub(crate) fn streamed<F>(
    state: &AppState,
    mut response: HttpResponseBuilder,
    make: impl FnOnce(Pieces) -> F,
) -> Result<HttpResponse, ApiError>
where
    F: Future<Output = Result<(), ApiError>> + 'static,
{
    let place = state.long_answers.clone().try_acquire_owned();
    let busy = ApiError::RateLimited { retry_after_seconds: 5, code: "too_many_streams" };
    let place = place.map_err(|_| busy)?;
    let (sender, receiver) = mpsc::channel(1);
    let (whole, ended) = oneshot::channel();
    let made = make(Pieces { sender, stopping: state.stopping.subscribe() });
    actix_web::rt::spawn(async move {
        let _place = place;
        match made.await {
            // Nobody listens any more where this cannot be said.
            Ok(()) => drop(whole.send(())),
            Err(error) => tracing::warn!(%error, "an answer broke off"),
        }
    });
    let body = stream::try_unfold((receiver, ended), |(mut receiver, ended)| async move {
        match receiver.recv().await {
            Some(piece) => Ok(Some((piece, (receiver, ended)))),
            None if ended.await.is_ok() => Ok(None),
            None => Err(ApiError::Unavailable),
        }
    });
    Ok(response.streaming(body))
}
