//! A message as it comes from outside: bytes, read as the endpoint would read them.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::value::RawValue;

use super::{
    envelope::Envelope,
    facts::Data,
    message::{Messages, attributes, messages},
    take::{content, entity},
    verdict::VerdictView,
};
use crate::{body::parse_at, error::ApiError};

/// What is sent as headers in binary mode.
const SENT: [&str; 6] = ["id", "source", "specversion", "subject", "time", "type"];

/// Reads a request's body as one message or several.
///
/// # Panics
///
/// When what is wrong with a message is called our fault, when a message is another one among
/// others, or another one in binary mode.
pub(crate) fn message(bytes: &[u8]) {
    let nothing: &RawValue = RawValue::NULL;
    match said(nothing, messages(&HeaderMap::new(), bytes)) {
        Some(Messages::One(raw)) => one(&raw),
        Some(Messages::Batch(batch)) => batch.iter().for_each(|raw| one(raw)),
        None => {}
    }
}

fn one(raw: &RawValue) {
    let Some(event) = said(raw, parse_at::<Envelope>(String::new(), raw.get().as_bytes())) else {
        return;
    };
    if let (Some(kind), Some(sent)) = (event.kind, event.data.as_deref())
        && let Some((named, data)) = said(raw, Data::read(kind, "/data", sent))
    {
        said(raw, entity("", kind, named, &data, event.subject.as_deref()));
    }
    let batch = format!("[{raw},{raw}]");
    match messages(&HeaderMap::new(), batch.as_bytes()) {
        Ok(Messages::Batch(batch)) => {
            assert!(batch.iter().all(|again| again.get() == raw.get()), "{batch:?}");
        }
        _ => panic!("no batch: {batch}"),
    }
    binary(raw, &event);
}

/// What could be read; what could not must be the sender's fault, and be told without a fault.
fn said<T>(raw: &RawValue, read: Result<T, ApiError>) -> Option<T> {
    let error = match read {
        Ok(read) => return Some(read),
        Err(error) => error,
    };
    let status = actix_web::ResponseError::status_code(&error);
    assert!(status.is_client_error(), "{status} for {raw}: {error:?}");
    let verdict = VerdictView::of(0, "", raw, &Err(error));
    assert!(serde_json::to_string(&verdict).is_ok(), "{verdict:?}");
    None
}

/// The same message with its attributes as headers is the same message.
fn binary(raw: &RawValue, event: &Envelope) {
    let Some(data) = &event.data else { return };
    let attributes = attributes(raw);
    let mut headers = HeaderMap::new();
    for name in SENT {
        let Some(text) = attributes.get(name).and_then(|raw| text(raw)) else { continue };
        let value: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let name = HeaderName::try_from(format!("ce-{name}"));
        if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    let again = match messages(&headers, data.get().as_bytes()) {
        Ok(Messages::One(again)) => again,
        _ => panic!("no binary form of {raw}"),
    };
    let same = match parse_at::<Envelope>(String::new(), again.get().as_bytes()) {
        Ok(same) => same,
        Err(error) => panic!("{error:?}: {again} of {raw}"),
    };
    assert_eq!((&same.id, &same.source), (&event.id, &event.source));
    assert_eq!((same.kind, same.time, &same.subject), (event.kind, event.time, &event.subject));
    assert_eq!(same.data.as_ref().map(|data| data.get()), Some(data.get()));
    assert_eq!(content(&again), content(raw), "{again} of {raw}");
}

fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}
