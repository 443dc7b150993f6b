use ledger::proof::{CheckpointKey, LogCheck, Plan, Shelf, Tiler, VerifierKey, WIDTH, sign};
use ledger::recorded::Recorded;
use ledger::store::Stored;
use ledger::values::OrgId;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::line::{Digest, Header, Trailer, of_event};
use super::totals::{projectors, totals};
use super::*;

/// Events of the log; the bundle is about 4 to 7, and holds one more on each side.
const SIZE: i64 = 9;

fn org() -> OrgId {
    OrgId(Uuid::from_u128(7))
}

fn key() -> CheckpointKey {
    CheckpointKey::from_seed("ledger.example.org", &[3; 32]).unwrap()
}

fn known() -> [VerifierKey; 1] {
    [key().verifier()]
}

fn at(position: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::seconds(position)
}

fn event(position: i64) -> Stored {
    let number = u128::try_from(position).unwrap();
    let person = Uuid::from_u128(number % 2);
    let mut stored = Stored {
        org: org(),
        position,
        aggregate_type: "subject".to_owned(),
        aggregate_id: person,
        sequence: (position + 1) / 2,
        event_id: Uuid::from_u128(number << 16),
        event_type: "billing.subject.erased".to_owned(),
        event_version: 1,
        payload: format!("{{\"reason_code\":\"request\",\"subject\":\"{person}\"}}").into_bytes(),
        metadata: b"{}".to_vec(),
        actor: "cli".to_owned(),
        correlation_id: Uuid::from_u128(number),
        causation_id: None,
        command_id: Uuid::from_u128(number),
        occurred_at: OffsetDateTime::UNIX_EPOCH,
        recorded_at: at(position),
        leaf_hash: [0; 32],
    };
    stored.leaf_hash = stored.leaf();
    stored
}

fn about() -> About {
    About::Period { from: at(4), until: at(8) }
}

fn erased(person: u128) -> About {
    About::Patient { anonymous_ref: String::new(), stream_id: Uuid::from_u128(person) }
}

/// A log, as who keeps it would hand bundles out.
struct Log {
    shelf: Shelf,
    root: [u8; 32],
}

impl Log {
    fn new() -> Self {
        let (mut tiler, mut shelf, mut check) =
            (Tiler::default(), Shelf::default(), LogCheck::new(org()));
        for position in 1..=SIZE {
            let stored = event(position);
            check.follow(&stored).unwrap();
            tiler.push(stored.leaf_hash);
            shelf.put(0, u64::try_from(position).unwrap() - 1, [stored.leaf_hash]);
        }
        assert!(tiler.size() < WIDTH && tiler.root() == check.root());
        Self { shelf, root: tiler.root() }
    }

    /// The lines of a bundle with these events, honestly proved and added up.
    fn lines(&self, about: About, positions: impl IntoIterator<Item = i64>) -> Vec<String> {
        let events: Vec<Stored> = positions.into_iter().map(event).collect();
        let size = u64::try_from(SIZE).unwrap();
        let note = sign(&key(), org(), size, self.root);
        let header = Header::of(org(), about.clone(), events.len() as u64, note);
        let mut lines = vec![serde_json::to_string(&header).unwrap()];
        for event in &events {
            let leaf = u64::try_from(event.position).unwrap() - 1;
            let plan = Plan::inclusion(leaf, size).unwrap();
            let proof = plan.work_out(|node| self.shelf.node(node)).unwrap();
            lines.push(of_event(event, &proof).unwrap());
        }
        let counted = events.into_iter().filter(|event| about.counts(event));
        let counted: Vec<Recorded> = counted.map(|event| event.decode().unwrap()).collect();
        let totals = totals(&about, &counted);
        let digest = Digest::of(&lines);
        let trailer = Trailer { digest, projectors: projectors(), totals };
        lines.push(serde_json::to_string(&trailer).unwrap());
        lines
    }
}

fn file(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

fn checked(lines: &[String]) -> Result<Checked, Damage> {
    check(file(lines).as_slice(), &known()).unwrap()
}

fn said(lines: &[String]) -> String {
    checked(lines).unwrap_err().to_string()
}

#[test]
fn a_whole_bundle_is_sound_and_says_who_signed() {
    let lines = Log::new().lines(about(), 3..=8);
    let whole = checked(&lines).unwrap();
    assert_eq!((whole.events, whole.streams, whole.checkpoint.size), (6, 2, 9));
    assert_eq!(whole.signed_by, Some(key().verifier().of_log(org())));
    let unsigned = check(file(&lines).as_slice(), &[]).unwrap().unwrap();
    assert_eq!(unsigned.signed_by, None, "nobody's key was given");
}

#[test]
fn a_flipped_bit_anywhere_is_found() {
    let whole = file(&Log::new().lines(about(), 3..=8));
    for place in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[place] ^= 1 << (place % 8);
        // Another version's figures cannot be compared; that is refused, too.
        if let Ok(checked) = check(flipped.as_slice(), &known()) {
            assert!(checked.is_err(), "byte {place}: {}", String::from_utf8_lossy(&flipped));
        }
    }
    for end in 0..whole.len() {
        assert!(check(&whole[..end], &known()).unwrap().is_err(), "cut at byte {end}");
    }
}

