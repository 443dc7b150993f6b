//! Requests over a connection that is kept, and opened anew when it broke.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long an answer may take: longer than the service's own time limit.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// An API key or the operator's token.
    pub bearer: String,
    /// Name and value.
    pub headers: Vec<(&'static str, String)>,
    /// Nothing for a `GET`.
    pub body: Option<Value>,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// `Daybook-Position`.
    pub position: Option<i64>,
    /// `Idempotency-Replayed`.
    pub replayed: bool,
    /// Whether there was a `Retry-After`.
    pub retry_after: bool,
    /// The body; null where there is none.
    pub body: Value,
}

impl Answer {
    /// The problem's stable code, or nothing.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// One client: one connection, one request at a time.
#[derive(Debug, Default)]
pub struct Client {
    open: Option<(SocketAddr, SendRequest<Full<Bytes>>)>,
}

impl Client {
    /// Asks and waits for the whole answer.
    ///
    /// # Errors
    /// When it did not come; what happened to the request is then not known.
    pub async fn ask(&mut self, to: SocketAddr, request: &Request) -> anyhow::Result<Answer> {
        let answered = timeout(PATIENCE, self.send(to, request)).await;
        let answered = answered.context("no answer in time").and_then(|answered| answered);
        if answered.is_err() {
            self.open = None;
        }
        answered
    }

    async fn send(&mut self, to: SocketAddr, request: &Request) -> anyhow::Result<Answer> {
        let sender = self.connection(to).await?;
        let body = request.body.as_ref().map(Value::to_string).unwrap_or_default();
        let mut built = hyper::Request::builder()
            .method(request.method)
            .uri(&request.path)
            .header("host", to.to_string())
            .header("authorization", format!("Bearer {}", request.bearer));
        if request.body.is_some() {
            built = built.header("content-type", "application/json");
        }
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let answer = sender.send_request(built.body(Full::new(Bytes::from(body)))?).await?;
        let status = answer.status().as_u16();
        let header = |name: &str| {
            let value = answer.headers().get(name)?;
            value.to_str().ok().map(ToOwned::to_owned)
        };
        let position = header("daybook-position").and_then(|text| text.parse().ok());
        let replayed = header("idempotency-replayed").is_some();
        let retry_after = header("retry-after").is_some();
        let bytes = answer.into_body().collect().await?.to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Answer { status, position, replayed, retry_after, body })
    }

    async fn connection(
        &mut self,
        to: SocketAddr,
    ) -> anyhow::Result<&mut SendRequest<Full<Bytes>>> {
        let usable = |open: &(SocketAddr, SendRequest<_>)| open.0 == to && !open.1.is_closed();
        if !self.open.as_ref().is_some_and(usable) {
            let stream = TcpStream::connect(to).await?;
            stream.set_nodelay(true)?;
            let (sender, connection) = handshake(TokioIo::new(stream)).await?;
            tokio::spawn(async move {
                // Whoever waits for the answer hears of it.
                let _ended = connection.await;
            });
            self.open = Some((to, sender));
        }
        let (_, sender) = self.open.as_mut().context("a connection that was just opened")?;
        sender.ready().await?;
        Ok(sender)
    }
}
