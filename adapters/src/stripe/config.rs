//! The webhook end of Stripe, with the secrets it is verified by.

use std::fmt;

use ledger::ports::payments::{ProviderEvent, Unreadable, Unverified, WebhookProvider};
use time::OffsetDateTime;

use super::{signature, translate};

/// An endpoint's secret: the whole text, `whsec_` included.
#[derive(Clone)]
pub struct WebhookSecret(String);

impl WebhookSecret {
    /// Takes a secret as Stripe shows it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Secrets stay out of logs.
impl fmt::Debug for WebhookSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WebhookSecret(..)")
    }
}

/// Verifies and reads what Stripe posts to us. Several secrets while one is being replaced.
#[derive(Debug, Clone)]
pub struct StripeWebhook {
    secrets: Vec<WebhookSecret>,
}

impl StripeWebhook {
    /// An endpoint with one secret, or with the new and the old one.
    pub fn new(secrets: Vec<WebhookSecret>) -> Self {
        Self { secrets }
    }
}

impl WebhookProvider for StripeWebhook {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn signature_header(&self) -> &'static str {
        "stripe-signature"
    }

    fn verify(
        &self,
        signature: Option<&[u8]>,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<(), Unverified> {
        signature::verify(&self.secrets, signature, body, now.unix_timestamp())
    }

    fn translate(&self, body: &[u8]) -> Result<ProviderEvent, Unreadable> {
        translate::event(body)
    }
}
