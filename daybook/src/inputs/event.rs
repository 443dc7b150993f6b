//! An event of the log: as it is stored, and in every form in which it leaves and comes back.

use evidence::{event_line, event_of_line};
use ledger::canonical;
use ledger::recorded::LedgerEvent;
use ledger::store::Stored;
use ledger::store::postgres_es::{Mapping, SourceRow, readable};
use ledger::values::OrgId;
use serde::Deserialize;
use serde_json::value::RawValue;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An event with its name, as the files in `schema/events` have it.
#[derive(Deserialize)]
struct Named<'a> {
    name: String,
    version: u16,
    #[serde(borrow)]
    payload: &'a RawValue,
}

/// An event with its name, as the files in `schema/events` have it.
///
/// # Panics
///
/// When an event is another one after it was written and read, be it as the log stores it, as a
/// CloudEvent, as a line of an export or as a row of another system.
pub fn event(bytes: &[u8]) {
    let Ok(named) = serde_json::from_slice::<Named<'_>>(bytes) else { return };
    let value = serde_json::from_str::<serde_json::Value>(named.payload.get());
    let Some(payload) = value.ok().and_then(|value| canonical(&value).ok()) else { return };
    let again = serde_json::from_slice::<serde_json::Value>(&payload);
    let again = again.ok().and_then(|value| canonical(&value).ok());
    assert_eq!(again.as_deref(), Some(payload.as_slice()), "canonical, and yet not");
    // As it is decided: no number has been through JSON's writer yet.
    let raw = named.payload.get().as_bytes();
    let event = LedgerEvent::decode(&named.name, named.version, raw).ok();
    if let Some(event) = &event {
        decoded(event);
    }
    let stored = stored(&named, payload);
    line(&stored);
    row(&stored, &named, event.as_ref());
    cloud_event(stored);
}

/// What is stored of it is read as the same.
fn decoded(event: &LedgerEvent) {
    // A number that JSON has no room for is refused.
    let Ok(payload) = event.encode() else { return };
    let again = LedgerEvent::decode(event.name(), event.version(), &payload);
    let text = String::from_utf8_lossy(&payload);
    match again {
        Ok(again) => assert!(again == *event, "{again:?} instead of {event:?}, of {text}"),
        Err(error) => panic!("{error}: {text}"),
    }
}

fn stored(named: &Named<'_>, payload: Vec<u8>) -> Stored {
    let number = payload.iter().map(|byte| i64::from(*byte)).sum::<i64>();
    let mut stored = Stored {
        org: OrgId(Uuid::from_u128(7)),
        position: number,
        aggregate_type: "a \"kind\"\n".to_owned(),
        aggregate_id: Uuid::from_u128(3),
        sequence: number,
        event_id: Uuid::from_u128(11),
        event_type: named.name.clone(),
        event_version: i32::from(named.version),
        metadata: payload.clone(),
        payload,
        actor: named.name.clone(),
        correlation_id: Uuid::from_u128(5),
        causation_id: None,
        command_id: Uuid::from_u128(6),
        occurred_at: OffsetDateTime::UNIX_EPOCH - Duration::microseconds(number),
        recorded_at: OffsetDateTime::UNIX_EPOCH + Duration::microseconds(number),
        leaf_hash: [0; 32],
    };
    stored.leaf_hash = stored.leaf();
    stored
}

fn line(stored: &Stored) {
    let line = match event_line(stored) {
        Ok(line) => line,
        Err(error) => panic!("{error}: {stored:?}"),
    };
    assert!(!line.contains('\n'), "two lines: {line}");
    match event_of_line(&line) {
        Ok(again) => assert!(again == *stored && again.leaf() == stored.leaf_hash, "{line}"),
        Err(error) => panic!("{error}: {line}"),
    }
}

/// As postgres-es keeps it, in a stream of its own kind.
fn row(stored: &Stored, named: &Named<'_>, event: Option<&LedgerEvent>) {
    let kind = named.name.strip_prefix("billing.").and_then(|rest| rest.split('.').next());
    let Ok(name) = serde_json::to_string(&named.name) else { return };
    let row = SourceRow {
        number: 1,
        aggregate_type: kind.unwrap_or_default().to_owned(),
        aggregate_id: stored.aggregate_id.to_string(),
        sequence: 1,
        event_type: named.name.clone(),
        event_version: named.version.to_string(),
        payload: format!("{{\"type\":{name},\"data\":{}}}", named.payload),
        metadata: "{}".to_owned(),
        happened_at: None,
    };
    match (readable(stored.org, &Mapping::default(), &row), event) {
        (Ok((_, read)), Some(event)) => assert!(read == *event, "{read:?} for {event:?}"),
        (Ok((_, read)), None) => panic!("{read:?} out of {}", row.payload),
        // Most kinds have no other system that they could come from.
        (Err(unreadable), _) => assert!(!unreadable.what.is_empty(), "refused without a word"),
    }
}

#[derive(Deserialize)]
struct Shown<'a> {
    id: Uuid,
    r#type: String,
    actor: String,
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(borrow)]
    metadata: &'a RawValue,
}

fn cloud_event(stored: Stored) {
    let payload = String::from_utf8_lossy(&stored.payload).into_owned();
    let (id, name) = (stored.event_id, stored.event_type.clone());
    let text = match api::inputs::as_cloud_event(stored) {
        Ok(text) => text,
        Err(error) => panic!("{error:?}: {payload}"),
    };
    assert!(!text.contains('\n'), "two lines: {text}");
    let shown: Shown<'_> = match serde_json::from_str(&text) {
        Ok(shown) => shown,
        Err(error) => panic!("{error}: {text}"),
    };
    assert_eq!((shown.id, &shown.r#type, &shown.actor), (id, &name, &name), "{text}");
    assert_eq!(shown.data.get(), payload, "{text}");
    let same = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    assert_eq!(same(shown.metadata.get()), same(&payload), "{text}");
}
