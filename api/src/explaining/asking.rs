//! Asking the thing itself, with its own handler.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, Handler, HttpMessage, HttpRequest, HttpResponse, body::to_bytes, dev::Payload,
    http::StatusCode,
};
use serde_json::Value;

use crate::{answer::POSITION, error::ApiError};

/// What the thing's own handler answers.
pub(crate) type Asking = Pin<Box<dyn Future<Output = Result<HttpResponse, ApiError>>>>;

/// The path and the query that the thing is asked with, instead of those of the request.
#[derive(Clone)]
pub(crate) struct Instead {
    pub(crate) path: String,
    pub(crate) query: String,
}

/// Calls a handler as its route would, after the gate has let the caller in.
pub(crate) async fn ask<H, A>(handler: H, request: HttpRequest) -> Result<HttpResponse, ApiError>
where
    H: Handler<A, Output = Result<HttpResponse, ApiError>>,
    A: FromRequest,
{
    let asked = A::from_request(&request, &mut Payload::None).await;
    let asked = asked.map_err(|error| {
        let error: actix_web::Error = error.into();
        error.as_error::<ApiError>().cloned().unwrap_or_else(|| ApiError::failed(&error))
    })?;
    handler.call(asked).await
}

/// An answer and the position that it is as of.
pub(super) struct Answered {
    pub(super) body: Value,
    pub(super) position: i64,
}

/// Asks the thing; whatever it answers but an answer is the caller's.
pub(super) async fn answered(
    request: &HttpRequest,
    instead: &Instead,
    asking: fn(HttpRequest) -> Asking,
) -> Result<Result<Answered, HttpResponse>, ApiError> {
    request.extensions_mut().insert(instead.clone());
    let response = asking(request.clone()).await?;
    if response.status() != StatusCode::OK {
        return Ok(Err(response));
    }
    let position = response.headers().get(POSITION).and_then(|value| value.to_str().ok());
    let position = position.and_then(|value| value.parse().ok());
    let position = position.ok_or_else(|| ApiError::Failed("no position".to_owned()))?;
    let bytes = to_bytes(response.into_body()).await;
    let bytes = bytes.map_err(|error| ApiError::Failed(format!("no answer: {error}")))?;
    let body = serde_json::from_slice(&bytes).map_err(|error| ApiError::failed(&error))?;
    Ok(Ok(Answered { body, position }))
}
