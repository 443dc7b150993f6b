//! E-mails over SMTP, with TLS from the first byte or by STARTTLS, never without.

use std::time::Duration;

use ledger::{
    correspondence::Letter,
    ports::mail::{Carrying, Mailer, Undelivered},
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        Error,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use uuid::Uuid;

use super::Sender;

/// How long a server may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The port on which TLS begins at once (RFC 8314).
const IMPLICIT_TLS: u16 = 465;

/// Where the server is.
#[derive(Clone)]
pub struct SmtpConfig {
    /// Its name, which its certificate must carry.
    pub host: String,
    /// Its port: 465 speaks TLS at once, any other by STARTTLS.
    pub port: u16,
    /// User and password, if it asks for them.
    pub credentials: Option<(String, String)>,
    /// The authority that its certificate comes from, in PEM, where it is no public one.
    pub authority: Option<Vec<u8>>,
}

/// An SMTP server.
pub struct Smtp {
    sender: Sender,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// Gets ready; connects when the first letter comes.
    ///
    /// # Errors
    ///
    /// What is wrong with the server's name.
    pub fn new(config: SmtpConfig, sender: Sender) -> Result<Self, String> {
        let SmtpConfig { host, port, credentials, authority } = config;
        let builder = if port == IMPLICIT_TLS {
            AsyncSmtpTransport::<Tokio1Executor>::relay(&host)
        } else {
            AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&host)
        };
        let mut builder =
            builder.map_err(|error| error.to_string())?.port(port).timeout(Some(TIMEOUT));
        if let Some(pem) = authority {
            let authority = Certificate::from_pem(&pem).map_err(|error| error.to_string())?;
            let trusted = TlsParameters::builder(host).add_root_certificate(authority);
            let trusted = trusted.build_rustls().map_err(|error| error.to_string())?;
            let at_once = port == IMPLICIT_TLS;
            builder =
                builder.tls(if at_once { Tls::Wrapper(trusted) } else { Tls::Required(trusted) });
        }
        if let Some((user, password)) = credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { sender, transport: builder.build() })
    }
}

impl Mailer for Smtp {
    fn name(&self) -> &'static str {
        "smtp"
    }

    fn carry<'a>(&'a self, id: Uuid, letter: &'a Letter) -> Carrying<'a> {
        Box::pin(async move {
            let message = self.sender.message(id, letter)?;
            self.transport.send(message).await.map(|_| ()).map_err(|error| undelivered(&error))
        })
    }
}

/// A server's words may hold the address, so only its code is kept.
fn undelivered(error: &Error) -> Undelivered {
    match error.status() {
        Some(code) if error.is_permanent() => Undelivered::Never(format!("smtp:{code}")),
        Some(code) => Undelivered::NotNow(format!("smtp:{code}")),
        None if error.is_timeout() => Undelivered::NotNow("smtp:timeout".to_owned()),
        None if error.is_tls() => Undelivered::NotNow("smtp:tls".to_owned()),
        None => Undelivered::NotNow("smtp:unreachable".to_owned()),
    }
}
