//! What the founder lets the agent do, every field filled.

use ledger::delegation::{Configured, DelegationEvent, Terms};

use super::{code, sealed};

pub(super) fn events() -> Vec<DelegationEvent> {
    let configured = Configured {
        lob_api_key: Some(sealed("lob_api_key")),
        postmark_api_key: Some(sealed("postmark_api_key")),
        terms: Terms {
            enabled: true,
            founder_user_id: Some(code("user_7")),
            revision: 1,
            ..Terms::default()
        },
        twilio_account_sid: Some(sealed("twilio_account_sid")),
    };
    vec![Box::new(configured).into()]
}
