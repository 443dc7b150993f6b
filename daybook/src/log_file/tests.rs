use evidence::event_line;
use ledger::proof::LogCheck;
use ledger::store::Stored;
use ledger::values::OrgId;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::line::{Header, Trailer};
use super::{Damage, LogFile};

const EVENTS: i64 = 4;

fn event(position: i64) -> Stored {
    let number = u128::try_from(position).unwrap();
    let mut stored = Stored {
        org: OrgId(Uuid::from_u128(7)),
        position,
        aggregate_type: "subject".to_owned(),
        aggregate_id: Uuid::from_u128(3),
        sequence: position,
        event_id: Uuid::from_u128(number << 16),
        event_type: "billing.subject.erased".to_owned(),
        event_version: 1,
        payload: format!("{{\"a\":\"é\\n\",\"position\":{position}.50}}").into_bytes(),
        metadata: b"{}".to_vec(),
        actor: "cli".to_owned(),
        correlation_id: Uuid::from_u128(number),
        causation_id: (position == 2).then(|| Uuid::from_u128(9)),
        command_id: Uuid::from_u128(number),
        occurred_at: OffsetDateTime::UNIX_EPOCH - Duration::days(40_000),
        recorded_at: OffsetDateTime::UNIX_EPOCH + Duration::microseconds(position),
        leaf_hash: [0; 32],
    };
    stored.leaf_hash = stored.leaf();
    stored
}

fn lines() -> Vec<String> {
    let events: Vec<Stored> = (1..=EVENTS).map(event).collect();
    let mut check = LogCheck::new(events[0].org);
    events.iter().for_each(|event| check.follow(event).unwrap());
    let root = data_encoding::HEXLOWER.encode(&check.root());
    let trailer = Trailer { count: EVENTS, head_position: EVENTS, root: root.into() };
    let header = serde_json::to_string(&Header::of(events[0].org, EVENTS)).unwrap();
    let mut lines = vec![header];
    lines.extend(events.iter().map(|event| event_line(event).unwrap()));
    lines.push(serde_json::to_string(&trailer).unwrap());
    lines
}

fn file(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

fn check(bytes: &[u8]) -> Result<LogCheck, Damage> {
    LogFile::new(bytes).unwrap().and_then(|log| log.check(|_| {}).unwrap())
}

/// The position that a damage names; 0 for the header, one past the end for the trailer.
fn position(damage: &Damage) -> i64 {
    match damage {
        Damage::Header(_) => 0,
        Damage::Line(position, _) => *position,
        Damage::Event(finding) => finding.position,
        Damage::Trailer(position, _) => position + 1,
    }
}

fn named(lines: &[String]) -> i64 {
    position(&check(&file(lines)).map(|check| check.position()).unwrap_err())
}

#[test]
fn a_whole_file_is_sound() {
    assert_eq!(check(&file(&lines())).unwrap().position(), EVENTS);
}

#[test]
fn a_flipped_bit_anywhere_is_found_and_the_line_is_named() {
    let whole = file(&lines());
    let mut line = 0;
    for at in 0..whole.len() {
        // One that changes the value, one that only changes the case of a letter.
        for bit in [0, 5] {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            let damage = check(&flipped).map(|check| check.position()).unwrap_err();
            let said = position(&damage);
            // A line's end that goes, or comes, may also be noticed on the next line.
            let moved = whole[at] == b'\n' || flipped[at] == b'\n';
            // What the header says wrongly of the events is noticed where they contradict it.
            let right = line == 0 || said == line || (moved && said == line + 1);
            assert!(right, "{at} {bit}: {damage}");
        }
        line += i64::from(whole[at] == b'\n');
    }
}

#[test]
fn a_missing_a_double_and_a_swapped_line_are_named() {
    let without = |at: usize| {
        let mut lines = lines();
        lines.remove(at);
        named(&lines)
    };
    assert_eq!(without(2), 2);
    assert_eq!(without(4), 4);
    assert_eq!(without(5), 5);
    let mut double = lines();
    double.insert(3, double[2].clone());
    assert_eq!(named(&double), 3);
    let mut swapped = lines();
    swapped.swap(2, 3);
    assert_eq!(named(&swapped), 2);
    let mut more = lines();
    more.push(String::new());
    assert_eq!(named(&more), EVENTS + 1);
}

#[test]
fn a_file_cut_anywhere_is_damaged() {
    let whole = file(&lines());
    for end in 0..whole.len() {
        assert!(check(&whole[..end]).is_err(), "cut at byte {end}");
    }
}
