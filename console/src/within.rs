//! The API, asked in the same process: through its own gate, with its own answers.

use std::net::SocketAddr;

use actix_http::Request;
use actix_service::{IntoServiceFactory, Service, ServiceFactory, boxed};
use actix_web::{
    Error,
    body::BoxBody,
    dev::{AppConfig, Payload, ServiceResponse},
    http::{Method, Uri, header},
    web::{Bytes, Data},
};
use api::AppState;
use futures_util::stream;
use tokio::sync::OnceCell;

type Api = boxed::BoxService<Request, ServiceResponse<BoxBody>, Error>;

/// What goes to the API.
pub(crate) struct Question<'a> {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: &'a str,
    /// The key of whoever signed in.
    pub(crate) key: &'a str,
    /// From where they came: the admin routes may be for some networks only.
    pub(crate) peer: Option<SocketAddr>,
    /// Further headers.
    pub(crate) headers: Vec<(header::HeaderName, String)>,
    /// JSON, for a command.
    pub(crate) body: Option<Vec<u8>>,
}

/// The API of this worker. It is put together when it is first asked.
pub(crate) struct Within {
    state: Data<AppState>,
    api: OnceCell<Api>,
}

impl Within {
    pub(crate) fn new(state: Data<AppState>) -> Self {
        Self { state, api: OnceCell::new() }
    }

    /// What every request can reach.
    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    /// The API's answer, whatever it is.
    pub(crate) async fn ask(&self, question: Question<'_>) -> Result<ServiceResponse, Error> {
        let api = self.api.get_or_try_init(|| async {
            let factory = api::app(self.state.clone(), |_| {}).into_factory();
            let made = factory.new_service(AppConfig::default()).await;
            made.map(boxed::service).map_err(|()| {
                actix_web::error::ErrorInternalServerError("the API could not be put together")
            })
        });
        let request = request(question)?;
        api.await?.call(request).await
    }
}

fn request(question: Question<'_>) -> Result<Request, Error> {
    let Question { method, path, key, peer, headers, body } = question;
    let bad = actix_web::error::ErrorBadRequest::<&str>;
    let mut request = match body {
        Some(body) => {
            let payload: actix_http::BoxedPayloadStream =
                Box::pin(stream::once(async move { Ok(Bytes::from(body)) }));
            Request::with_payload(Payload::Stream { payload })
        }
        None => Request::new(),
    };
    let head = request.head_mut();
    head.method = method;
    head.uri = path.parse::<Uri>().map_err(|_| bad("this is no address"))?;
    head.peer_addr = peer;
    let authorization = header::HeaderValue::from_str(&format!("Bearer {key}"));
    let authorization = authorization.map_err(|_| bad("this is no key"))?;
    head.headers.insert(header::AUTHORIZATION, authorization);
    let json = header::HeaderValue::from_static("application/json");
    head.headers.insert(header::CONTENT_TYPE, json);
    for (name, value) in headers {
        let value = header::HeaderValue::from_str(&value);
        head.headers.insert(name, value.map_err(|_| bad("this is no header"))?);
    }
    Ok(request)
}
