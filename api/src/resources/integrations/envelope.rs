//! One message: the attributes of a CloudEvent.

use ledger::operation::Kind;
use serde_json::value::RawValue;
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::facts::DataBody;
use crate::body::{Fields, FromBody, instant, text};

/// What an event's type begins with; the kind follows.
const PREFIX: &str = "operation.";

/// A CloudEvent 1.0 about one thing. Extension attributes are passed over.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "the fields document the body")]
pub(crate) struct EventBody {
    /// Always `1.0`.
    #[schema(example = "1.0")]
    specversion: String,
    /// Names the event within its source: the same again is a duplicate.
    id: String,
    /// Names the sending system.
    #[schema(example = "/scheduling")]
    source: String,
    /// `operation.` and the kind: blackout, booking, job_completion, lead, nps_response, photo,
    /// photo_review, storage, support_ticket, team, usage_counter, worker.
    #[schema(example = "operation.booking")]
    r#type: String,
    /// The thing's id, where `data` has none.
    subject: Option<String>,
    /// Since when it is true: of two events about a thing the later one counts. Now unless said.
    #[schema(value_type = Option<String>, format = DateTime)]
    time: Option<OffsetDateTime>,
    /// `application/json`.
    datacontenttype: Option<String>,
    /// Passed over.
    dataschema: Option<String>,
    /// The thing's whole state, as its kind has it.
    data: DataBody,
}

/// A message, read.
#[derive(Debug)]
pub(super) struct Envelope {
    pub(super) id: String,
    pub(super) source: String,
    /// `None`: a type that is not taken.
    pub(super) kind: Option<Kind>,
    pub(super) subject: Option<String>,
    pub(super) time: Option<OffsetDateTime>,
    pub(super) data: Option<Box<RawValue>>,
}

impl FromBody for Envelope {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let version = fields.required("specversion", |raw| match text(8)(raw)?.as_str() {
            "1.0" => Ok(()),
            _ => Err("1.0 is expected".into()),
        });
        let id = fields.required("id", text(255));
        let source = fields.required("source", text(1_000));
        let kind = fields.required("type", text(255));
        let subject = fields.optional("subject", text(255));
        let time = fields.optional("time", instant);
        let content_type = fields.optional("datacontenttype", |raw| {
            let json = text(255)(raw)?.to_ascii_lowercase().contains("json");
            if json { Ok(()) } else { Err("application/json is expected".into()) }
        });
        let data = fields.optional("data", |raw| Ok(raw.to_owned()));
        // `dataschema` and extensions: lower-case letters and digits (CloudEvents 1.0, 3.1).
        fields.pass_over(|name| {
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        version?;
        content_type?;
        let kind = kind?.strip_prefix(PREFIX).and_then(|kind| kind.parse().ok());
        Some(Self { id: id?, source: source?, kind, subject: subject?, time: time?, data: data? })
    }
}
