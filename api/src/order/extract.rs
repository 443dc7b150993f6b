//! The extractor.

use std::{collections::BTreeMap, future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, dev::Payload, error::PayloadError,
    http::header::CONTENT_TYPE, web::Data,
};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use ledger::{
    Decider,
    store::{Batch, Context, Outcome},
    values::{Id, Sealed},
};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::headers::{Wait, expected_version, idempotency_key, wait};
use crate::{
    body::{FromBody, Params, parse},
    credentials::Caller,
    error::{ApiError, Plain},
    state::AppState,
};

/// A command as it arrived.
pub(crate) struct Order<B> {
    pub(crate) caller: Caller,
    pub(crate) body: B,
    pub(crate) context: Context,
    pub(crate) dry_run: bool,
    pub(crate) wait: Wait,
    pub(super) expected: Option<i64>,
}

impl<B> Order<B> {
    /// A batch under this order's envelope.
    pub(crate) fn batch(&self, state: &AppState) -> Batch {
        state.ledger.batch(self.context.clone()).dry_run(self.dry_run)
    }

    /// The same, for a stream whose version the caller may have named in `If-Match`.
    pub(crate) fn batch_on<A: Decider>(&self, state: &AppState, id: Id<A>) -> Batch {
        let batch = self.batch(state);
        match self.expected {
            Some(version) => batch.expect(id, version),
            None => batch,
        }
    }

    /// The id of something new that this command makes: the same when it is repeated.
    pub(crate) fn new_id(&self, kind: &str) -> Uuid {
        Uuid::new_v5(&self.context.command_id, kind.as_bytes())
    }

    /// The same caller's order with another body, under another envelope.
    pub(crate) fn part<T>(&self, body: T, context: Context, caller: Caller) -> Order<T> {
        let dry_run = self.dry_run;
        Order { caller, body, context, dry_run, wait: Wait::None, expected: None }
    }

    /// Seals what belongs to the org itself.
    pub(crate) async fn seal_own(
        &self,
        state: &AppState,
        field: &str,
        plain: &str,
    ) -> Result<Sealed<String>, ApiError> {
        let org = self.caller.org;
        self.seal(state, ("org", &org.to_string()), field, plain).await
    }

    /// Seals what is about somebody: their kind and their foreign id.
    pub(crate) async fn seal(
        &self,
        state: &AppState,
        (kind, foreign_id): (&str, &str),
        field: &str,
        plain: &str,
    ) -> Result<Sealed<String>, ApiError> {
        let subject = state.ledger.names().subject(self.caller.org, kind, foreign_id);
        Ok(state.ledger.keyring().seal(&self.context, subject, field, plain).await?)
    }

    /// One command to one stream.
    pub(crate) async fn execute<A: Decider>(
        &self,
        state: &AppState,
        id: Id<A>,
        command: A::Command,
    ) -> Result<Outcome, ApiError>
    where
        A::Command: Sync,
    {
        Ok(self.batch_on(state, id).then(id, command).run().await?)
    }
}

impl<B: FromBody + 'static> FromRequest for Order<B> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let state = request.app_data::<Data<AppState>>().cloned();
            let state = state.ok_or_else(|| ApiError::Failed("no state".to_owned()))?;
            let caller = request.extensions().get::<Caller>().copied();
            let caller = caller.ok_or(Plain::Unauthorized)?;
            let bytes = read_body(payload, state.limits.body_bytes).await?;
            if !bytes.is_empty() {
                must_be_json(&request)?;
            }
            let mut params = Params::parse(request.query_string());
            let dry_run = params.flag("dry_run");
            let said = B::IN_QUERY.iter().filter_map(|name| Some((*name, params.text(name)?)));
            let bytes = with_query(bytes, said.collect());
            params.finish()?;
            let body = parse(&bytes)?;
            let headers = request.headers();
            Ok(Self {
                context: context(&state, &caller, &request, &bytes)?,
                caller,
                body,
                dry_run,
                wait: wait(headers, caller.role)?,
                expected: expected_version(headers)?,
            })
        })
    }
}

/// The body with what only the query says, so that both together are what was asked.
fn with_query(bytes: Bytes, said: Vec<(&str, String)>) -> Bytes {
    if said.is_empty() {
        return bytes;
    }
    let bytes = if bytes.is_empty() { Bytes::from_static(b"{}") } else { bytes };
    // What is no object is refused as such when it is read.
    let Ok(mut fields) = serde_json::from_slice::<BTreeMap<String, Box<RawValue>>>(&bytes) else {
        return bytes;
    };
    let before = fields.len();
    for (name, text) in said {
        if let Ok(raw) = serde_json::value::to_raw_value(&text) {
            fields.entry(name.to_owned()).or_insert(raw);
        }
    }
    if fields.len() == before {
        return bytes;
    }
    serde_json::to_vec(&fields).map_or(bytes, Bytes::from)
}

/// With an idempotency key the same request is the same command; without, every one is new.
fn context(
    state: &AppState,
    caller: &Caller,
    request: &HttpRequest,
    body: &Bytes,
) -> Result<Context, ApiError> {
    let ledger = &state.ledger;
    let Some(key) = idempotency_key(request.headers())? else {
        return Ok(Context::fresh(ledger, caller.org, caller.actor()));
    };
    let (method, path) = (request.method().as_str(), request.path());
    let parts = [method.as_bytes(), path.as_bytes(), body];
    let fingerprint = ledger.names().fingerprint(caller.org, &parts);
    let principal = caller.principal();
    Ok(Context::keyed(ledger, caller.org, caller.actor(), &principal, &key, fingerprint))
}

/// `application/json`, or something that says it is JSON.
pub(crate) fn must_be_json(request: &HttpRequest) -> Result<(), ApiError> {
    let value = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let json = essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"));
    if json { Ok(()) } else { Err(Plain::UnsupportedMediaType.into()) }
}

/// The whole body, if it is not too large.
pub(crate) async fn read_body(mut payload: Payload, most: usize) -> Result<Bytes, ApiError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            PayloadError::Overflow => ApiError::from(Plain::TooLarge),
            _ => Plain::BodyIncomplete.into(),
        })?;
        if body.len() + chunk.len() > most {
            return Err(Plain::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// A body that gives no order to the ledger.
pub(crate) struct Sent<B>(pub(crate) B);

impl<B: FromBody + 'static> FromRequest for Sent<B> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let state = request.app_data::<Data<AppState>>().cloned();
            let state = state.ok_or_else(|| ApiError::Failed("no state".to_owned()))?;
            let bytes = read_body(payload, state.limits.body_bytes).await?;
            if !bytes.is_empty() {
                must_be_json(&request)?;
            }
            Params::parse(request.query_string()).finish()?;
            Ok(Self(parse(&bytes)?))
        })
    }
}
