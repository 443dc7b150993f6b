//! Cursors: whoever has not the key makes none, and one is good for its own question only.

use data_encoding::BASE64URL_NOPAD;
use ledger::{
    store::{MasterKey, Names},
    values::OrgId,
};
use serde_json::Value;
use uuid::Uuid;

use crate::cursor::Question;

const ROUTE: &str = "/v1/billing/invoices";
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A cursor: as it comes, and as the place that a genuine one names.
///
/// # Panics
///
/// When a forged, a damaged or another question's cursor passes, or a genuine one does not.
pub fn cursor(bytes: &[u8]) {
    let names = Names::new(&MasterKey::from_bytes([7; 32]));
    let asked = question(1, ROUTE, "open");
    let passes =
        |question: &Question, cursor: &str| question.place::<Value>(&names, cursor).is_ok();
    let text = String::from_utf8_lossy(bytes);
    assert!(!passes(&asked, &text), "forged: {text:?}");
    let forged = BASE64URL_NOPAD.encode(bytes);
    assert!(!passes(&asked, &forged), "forged: {forged:?}");

    let place = text.as_ref();
    let signed = match asked.cursor(&names, &place) {
        Ok(signed) => signed,
        Err(error) => panic!("{place:?} cannot be signed: {error:?}"),
    };
    let back = asked.place::<String>(&names, &signed);
    assert_eq!(back.ok().as_deref(), Some(place), "of {signed}");
    for other in [
        question(2, ROUTE, "open"),
        question(1, "/v1/billing/invoices@7", "open"),
        question(1, ROUTE, &format!("open{place}.")),
    ] {
        assert!(!passes(&other, &signed), "{signed} is good for {other:?}");
    }
    for damaged in damages(&signed, bytes) {
        assert!(!passes(&asked, &damaged), "{damaged} instead of {signed}");
    }
}

fn question(org: u128, route: &str, filter: &str) -> Question {
    Question::new(OrgId(Uuid::from_u128(org)), route, &filter)
}

/// A letter changed, one too many, one too few, the whole twice.
fn damages(signed: &str, bytes: &[u8]) -> [String; 4] {
    let sum: usize = bytes.iter().map(|byte| usize::from(*byte)).sum();
    let mut changed = signed.as_bytes().to_vec();
    let at = sum % changed.len();
    let known = LETTERS.iter().position(|letter| *letter == changed[at]).unwrap_or(0);
    let step = 1 + sum / 7 % (LETTERS.len() - 1);
    changed[at] = LETTERS[(known + step) % LETTERS.len()];
    let changed = String::from_utf8_lossy(&changed).into_owned();
    let shorter = signed[..signed.len() - 1].to_owned();
    [changed, format!("{signed}A"), shorter, format!("{signed}{signed}")]
}
