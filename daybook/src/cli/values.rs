//! Values that have a syntax of their own.

use ledger::store::postgres_es::SourceTable;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::Until;

/// A calendar day.
///
/// # Errors
/// What was expected instead.
pub fn day(text: &str) -> Result<Date, String> {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    Date::parse(text, form).map_err(|_| "a day such as 2026-01-31 is expected".to_owned())
}

pub(super) fn instant(text: &str) -> Result<OffsetDateTime, String> {
    OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339)
        .map_err(|_| "an instant such as 2026-01-31T18:00:00Z is expected".to_owned())
}

pub(super) fn stream(text: &str) -> Result<(String, Uuid), String> {
    let expected = || "TYPE/ID is expected, such as invoice/<uuid>".to_owned();
    let (kind, id) = text.split_once('/').ok_or_else(expected)?;
    let id = id.parse().map_err(|_| expected())?;
    Ok((kind.to_owned(), id))
}

pub(super) fn until(text: &str) -> Result<Until, String> {
    match text.parse::<i64>() {
        Ok(position) if position >= 0 => Ok(Until::Position(position)),
        Ok(_) => Err("positions begin at 1".to_owned()),
        Err(_) => instant(text).map(Until::Instant),
    }
}

pub(super) fn table(text: &str) -> Result<SourceTable, String> {
    text.parse().map_err(|_| "TABLE or SCHEMA.TABLE is expected".to_owned())
}

pub(super) fn renamed(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((theirs, ours)) if !theirs.is_empty() && !ours.is_empty() => {
            Ok((theirs.to_owned(), ours.to_owned()))
        }
        _ => Err("THEIRS=OURS is expected, such as billing_invoice=invoice".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replay_ends_at_a_position_or_an_instant() {
        assert_eq!(until("17"), Ok(Until::Position(17)));
        let midnight = Until::Instant(OffsetDateTime::UNIX_EPOCH);
        assert_eq!(until("1970-01-01T00:00:00Z"), Ok(midnight));
        assert!(until("-1").is_err() && until("yesterday").is_err());
    }
}
