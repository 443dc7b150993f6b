use proptest::prelude::*;
use time::Duration;

use super::*;

fn org() -> OrgId {
    OrgId(Uuid::from_u128(7))
}

/// A sound log of `count` events in three streams.
fn log(count: i64) -> Vec<Stored> {
    let mut sequences = [0_i64; 3];
    (1..=count).map(|position| event(position, &mut sequences)).map(hashed).collect()
}

fn event(position: i64, sequences: &mut [i64; 3]) -> Stored {
    let stream = usize::try_from(position % 3).unwrap();
    sequences[stream] += 1;
    let number = u128::try_from(position).unwrap();
    Stored {
        org: org(),
        position,
        aggregate_type: "subject".to_owned(),
        aggregate_id: Uuid::from_u128(stream as u128),
        sequence: sequences[stream],
        event_id: Uuid::from_u128(number << 16),
        event_type: "billing.subject.erased".to_owned(),
        event_version: 1,
        payload: format!("{{\"position\":{position}}}").into_bytes(),
        metadata: b"{}".to_vec(),
        actor: "cli".to_owned(),
        correlation_id: Uuid::from_u128(number),
        causation_id: None,
        command_id: Uuid::from_u128(number),
        occurred_at: OffsetDateTime::UNIX_EPOCH,
        recorded_at: OffsetDateTime::UNIX_EPOCH + Duration::seconds(position),
        leaf_hash: [0; 32],
    }
}

fn hashed(mut stored: Stored) -> Stored {
    stored.leaf_hash = stored.leaf();
    stored
}

fn check(events: &[Stored]) -> Result<LogCheck, Finding> {
    let mut check = LogCheck::new(org());
    for event in events {
        check.follow(event)?;
    }
    Ok(check)
}

fn finding(events: &[Stored]) -> Finding {
    check(events).map(|check| check.position()).unwrap_err()
}

#[test]
fn a_sound_log_is_followed_to_its_end() {
    let check = check(&log(30)).unwrap();
    assert_eq!((check.position(), check.streams()), (30, 3));
}

#[test]
fn a_missing_a_double_and_a_swapped_event_are_named() {
    let mut missing = log(10);
    missing.remove(4);
    assert_eq!(finding(&missing).flaw, Flaw::Position { expected: 5, found: 6 });
    let mut double = log(10);
    double.insert(4, double[3].clone());
    assert_eq!(
        finding(&double),
        Finding { position: 5, flaw: Flaw::Position { expected: 5, found: 4 } }
    );
    let mut swapped = log(10);
    swapped.swap(2, 6);
    assert_eq!(finding(&swapped).position, 3);
}

#[test]
fn rehashing_a_change_does_not_hide_what_contradicts_the_rest() {
    let change = |at: usize, change: fn(&mut Stored)| {
        let mut events = log(10);
        change(&mut events[at]);
        events[at] = hashed(events[at].clone());
        finding(&events)
    };
    let earlier = change(5, |event| event.recorded_at = OffsetDateTime::UNIX_EPOCH);
    assert_eq!(earlier, Finding { position: 6, flaw: Flaw::RecordedAt });
    let reused = change(5, |event| event.event_id = Uuid::from_u128(1 << 16));
    assert_eq!(reused.flaw, Flaw::EventId(Uuid::from_u128(1 << 16)));
    let skipped = change(5, |event| event.sequence += 1);
    assert!(matches!(skipped.flaw, Flaw::Sequence { expected: 2, found: 3, .. }));
    let foreign = change(5, |event| event.org = OrgId(Uuid::nil()));
    assert_eq!(foreign.flaw, Flaw::OtherOrg(OrgId(Uuid::nil())));
    let unreadable = change(5, |event| event.event_type = NUMBERED[0].to_owned());
    assert_eq!(unreadable.flaw, Flaw::Unnumbered);
}

/// Stored shapes, as the golden files keep them: name, version, payload.
fn shapes() -> Vec<(String, i32, serde_json::Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/events");
    let mut shapes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let shape: serde_json::Value = serde_json::from_str(&text).unwrap();
        if let (Some(name), Some(version)) = (shape["name"].as_str(), shape["version"].as_i64()) {
            let version = i32::try_from(version).unwrap();
            shapes.push((name.to_owned(), version, shape["payload"].clone()));
        }
    }
    shapes
}

#[test]
fn every_event_that_takes_a_number_is_followed_and_a_gap_of_any_series_is_named() {
    let mut followed = HashSet::new();
    for (name, version, mut payload) in shapes() {
        let number = payload["number"].as_str().unwrap_or_default().to_owned();
        // A note that is voided keeps its number, and takes none.
        if numbered(&number).is_none() || name == "billing.invoice.credit_note_voided" {
            continue;
        }
        assert!(NUMBERED.contains(&name.as_str()), "{name} takes {number} and nobody follows");
        let mut only = |number: &str| {
            payload["number"] = number.into();
            let mut stored = event(1, &mut [0; 3]);
            (stored.event_type, stored.event_version) = (name.clone(), version);
            stored.payload = payload.to_string().into_bytes();
            check(&[hashed(stored)])
        };
        let (series, _) = numbered(&number).unwrap();
        assert_eq!(only(&format!("{series}-00001")).unwrap().numbers()[series], 1);
        let gap = only(&format!("{series}-00002")).map(|check| check.position()).unwrap_err();
        let expected = Flaw::Number { series: series.to_owned(), expected: 1, found: 2 };
        assert_eq!(gap.flaw, expected);
        followed.insert(name);
    }
    assert_eq!(followed.len(), NUMBERED.len(), "{followed:?}");
}

#[test]
fn numbers_are_read_by_their_last_part() {
    assert_eq!(numbered("INV-202601-00007"), Some(("INV-202601", 7)));
    assert_eq!(numbered("INV-202601-100000"), Some(("INV-202601", 100_000)));
    for wrong in ["INV-202601-7", "00007", "INV-202601-000007", "INV-202601-0000x", "-00001"] {
        assert_eq!(numbered(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn one_flipped_bit_in_any_column_is_found_at_its_position(
        at in 0_usize..12,
        column in 0_usize..14,
        bit in 0_u32..8,
    ) {
        let mut events = log(12);
        let flip = |uuid: Uuid| Uuid::from_u128(uuid.as_u128() ^ (1 << bit));
        let text = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[0] ^= 1;
            String::from_utf8(bytes).unwrap()
        };
        let event = &mut events[at];
        match column {
            0 => event.org = OrgId(flip(event.org.0)),
            1 => event.position ^= 1 << bit,
            2 => event.aggregate_type = text(&event.aggregate_type),
            3 => event.aggregate_id = flip(event.aggregate_id),
            4 => event.sequence ^= 1 << bit,
            5 => event.event_id = flip(event.event_id),
            6 => event.event_type = text(&event.event_type),
            7 => event.event_version ^= 1 << bit,
            8 => event.payload[3] ^= 1 << bit,
            9 => event.metadata[1] ^= 1 << bit,
            10 => event.actor = text(&event.actor),
            11 => event.causation_id = Some(Uuid::nil()),
            12 => event.occurred_at += Duration::microseconds(1 << bit),
            _ => event.leaf_hash[5] ^= 1 << bit,
        }
        prop_assert_eq!(finding(&events).position, i64::try_from(at).unwrap() + 1);
    }
}
