//! The request that tells a collector.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

use super::config::{CollectorAddress, Headers};

/// Takes spans.
pub struct Collector {
    address: CollectorAddress,
    headers: Headers,
    timeout: Duration,
    tls: TlsConnector,
}

/// Why spans were not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It may take them later.
    #[error("the collector cannot be told now: {0}")]
    NotNow(String),
    /// It never will.
    #[error("the collector refuses: {0}")]
    Never(String),
}

/// What bytes travel on.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

impl Collector {
    /// Gets ready; connects when there is something to tell.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new(
        address: CollectorAddress,
        headers: Headers,
        timeout: Duration,
    ) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { address, headers, timeout, tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Sends one request, made by [`request`](super::request).
    ///
    /// # Errors
    ///
    /// [`NotTaken`].
    pub async fn send(&self, body: Bytes) -> Result<(), NotTaken> {
        let sent = tokio::time::timeout(self.timeout, self.deliver(body)).await;
        sent.unwrap_or_else(|_| Err(not_now("it does not answer in time")))
    }

    async fn deliver(&self, body: Bytes) -> Result<(), NotTaken> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(&self.address.path)
            .header(header::HOST, &self.address.authority)
            .header(header::USER_AGENT, "daybook")
            .header(header::CONTENT_TYPE, "application/x-protobuf")
            .body(Full::new(body))
            .map_err(|error| NotTaken::Never(error.to_string()))?;
        for (name, value) in &self.headers.0 {
            request.headers_mut().append(name, value.clone());
        }
        let wire = self.connect().await?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(wire)).await.map_err(not_now)?;
        let driven = tokio::spawn(connection);
        let answer = sender.send_request(request).await;
        driven.abort();
        verdict(answer.map_err(not_now)?.status())
    }

    async fn connect(&self) -> Result<Box<dyn Wire>, NotTaken> {
        let (host, port) = (self.address.host.as_str(), self.address.port);
        let stream = TcpStream::connect((host, port)).await.map_err(not_now)?;
        if !self.address.secure {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(self.address.host.clone());
        let name = name.map_err(|error| NotTaken::Never(error.to_string()))?;
        Ok(Box::new(self.tls.connect(name, stream).await.map_err(not_now)?))
    }
}

fn not_now(why: impl ToString) -> NotTaken {
    NotTaken::NotNow(why.to_string())
}

/// What an answer means, by the protocol.
fn verdict(status: StatusCode) -> Result<(), NotTaken> {
    match status.as_u16() {
        200..=299 => Ok(()),
        429 | 502 | 503 | 504 => Err(not_now(status)),
        _ => Err(NotTaken::Never(status.to_string())),
    }
}
