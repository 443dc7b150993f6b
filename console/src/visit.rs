//! Somebody looks at a page: who they are, as of when, and what they may ask.

use std::rc::Rc;

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    body::to_bytes_limited,
    dev::{Payload, ServiceResponse},
    http::{Method, StatusCode, header},
    web::{Bytes, Query},
};
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    moment::Moment,
    refusal::{Problem, Refusal},
    session::{COOKIE, Session},
    within::{Question, Within},
};

/// Bytes of an answer that a page is made of.
const ANSWER: usize = 8 << 20;

/// The key that is signed in (`GET /v1/whoami`).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Me {
    pub(crate) org_id: Uuid,
    pub(crate) org_name: String,
    pub(crate) label: String,
    pub(crate) role: String,
    pub(crate) sees_people: bool,
    /// The head of the log.
    pub(crate) position: i64,
}

impl Me {
    /// Whether a button for one of these roles is worth showing; the API decides.
    pub(crate) fn is_any(&self, roles: &[&str]) -> bool {
        roles.contains(&self.role.as_str())
    }
}

/// A signed-in visit.
pub(crate) struct Visit {
    request: HttpRequest,
    within: Rc<Within>,
    session: Session,
    pub(crate) me: Me,
    pub(crate) moment: Moment,
    /// Parameters of the page, empty ones left out.
    pub(crate) params: Vec<(String, String)>,
}

/// The worker's API.
pub(crate) fn within(request: &HttpRequest) -> Result<Rc<Within>, Refusal> {
    let found = request.app_data::<Rc<Within>>().cloned();
    found.ok_or_else(|| Refusal::failed(&"the console has no API to ask"))
}

impl FromRequest for Visit {
    type Error = Refusal;
    type Future = LocalBoxFuture<'static, Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(Self::begin(request))
    }
}

impl Visit {
    async fn begin(request: HttpRequest) -> Result<Self, Refusal> {
        let within = within(&request)?;
        let sign_in = || Refusal::SignIn { then: request.uri().to_string() };
        let state = within.state();
        let cookie = request.cookie(COOKIE).ok_or_else(sign_in)?;
        let session = Session::open(cookie.value(), &state.session_key(), state.now());
        let session = session.ok_or_else(sign_in)?;
        let me = match whoami(&request, &within, &session.key).await {
            Err(Refusal::Said { status: StatusCode::UNAUTHORIZED, .. }) => return Err(sign_in()),
            answer => answer?,
        };
        let params = Query::<Vec<(String, String)>>::from_query(request.query_string());
        let params = params.map_err(|_| Refusal::bad("the address cannot be read"))?;
        let params: Vec<_> = params.into_inner();
        let moment = Moment::read(request.path(), &params, me.position)?;
        let params = params.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        Ok(Self { request, within, session, me, moment, params })
    }

    /// A parameter of the page.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What the page before has to say, as one of the texts that pages know.
    pub(crate) fn notice(&self) -> Option<String> {
        self.param("notice").and_then(crate::show::notice).map(str::to_owned)
    }

