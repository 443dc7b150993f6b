//! An exported log.

use data_encoding::HEXLOWER;
use evidence::event_line;
use ledger::proof::LogCheck;
use ledger::store::Stored;
use ledger::values::OrgId;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::log_file::LogFile;
use crate::log_file::line::{Header, Trailer};

/// The most events of a log that is made here.
const MOST: usize = 6;

/// An exported log, or a bundle; and a log made of these bytes, exported and then damaged.
///
/// # Panics
///
/// When a file is accepted that we would have written otherwise, when one that we wrote is
/// refused, or when damage to it is not noticed.
pub fn log_file(bytes: &[u8]) {
    let _bundle = evidence::check(bytes, &[]);
    if is_sound(bytes) {
        assert_eq!(written_again(bytes).as_deref(), Some(bytes), "sound, and not as we write it");
    }
    let file = exported(&events(bytes));
    assert!(is_sound(&file), "whole, and refused: {}", String::from_utf8_lossy(&file));
    let sum: usize = bytes.iter().map(|byte| usize::from(*byte)).sum();
    let at = sum % file.len();
    let mut flipped = file.clone();
    flipped[at] ^= 1 << (sum % 8);
    assert!(!is_sound(&flipped), "byte {at}: {}", String::from_utf8_lossy(&flipped));
    assert!(!is_sound(&file[..at]), "cut at {at}: {}", String::from_utf8_lossy(&file));
    let twice = [file.as_slice(), file.as_slice()].concat();
    assert!(!is_sound(&twice), "twice: {}", String::from_utf8_lossy(&file));
}

fn is_sound(bytes: &[u8]) -> bool {
    let Ok(Ok(file)) = LogFile::new(bytes) else { return false };
    matches!(file.check(|_| {}), Ok(Ok(_)))
}

/// What was read, as we would write it.
fn written_again(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = LogFile::new(bytes).ok()?.ok()?;
    let mut events = Vec::new();
    while let Some(event) = file.next_event().ok()?.ok()? {
        events.push(event);
    }
    // Whose an empty log is stands nowhere but in its header.
    Some(if events.is_empty() { bytes.to_vec() } else { exported(&events) })
}

/// An event for each line of the bytes.
fn events(bytes: &[u8]) -> Vec<Stored> {
    let texts = bytes.split(|byte| *byte == b'\n').take(MOST);
    (1..).zip(texts).map(|(position, text)| event(position, text)).collect()
}

fn event(position: i64, text: &[u8]) -> Stored {
    let text = String::from_utf8_lossy(text);
    let payload = ledger::canonical(&[&text]).unwrap_or_default();
    let mut stored = Stored {
        org: OrgId(Uuid::from_u128(7)),
        position,
        aggregate_type: "subject".to_owned(),
        aggregate_id: Uuid::from_u128(3),
        sequence: position,
        event_id: Uuid::from_u64_pair(position.unsigned_abs(), 1),
        event_type: "billing.subject.erased".to_owned(),
        event_version: 1,
        payload,
        metadata: b"{}".to_vec(),
        actor: text.into_owned(),
        correlation_id: Uuid::from_u128(5),
        causation_id: (position == 2).then(|| Uuid::from_u128(9)),
        command_id: Uuid::from_u128(6),
        occurred_at: OffsetDateTime::UNIX_EPOCH - Duration::days(40_000),
        recorded_at: OffsetDateTime::UNIX_EPOCH + Duration::microseconds(position),
        leaf_hash: [0; 32],
    };
    stored.leaf_hash = stored.leaf();
    stored
}

/// The file of a log.
fn exported(events: &[Stored]) -> Vec<u8> {
    let org = events.first().map_or(OrgId(Uuid::nil()), |event| event.org);
    let mut check = LogCheck::new(org);
    let mut lines = Vec::new();
    for event in events {
        if let Err(finding) = check.follow(event) {
            panic!("{finding}: {event:?}");
        }
        lines.extend(event_line(event));
    }
    let count = check.position();
    let root = HEXLOWER.encode(&check.root()).into();
    let trailer = Trailer { count, head_position: count, root };
    let mut file = serde_json::to_string(&Header::of(org, count)).unwrap_or_default();
    for line in lines {
        file = file + "\n" + &line;
    }
    let trailer = serde_json::to_string(&trailer).unwrap_or_default();
    format!("{file}\n{trailer}\n").into_bytes()
}
