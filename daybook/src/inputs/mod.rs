//! What comes from outside, as bytes: one door for each kind, for the fuzz targets of `fuzz/` and
//! for the property tests beside this. Each reads what it is given as the service would, and no
//! bytes whatsoever may bring it down.

mod body;
#[cfg(test)]
mod tests;

use adapters::stripe::{StripeStatement, StripeWebhook, WebhookSecret};
use api::body::Params;
use ledger::ports::{payments::WebhookProvider, statements::StatementReader};
use time::OffsetDateTime;

use crate::log_file::LogFile;

pub use body::command;

/// A door.
pub type Door = fn(&[u8]);

/// Every door by its name, which is that of its fuzz target.
pub const DOORS: [(&str, Door); 6] = [
    ("command", command),
    ("query", query),
    ("path", path),
    ("webhook", webhook),
    ("statement", statement),
    ("log_file", log_file),
];

/// A query string: cursors, positions, days, words.
pub fn query(bytes: &[u8]) {
    let mut params = Params::parse(&String::from_utf8_lossy(bytes));
    let _cursor = params.text("cursor");
    let _limit = params.integer("limit", 50, 1, 200);
    let _day = params.day("from");
    let _instant = params.instant("as_of");
    let _flag = params.flag("proofs");
    let _word = params.word("status", &[("open", ()), ("closed", ())]);
    let _words = params.words("type", &[("open", ()), ("closed", ())]);
    let _position = params.parsed::<i64>("as_of_position", "a position is expected");
    let _read = params.finish();
}

/// A path: what is left of it is spelled one way only, under which it stays as it is.
pub fn path(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(canonical) = api::canonical(&text) {
        assert_eq!(api::canonical(&canonical).as_deref(), Some(&*canonical), "of {text:?}");
    }
}

/// A webhook: the signature up to the first line end, then the body. Nobody can sign without the
/// secret; what is signed may still be nonsense.
pub fn webhook(bytes: &[u8]) {
    let provider = StripeWebhook::new(vec![WebhookSecret::new("whsec_of_the_fuzz_targets")]);
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (signature, body) = bytes.split_at(end);
    let _verified = provider.verify(Some(signature), body, OffsetDateTime::UNIX_EPOCH);
    let _translated = provider.translate(body.get(1..).unwrap_or_default());
}

/// A payment provider's statement, as CSV or JSON.
pub fn statement(bytes: &[u8]) {
    let mut source = bytes;
    let _read = StripeStatement.read(&mut source, &mut |_| {});
}

/// An exported log.
pub fn log_file(bytes: &[u8]) {
    if let Ok(Ok(file)) = LogFile::new(bytes) {
        let _checked = file.check(|_| {});
    }
}
