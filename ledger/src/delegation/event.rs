//! What happened to a delegation.

use serde::{Deserialize, Serialize};

use super::Terms;
use crate::values::Sealed;

events! {
    /// What happened to a delegation.
    pub enum DelegationEvent {
        /// The founder changed it.
        Configured(Box<Configured>) = "billing.delegation.configured" @ 1;
    }
}

/// See [`DelegationEvent::Configured`]: the whole result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configured {
    /// Key of the letter service.
    pub lob_api_key: Option<Sealed<String>>,
    /// Key of the e-mail service.
    pub postmark_api_key: Option<Sealed<String>>,
    /// The settings.
    pub terms: Terms,
    /// Account of the text-message service.
    pub twilio_account_sid: Option<Sealed<String>>,
}