    /// An answer as of the page's moment.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Refusal> {
        match self.get_now(&self.moment.onto(path)).await {
            Err(Refusal::Said { status: StatusCode::NOT_FOUND, .. }) if self.moment.is_past() => {
                Err(Refusal::NotYet { now: self.request.path().to_owned() })
            }
            answer => answer,
        }
    }

    /// An answer as of now, for what has no past.
    pub(crate) async fn get_now<T: DeserializeOwned>(&self, path: &str) -> Result<T, Refusal> {
        json(self.ask(Method::GET, path, Vec::new(), None).await?).await
    }

    /// A page of a list that says in its `Link` header alone where the next one begins.
    pub(crate) async fn get_linked<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<(T, Option<String>), Refusal> {
        let answer = self.ask(Method::GET, &self.moment.onto(path), Vec::new(), None).await?;
        let link = answer.headers().get(header::LINK).and_then(|link| link.to_str().ok());
        let cursor = link.and_then(|link| link.split_once("cursor="));
        let cursor = cursor.and_then(|(_, rest)| rest.split(['&', '>']).next());
        let cursor = cursor.map(str::to_owned);
        Ok((json(answer).await?, cursor))
    }

    /// The same, or nothing where the role may not see it or there is none.
    pub(crate) async fn get_if_any<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<Option<T>, Refusal> {
        if_any(self.get(path).await)
    }

    /// Gives a command. Sent twice under one `once`, it happens once.
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        once: Option<&str>,
        body: &Value,
    ) -> Result<T, Refusal> {
        let mut headers = Vec::new();
        if let Some(once) = once {
            headers.push((header::HeaderName::from_static("idempotency-key"), once.to_owned()));
        }
        let body = serde_json::to_vec(body).map_err(|error| Refusal::failed(&error))?;
        json(self.ask(Method::POST, path, headers, Some(body)).await?).await
    }

    /// The API's answer as it is: a paper, a file, a stream.
    pub(crate) async fn pass(
        &self,
        path: &str,
        accept: Option<&str>,
    ) -> Result<HttpResponse, Refusal> {
        let accept = accept.map(|media| (header::ACCEPT, media.to_owned()));
        let resumed = self.request.headers().get("last-event-id").and_then(|id| id.to_str().ok());
        let resumed =
            resumed.map(|id| (header::HeaderName::from_static("last-event-id"), id.to_owned()));
        let headers = accept.into_iter().chain(resumed).collect();
        let answer = self.ask(Method::GET, path, headers, None).await?;
        if answer.status().is_success() {
            let (_, response) = answer.into_parts();
            return Ok(response);
        }
        Err(refusal(answer).await)
    }

    /// An answer that is text, as of now.
    pub(crate) async fn text(&self, path: &str) -> Result<String, Refusal> {
        let answer = self.ask(Method::GET, path, Vec::new(), None).await?;
        if !answer.status().is_success() {
            return Err(refusal(answer).await);
        }
        String::from_utf8(bytes(answer).await?.into()).map_err(|error| Refusal::failed(&error))
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: Vec<(header::HeaderName, String)>,
        body: Option<Vec<u8>>,
    ) -> Result<ServiceResponse, Refusal> {
        let peer = self.request.peer_addr();
        let key = &self.session.key;
        let question = Question { method, path, key, peer, headers, body };
        self.within.ask(question).await.map_err(|error| Refusal::failed(&error))
    }
}

/// Nothing, where the role may not see it or there is none.
pub(crate) fn if_any<T>(answer: Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(
            Refusal::Said { status: StatusCode::NOT_FOUND | StatusCode::FORBIDDEN, .. }
            | Refusal::NotYet { .. },
        ) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// Whose key this is, and whether it is one.
pub(crate) async fn whoami(
    request: &HttpRequest,
    within: &Within,
    key: &str,
) -> Result<Me, Refusal> {
    let (peer, headers, body) = (request.peer_addr(), Vec::new(), None);
    let path = "/v1/whoami";
    let question = Question { method: Method::GET, path, key, peer, headers, body };
    json(within.ask(question).await.map_err(|error| Refusal::failed(&error))?).await
}

async fn json<T: DeserializeOwned>(answer: ServiceResponse) -> Result<T, Refusal> {
    match answer.status() {
        StatusCode::ACCEPTED if answer.request().method() == Method::GET => Err(Refusal::Preparing),
        status if status.is_success() => {
            let bytes = bytes(answer).await?;
            // A command that has nothing to say answers nothing.
            let bytes = if bytes.is_empty() { Bytes::from_static(b"null") } else { bytes };
            serde_json::from_slice(&bytes).map_err(|error| Refusal::failed(&error))
        }
        _ => Err(refusal(answer).await),
    }
}

async fn refusal(answer: ServiceResponse) -> Refusal {
    let status = answer.status();
    match bytes(answer).await {
        Ok(bytes) => {
            Refusal::Said { status, problem: serde_json::from_slice(&bytes).unwrap_or_default() }
        }
        Err(_) => Refusal::Said { status, problem: Problem::default() },
    }
}

async fn bytes(answer: ServiceResponse) -> Result<Bytes, Refusal> {
    match to_bytes_limited(answer.into_body(), ANSWER).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(Refusal::failed(&error)),
        Err(too_much) => Err(Refusal::failed(&too_much)),
    }
}
