//! The request that hands a file over.
//!
//! `Daybook-Signature: t=<unix>,v1=<hex>`: HMAC-SHA256 over `t`, a dot and the body, keyed with
//! the shared secret. `Idempotency-Key` is the message's id, the same at every attempt.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ledger::ports::{
    exports::{ExportReceiver, Parcel},
    mail::{Carrying, Undelivered},
};
use sha2::Sha256;
use time::OffsetDateTime;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName},
    },
};

use super::Target;

/// How long all of it may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Whose certificates are believed.
#[derive(Debug, Clone, Default)]
pub enum WebhookTrust {
    /// The public authorities (Mozilla's list).
    #[default]
    Public,
    /// This authority alone, in DER.
    Only(Vec<u8>),
}

/// A webhook that takes exports.
pub struct ExportWebhook {
    target: Target,
    secret: Option<String>,
    tls: TlsConnector,
}

/// What bytes travel on.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

impl ExportWebhook {
    /// Gets ready; connects when the first file comes.
    ///
    /// # Errors
    ///
    /// What is wrong with the authority's certificate.
    pub fn new(
        target: Target,
        secret: Option<String>,
        trust: WebhookTrust,
    ) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        match trust {
            WebhookTrust::Public => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            WebhookTrust::Only(der) => {
                roots.add(CertificateDer::from(der)).map_err(|error| error.to_string())?;
            }
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { target, secret, tls: TlsConnector::from(Arc::new(config)) })
    }

    async fn deliver(&self, parcel: &Parcel, now: OffsetDateTime) -> Result<(), Undelivered> {
        let request = self.request(parcel, now)?;
        let wire = self.connect().await?;
        let shaken = http1::handshake(TokioIo::new(wire)).await;
        let (mut sender, connection) = shaken.map_err(|_| not_now("handshake"))?;
        let driven = tokio::spawn(connection);
        let answer = sender.send_request(request).await;
        driven.abort();
        verdict(answer.map_err(|_| not_now("broken_off"))?.status())
    }

    fn request(
        &self,
        parcel: &Parcel,
        now: OffsetDateTime,
    ) -> Result<Request<Full<Bytes>>, Undelivered> {
        let uri = &self.target.uri;
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let host = uri.authority().map_or("", |authority| authority.as_str());
        let name = format!("attachment; filename=\"{}\"", parcel.file_name);
        let digest = format!("sha-256=:{}:", BASE64.encode(&parcel.sha256));
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, host)
            .header(header::USER_AGENT, "daybook")
            .header(header::CONTENT_TYPE, parcel.media_type)
            .header(header::CONTENT_DISPOSITION, name)
            .header("repr-digest", digest)
            .header("idempotency-key", parcel.id.to_string())
            .header("daybook-org", parcel.org.to_string());
        if let Some(secret) = &self.secret {
            let seconds = now.unix_timestamp();
            let signature = sign(secret, seconds, &parcel.bytes);
            request = request.header("daybook-signature", format!("t={seconds},v1={signature}"));
        }
        let body = Full::new(Bytes::from(parcel.bytes.clone()));
        request.body(body).map_err(|_| Undelivered::Never("http:request_invalid".to_owned()))
    }

    /// Connects to an address that was looked up and approved, so that nobody can change what the
    /// name stands for in between.
    async fn connect(&self) -> Result<Box<dyn Wire>, Undelivered> {
        let (host, port) = (self.target.host.as_str(), self.target.port);
        let found = lookup_host((host, port)).await.map_err(|_| not_now("unknown_host"))?;
        let (mut refused, mut last) = (false, not_now("unknown_host"));
        for address in found {
            if !self.target.admits(address.ip()) {
                refused = true;
                continue;
            }
            match TcpStream::connect(address).await {
                Ok(stream) => return self.secured(stream).await,
                Err(_) => last = not_now("unreachable"),
            }
        }
        Err(if refused { Undelivered::Never("http:address_refused".to_owned()) } else { last })
    }

    async fn secured(&self, stream: TcpStream) -> Result<Box<dyn Wire>, Undelivered> {
        if !self.target.secure {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(self.target.host.clone());
        let name = name.map_err(|_| Undelivered::Never("http:host_invalid".to_owned()))?;
        let secured = self.tls.connect(name, stream).await.map_err(|_| not_now("tls"))?;
        Ok(Box::new(secured))
    }
}

impl ExportReceiver for ExportWebhook {
    fn hand_over<'a>(&'a self, parcel: &'a Parcel, now: OffsetDateTime) -> Carrying<'a> {
        Box::pin(async move {
            let delivered = tokio::time::timeout(TIMEOUT, self.deliver(parcel, now)).await;
            delivered.unwrap_or_else(|_| Err(not_now("timeout")))
        })
    }
}

fn not_now(why: &str) -> Undelivered {
    Undelivered::NotNow(format!("http:{why}"))
}

/// What an answer means. A redirect is a wrong address: it is not followed.
fn verdict(status: StatusCode) -> Result<(), Undelivered> {
    let code = format!("http:{}", status.as_u16());
    match status.as_u16() {
        200..=299 => Ok(()),
        408 | 425 | 429 | 500..=599 => Err(Undelivered::NotNow(code)),
        _ => Err(Undelivered::Never(code)),
    }
}

fn sign(secret: &str, seconds: i64, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let mut mac = mac.expect("HMAC takes keys of any length");
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    HEXLOWER.encode(&mac.finalize().into_bytes())
}
