//! Who asks, under which id, and since when it is true.

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Ledger, clock::microseconds};
use crate::{
    recorded::{Actor, Recorded},
    traces,
    values::OrgId,
};

/// The last two bytes of an event id count the events of one command.
const ORDINAL_MASK: u128 = 0xffff;

/// The envelope of a command; its events inherit it.
#[derive(Debug, Clone)]
pub struct Context {
    /// Whose ledger.
    pub org: OrgId,
    /// Who gives the command.
    pub actor: Actor,
    /// Identifies the command; the same id again is answered, not carried out.
    pub command_id: Uuid,
    /// HMAC of what is asked: the same id with another fingerprint is refused.
    pub fingerprint: [u8; 32],
    /// The request or job run this belongs to.
    pub correlation_id: Uuid,
    /// The event that caused the command, if a policy acts.
    pub causation_id: Option<Uuid>,
    /// When what the command says was true.
    pub occurred_at: OffsetDateTime,
    /// Event ids of the command are this and the next ones. Sealed values are bound to it, so it
    /// is drawn before the command is queued.
    pub event_base: Uuid,
    /// Trace context and the like: canonical JSON.
    pub metadata: Vec<u8>,
}

impl Context {
    /// For a caller that has no idempotency key: every id is new.
    pub fn fresh(ledger: &Ledger, org: OrgId, actor: Actor) -> Self {
        let command_id = draw();
        Self::new(ledger, org, actor, command_id, [0; 32])
    }

    /// For a caller with an idempotency key, which counts within (org, principal).
    pub fn keyed(
        ledger: &Ledger,
        org: OrgId,
        actor: Actor,
        principal: &str,
        idempotency_key: &str,
        fingerprint: [u8; 32],
    ) -> Self {
        let name = format!("key:{principal}:{idempotency_key}");
        let command_id = Uuid::new_v5(&org.0, name.as_bytes());
        Self::new(ledger, org, actor, command_id, fingerprint)
    }

    /// For a policy: the command id follows from the causing event, so repeating is harmless,
    /// and the command is true when its cause was.
    pub fn derived(
        ledger: &Ledger,
        org: OrgId,
        actor: Actor,
        cause: &Recorded,
        name: &str,
        ordinal: u32,
    ) -> Self {
        let command = format!("{name}:{}:{ordinal}", cause.event_id);
        let mut context =
            Self::new(ledger, org, actor, Uuid::new_v5(&org.0, command.as_bytes()), [0; 32]);
        context.correlation_id = cause.correlation_id;
        context.causation_id = Some(cause.event_id);
        context.occurred_at = cause.occurred_at;
        context
    }

    /// For a job: the command id follows from a name that says what is to happen once.
    pub fn named(ledger: &Ledger, org: OrgId, actor: Actor, name: &str) -> Self {
        let command_id = Uuid::new_v5(&org.0, format!("job:{name}").as_bytes());
        Self::new(ledger, org, actor, command_id, [0; 32])
    }

    fn new(
        ledger: &Ledger,
        org: OrgId,
        actor: Actor,
        command_id: Uuid,
        fingerprint: [u8; 32],
    ) -> Self {
        Self {
            org,
            actor,
            command_id,
            fingerprint,
            correlation_id: traces::correlation().unwrap_or_else(draw),
            causation_id: None,
            occurred_at: ledger.clock().now(),
            event_base: event_base(draw()),
            metadata: b"{}".to_vec(),
        }
    }

    /// The same command, true at another instant.
    #[must_use]
    pub fn occurring_at(mut self, at: OffsetDateTime) -> Self {
        self.occurred_at = microseconds(at);
        self
    }
}

/// The id of the command's `ordinal`-th event, counted from 0.
pub(super) fn event_id(base: Uuid, ordinal: usize) -> Uuid {
    Uuid::from_u128(base.as_u128() | (ordinal as u128 & ORDINAL_MASK))
}

/// The base that an event id was counted from.
pub(crate) fn event_base(event_id: Uuid) -> Uuid {
    Uuid::from_u128(event_id.as_u128() & !ORDINAL_MASK)
}

/// A new UUIDv7.
#[expect(clippy::disallowed_methods, reason = "this is the place that draws ids")]
pub(super) fn draw() -> Uuid {
    Uuid::now_v7()
}
