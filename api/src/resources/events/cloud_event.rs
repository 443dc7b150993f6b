//! An event of the log as a CloudEvent 1.0.

use data_encoding::HEXLOWER;
use ledger::store::Stored;
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{answer::instant, error::ApiError};

/// A CloudEvent; the extensions after `data` are ours. Personal data in `data` is sealed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CloudEvent {
    /// Always `1.0`.
    specversion: &'static str,
    /// Unique id.
    id: Uuid,
    /// `/orgs/<org>`
    source: String,
    /// Stored name, `billing.<aggregate>.<past_tense>`.
    r#type: String,
    /// `<aggregate>/<id>`
    subject: String,
    /// When it was true.
    time: String,
    /// Always `application/json`.
    datacontenttype: &'static str,
    /// Name and version of the shape of `data`.
    dataschema: String,
    /// The payload, exactly as it is hashed.
    #[schema(value_type = Object)]
    data: Box<RawValue>,
    /// Place in the org's log: 1, 2, 3, … without a gap.
    position: i64,
    /// Place in the stream.
    sequence: i64,
    /// When we learned it.
    recordedat: String,
    /// Who gave the command.
    actor: String,
    /// The command that decided it.
    commandid: Uuid,
    /// The request or job run this belongs to.
    correlationid: Uuid,
    /// The event that caused it, if a policy acted.
    #[serde(skip_serializing_if = "Option::is_none")]
    causationid: Option<Uuid>,
    /// SHA-256 over everything that is stored of it.
    leafhash: String,
    /// Trace context and the like.
    #[schema(value_type = Object)]
    metadata: Value,
}

impl TryFrom<Stored> for CloudEvent {
    type Error = ApiError;

    fn try_from(stored: Stored) -> Result<Self, ApiError> {
        let payload =
            String::from_utf8(stored.payload).map_err(|error| ApiError::failed(&error))?;
        let data = RawValue::from_string(payload).map_err(|error| ApiError::failed(&error))?;
        let metadata =
            serde_json::from_slice(&stored.metadata).map_err(|error| ApiError::failed(&error))?;
        Ok(Self {
            specversion: "1.0",
            id: stored.event_id,
            source: format!("/orgs/{}", stored.org),
            dataschema: format!("urn:daybook:{}:{}", stored.event_type, stored.event_version),
            r#type: stored.event_type,
            subject: format!("{}/{}", stored.aggregate_type, stored.aggregate_id),
            time: instant(stored.occurred_at),
            datacontenttype: "application/json",
            data,
            position: stored.position,
            sequence: stored.sequence,
            recordedat: instant(stored.recorded_at),
            actor: stored.actor,
            commandid: stored.command_id,
            correlationid: stored.correlation_id,
            causationid: stored.causation_id,
            leafhash: HEXLOWER.encode(&stored.leaf_hash),
            metadata,
        })
    }
}
