//! Where exports go, and how often that is tried.

use std::sync::Arc;
use std::time::Duration;

use adapters::exports::{ExportWebhook, Target, WebhookTrust};
use ledger::ports::exports::ExportReceiver;

use super::delivery::Delivery;
use super::reader::Reader;
use super::secret::Secret;
use crate::jobs::Patience;

/// Shorter secrets can be guessed (contract S3.3).
const SECRET_LENGTH: usize = 32;

/// Where exports go.
#[derive(Debug, Clone)]
pub struct Exporting {
    /// What becomes of them.
    pub mode: Delivery,
    /// How often handing one over is tried.
    pub patience: Patience,
    /// What the webhook's signature is keyed with.
    pub secret: Option<Secret>,
    target: Option<Target>,
}

/// Reads the settings of exports.
pub(super) fn read(read: &mut Reader<'_>) -> Exporting {
    let mode = read.value("EXPORT_MODE", Delivery::Off, "off, webhook or sheets");
    let url = read.secret("EXPORT_WEBHOOK_URL");
    let secret = read.secret("EXPORT_WEBHOOK_SECRET");
    let hosts: Option<String> = read.optional("EXPORT_WEBHOOK_ALLOWED_HOSTS", "host names");
    let seconds = read.number("EXPORT_BASE_BACKOFF_SECONDS", 60, 1..=86_400);
    let attempts = read.number("EXPORT_MAX_ATTEMPTS", 8, 1..=100);
    let hosts = hosts.unwrap_or_default();
    let hosts: Vec<String> = hosts
        .split(',')
        .map(str::trim)
        .filter(|host| !host.is_empty())
        .map(str::to_owned)
        .collect();
    let mut target = None;
    match url.as_ref().map(|url| Target::read(url.reveal(), &hosts)) {
        Some(Ok(good)) => target = Some(good),
        Some(Err(error)) => read.problem("EXPORT_WEBHOOK_URL", error.to_string()),
        None if mode == Delivery::Webhook => {
            read.problem("EXPORT_WEBHOOK_URL", "needed while EXPORT_MODE is webhook");
        }
        None => {}
    }
    if secret.as_ref().is_some_and(|secret| secret.reveal().len() < SECRET_LENGTH) {
        read.problem("EXPORT_WEBHOOK_SECRET", "at least 32 characters are expected");
    }
    let base_backoff = Duration::from_secs(seconds);
    let max_attempts = u32::try_from(attempts).unwrap_or(8);
    Exporting { mode, patience: Patience { base_backoff, max_attempts }, secret, target }
}

impl Exporting {
    /// Who takes exports; nobody unless they go to a webhook.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn receiver(&self) -> anyhow::Result<Option<Arc<dyn ExportReceiver>>> {
        let Some(target) = self.target.clone().filter(|_| self.mode == Delivery::Webhook) else {
            return Ok(None);
        };
        let secret = self.secret.as_ref().map(|secret| secret.reveal().to_owned());
        let webhook = ExportWebhook::new(target, secret, WebhookTrust::Public);
        let webhook = webhook.map_err(|error| anyhow::anyhow!("EXPORT_WEBHOOK_URL: {error}"))?;
        Ok(Some(Arc::new(webhook)))
    }
}
