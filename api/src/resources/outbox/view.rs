//! A message as the API shows it: what it is about, never what it says or to whom.

use ledger::store::outbox::Listed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::instant;

/// A message of the outbox.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageView {
    /// Which.
    id: Uuid,
    /// What makes it the same message.
    #[schema(example = "invoice:5670d1d1-0000-4000-8000-000000000000:dunning:payment_failed")]
    dedupe_key: String,
    /// email or webhook.
    kind: String,
    /// Which text.
    #[schema(example = "invoice_payment_failed")]
    template: String,
    /// What it is about.
    #[schema(example = "invoice")]
    related_kind: String,
    /// Which one.
    related_id: Uuid,
    /// pending, sending, sent, dead or canceled.
    status: String,
    /// Attempts since it was asked for or replayed.
    attempts: i32,
    /// How often it was replayed.
    replays: i32,
    /// Why it did not leave, as a code.
    last_error: Option<String>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When it was sent, given up or canceled.
    #[schema(value_type = Option<String>, format = DateTime)]
    settled_at: Option<String>,
}

impl From<Listed> for MessageView {
    fn from(message: Listed) -> Self {
        Self {
            id: message.id,
            dedupe_key: message.dedupe_key,
            kind: message.kind,
            template: message.template,
            related_kind: message.related_kind,
            related_id: message.related_id,
            status: message.status,
            attempts: message.attempts,
            replays: message.replays,
            last_error: message.last_error,
            created_at: instant(message.created_at),
            settled_at: message.settled_at.map(instant),
        }
    }
}