#[test]
fn events_that_are_dropped_reordered_doubled_or_inserted_are_named() {
    let log = Log::new();
    let whole = log.lines(about(), 3..=8);
    let mut swapped = whole.clone();
    swapped.swap(3, 4);
    assert!(said(&swapped).starts_with("line 4, position 6: "), "{}", said(&swapped));
    let mut doubled = whole.clone();
    doubled.insert(3, whole[2].clone());
    assert!(said(&doubled).starts_with("line 4, position 4: "), "{}", said(&doubled));
    let mut dropped = whole.clone();
    dropped.remove(3);
    assert!(said(&dropped).contains("position 5 is missing"), "{}", said(&dropped));
    let mut more = whole;
    more.push(String::new());
    assert!(said(&more).contains("something follows it"), "{}", said(&more));
    // The same, by somebody who counts and adds up anew: only what was signed betrays it.
    let missing = said(&log.lines(about(), [3, 4, 5, 7, 8]));
    assert!(missing.contains("position 6 is missing"), "{missing}");
    assert!(said(&log.lines(about(), 4..=8)).contains("before the first one are missing"));
    assert!(said(&log.lines(about(), 3..=7)).contains("after the last one are missing"));
    assert!(said(&log.lines(about(), [])).contains("no events"));
    assert!(said(&log.lines(about(), 2..=8)).contains("another stretch of time"));
    let backwards = About::Period { from: at(8), until: at(4) };
    assert!(said(&log.lines(backwards, 3..=8)).contains("another stretch of time"));
}

#[test]
fn of_a_stream_no_event_before_the_last_is_missing_and_no_other_streams_are_there() {
    let log = Log::new();
    assert_eq!(checked(&log.lines(erased(1), [1, 3, 5])).unwrap().streams, 1);
    let gap = said(&log.lines(erased(1), [1, 5]));
    assert!(gap.starts_with("line 3, position 5: sequence 2 "), "{gap}");
    assert!(said(&log.lines(erased(1), [3, 5])).contains("sequence 1 "));
    let stranger = said(&log.lines(erased(1), [1, 2]));
    assert!(stranger.contains("does not belong to patient"), "{stranger}");
}

#[test]
fn an_event_that_was_changed_and_hashed_anew_is_not_in_the_log() {
    let log = Log::new();
    let mut lines = log.lines(about(), 3..=8);
    let (mut stored, proof) = super::line::to_event(&lines[3]).unwrap();
    stored.actor = "key:x".to_owned();
    stored.leaf_hash = stored.leaf();
    lines[3] = of_event(&stored, &proof).unwrap();
    assert_eq!(said(&lines), "line 4, position 5: the event is not in the log that was signed");
}

#[test]
fn forged_signatures_and_wrong_keys_are_told_apart() {
    let lines = Log::new().lines(about(), 3..=8);
    let mut forged = lines.clone();
    forged[0] = forged[0].replacen("\\n9\\n", "\\n8\\n", 1);
    assert!(said(&forged).contains("is forged"), "{}", said(&forged));
    let other = CheckpointKey::from_seed("ledger.example.org", &[4; 32]).unwrap();
    let wrong = check(file(&lines).as_slice(), &[other.verifier()]).unwrap().unwrap_err();
    assert!(wrong.to_string().contains("none of these keys is known"), "{wrong}");
}

#[test]
fn totals_that_do_not_add_up_are_refused() {
    let mut lines = Log::new().lines(about(), 3..=8);
    let account = "\"trial_balance\":[{\"account\":\"1200\",\
                   \"debit\":{\"amount\":\"1.00\",\"currency\":\"USD\"},\
                   \"credit\":{\"amount\":\"0.00\",\"currency\":\"USD\"}}]";
    let last = lines.pop().unwrap().replacen("\"trial_balance\":[]", account, 1);
    lines.push(last);
    assert_eq!(said(&lines), "line 8: the totals are not what the events come to");
    let raised = lines[7].replacen("\"version\":", "\"version\":9", 1);
    lines[7] = raised;
    let error = check(file(&lines).as_slice(), &known()).unwrap_err();
    assert!(error.to_string().contains("use the version of the program"), "{error}");
}
