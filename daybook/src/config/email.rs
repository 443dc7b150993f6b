//! How e-mails leave.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use adapters::mail::{MailFolder, Sender, Smtp, SmtpConfig};
use anyhow::Context as _;
use ledger::ports::mail::Mailer;

use super::reader::Reader;
use super::secret::Secret;

/// Who writes when nobody says so; a name that no mail reaches (RFC 2606).
const NOBODY: &str = "billing@daybook.example";

/// How e-mails leave.
#[derive(Debug, Clone)]
pub struct Email {
    sender: Sender,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Folder,
    Off,
    Smtp {
        host: String,
        port: u16,
        credentials: Option<(String, Secret)>,
        authority: Option<PathBuf>,
    },
}

/// Reads the settings of e-mail.
pub(super) fn read(read: &mut Reader<'_>) -> Email {
    let mode = read.value("EMAIL_MODE", "folder".to_owned(), "folder, smtp or off");
    let from: Option<String> = read.optional("EMAIL_FROM", "an e-mail address");
    let name: Option<String> = read.optional("EMAIL_FROM_NAME", "a name");
    let host: Option<String> = read.optional("SMTP_HOST", "a host name");
    let port = u16::try_from(read.number("SMTP_PORT", 587, 1..=65_535)).unwrap_or(587);
    let user: Option<String> = read.optional("SMTP_USERNAME", "a user name");
    let password = read.secret("SMTP_PASSWORD");
    let authority: Option<PathBuf> = read.optional("SMTP_CA_FILE", "a file");
    let way = match mode.to_ascii_lowercase().as_str() {
        "folder" => Way::Folder,
        "off" => Way::Off,
        "smtp" => {
            if host.is_none() {
                read.problem("SMTP_HOST", "EMAIL_MODE=smtp needs it");
            }
            if from.is_none() {
                read.problem("EMAIL_FROM", "EMAIL_MODE=smtp needs it");
            }
            if user.is_some() != password.is_some() {
                read.problem("SMTP_PASSWORD", "SMTP_USERNAME and SMTP_PASSWORD go together");
            }
            let (host, credentials) = (host.unwrap_or_default(), user.zip(password));
            Way::Smtp { host, port, credentials, authority }
        }
        _ => {
            read.problem("EMAIL_MODE", "folder, smtp or off is expected");
            Way::Off
        }
    };
    let address = from.as_deref().unwrap_or(NOBODY);
    let sender = Sender::new(address, name.as_deref()).or_else(|error| {
        read.problem("EMAIL_FROM", error.to_string());
        Sender::new(NOBODY, None)
    });
    // The fallback is an address.
    let sender = sender.expect("a constant address can be read");
    Email { sender, way }
}

impl Email {
    /// Who carries e-mails; nobody when they are switched off.
    ///
    /// # Errors
    /// What is wrong with the mail server's name.
    pub fn mailer(&self, outgoing: &Path) -> anyhow::Result<Option<Arc<dyn Mailer>>> {
        let sender = self.sender.clone();
        Ok(match &self.way {
            Way::Off => None,
            Way::Folder => Some(Arc::new(MailFolder::new(outgoing.to_owned(), sender))),
            Way::Smtp { host, port, credentials, authority } => {
                let credentials = credentials
                    .as_ref()
                    .map(|(user, password)| (user.clone(), password.reveal().to_owned()));
                let authority = authority.as_ref().map(std::fs::read).transpose();
                let authority = authority.context("SMTP_CA_FILE cannot be read")?;
                let config = SmtpConfig { host: host.clone(), port: *port, credentials, authority };
                let smtp = Smtp::new(config, sender);
                Some(Arc::new(smtp.map_err(|error| anyhow::anyhow!("SMTP_HOST: {error}"))?))
            }
        })
    }
}
