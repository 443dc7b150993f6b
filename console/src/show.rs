//! How values are written on pages.

use ledger::values::{Currency, Money};
use time::{
    OffsetDateTime,
    format_description::{StaticFormatDescription, well_known::Rfc3339},
    macros::format_description,
};

const MINUTE: StaticFormatDescription = format_description!("[year]-[month]-[day] [hour]:[minute]");
const SECOND: StaticFormatDescription =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

/// An amount as the API says it, with its thousands kept apart: `-12,345.60`.
pub(crate) fn amount(text: &str) -> String {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("\u{2212}", rest),
        None => ("", text),
    };
    let (whole, cents) = rest.split_once('.').map_or((rest, None), |(a, b)| (a, Some(b)));
    let mut parted = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    match cents {
        Some(cents) => format!("{sign}{parted}.{cents}"),
        None => format!("{sign}{parted}"),
    }
}

/// A number with at least so many digits behind the point, as JSON leaves zeros out.
pub(crate) fn padded(number: &str, digits: usize) -> String {
    let (whole, cents) = number.split_once('.').unwrap_or((number, ""));
    match digits {
        0 => whole.to_owned(),
        digits => format!("{whole}.{cents:0<digits$}"),
    }
}

/// The same with its currency: `12,345.60 USD`.
pub(crate) fn money(text: &str, currency: &str) -> String {
    format!("{} {currency}", amount(text))
}

/// Minor units of a currency as its amount: 1234560 of USD is `12,345.60`.
pub(crate) fn minor(units: &i64, currency: &str) -> String {
    match currency.parse::<Currency>() {
        Ok(currency) => amount(&Money::from_minor(*units, currency).decimal().to_string()),
        Err(_) => format!("{} minor units", count(units)),
    }
}

/// A decimal number with the places of its currency: `812.5` of USD is `812.50`.
pub(crate) fn places(number: &str, currency: &str) -> String {
    let known = currency.parse::<Currency>().ok();
    let money = known.and_then(|currency| Money::parse(number, currency).ok());
    money.map_or_else(|| number.to_owned(), |money| money.decimal().to_string())
}

/// An instant to the minute, UTC; as it came where it is none.
pub(crate) fn minute(instant: &str) -> String {
    in_utc(instant, MINUTE)
}

/// The same to the second.
pub(crate) fn second(instant: &str) -> String {
    in_utc(instant, SECOND)
}

fn in_utc(instant: &str, form: StaticFormatDescription) -> String {
    OffsetDateTime::parse(instant, &Rfc3339)
        .ok()
        .and_then(|at| at.to_offset(time::UtcOffset::UTC).format(form).ok())
        .unwrap_or_else(|| instant.to_owned())
}

/// Who gave a command: a key by the end of its id, everybody else by name.
pub(crate) fn actor(actor: &str) -> String {
    match actor.split_once(':') {
        Some(("key", id)) => format!("key {}", end(id)),
        Some((kind, name)) => format!("{} {}", words(kind), words(name)),
        None => words(actor),
    }
}

/// An instant as a form's field takes it.
pub(crate) fn form_time(instant: &str) -> String {
    minute(instant).replace(' ', "T")
}

/// A number with its thousands kept apart.
pub(crate) fn count(number: &i64) -> String {
    amount(&number.to_string())
}

/// A word of the API for people: `paid_without_funds` is "paid without funds".
pub(crate) fn words(code: &str) -> String {
    code.replace(['_', '-'], " ")
}

/// What happened, without the prefix that all events share.
pub(crate) fn event(name: &str) -> String {
    words(name.strip_prefix("billing.").unwrap_or(name)).replace('.', ": ")
}

/// For the value of a query parameter, or a segment of a path.
pub(crate) fn escaped(text: &str) -> String {
    let Ok(escaped) = askama::filters::urlencode_strict(text);
    escaped.to_string()
}

/// The beginning of an id: enough to tell it from its neighbours.
pub(crate) fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// The page of one thing, where it has one.
pub(crate) fn subject_page(kind: &str, id: &str) -> Option<String> {
    let part = match kind {
        "invoice" => "invoices",
        "claim" => "claims",
        "statement" => "statements",
        _ => return None,
    };
    Some(format!("/console/{part}/{}", escaped(id)))
}

/// JSON, line by line.
pub(crate) fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The end of an id, which tells ids apart that were drawn at the same time.
pub(crate) fn end(id: &str) -> &str {
    id.rsplit(['-', '/']).next().unwrap_or(id)
}

/// How a state is coloured: it went well, it waits, it needs somebody, it is over.
pub(crate) fn tone(status: &str) -> &'static str {
    match status {
        "paid" | "accepted" | "active" | "delivered" | "approved" | "settled" | "closed"
        | "resolved" | "sent_ok" | "switched" | "sound" => "good",
        "overdue" | "failed" | "denied" | "rejected" | "dead" | "escalated" | "parked"
        | "uncollectible" | "written_off" | "disputed" | "aborted" => "bad",
        "draft" | "drafted" | "partial" | "open" | "held" | "pending" | "queued" | "running"
        | "waiting" | "copying" | "comparing" => "wait",
        _ => "plain",
    }
}

/// The same of a message that came in.
pub(crate) fn message_tone(status: &str) -> &'static str {
    match status {
        "processed" => "good",
        "received" | "held" | "waiting" => "wait",
        "failed" => "bad",
        _ => "plain",
    }
}

/// What a page says once after something was done. The address carries the code, never the text:
/// nobody can put words into our mouth.
pub(crate) fn notice(code: &str) -> Option<&'static str> {
    Some(match code {
        "signed-out" => "You are signed out.",
        "repaired" => "Reconciled: the status now agrees with the money.",
        "unchanged" => "Reconciled: nothing had to change.",
        "replayed" => "Sent again: it waits in the outbox.",
        "rebuilding" => "The rebuild is under way.",
        "aborted" => "The rebuild is given up; the live model stays as it is.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_thousands_apart_and_lose_no_digit() {
        assert_eq!(amount("1234567.80"), "1,234,567.80");
        assert_eq!(amount("-999.00"), "\u{2212}999.00");
        assert_eq!(amount("-1000"), "\u{2212}1,000");
        assert_eq!(amount("0.05"), "0.05");
        assert_eq!(money("12.50", "USD"), "12.50 USD");
        assert_eq!(padded("531.0", 2), "531.00");
        assert_eq!(padded("-7.25", 2), "-7.25");
        assert_eq!(padded("1000.0", 0), "1000");
    }

    #[test]
    fn minor_units_have_the_places_of_their_currency() {
        assert_eq!(minor(&1_234_560, "USD"), "12,345.60");
        assert_eq!(minor(&-5, "USD"), "\u{2212}0.05");
        assert_eq!(minor(&1_000, "JPY"), "1,000");
        assert_eq!(minor(&1_000, "???"), "1,000 minor units");
        assert_eq!((places("812.5", "USD"), places("7", "USD")), ("812.50".into(), "7.00".into()));
    }

    #[test]
    fn an_instant_is_shown_to_the_minute_in_utc() {
        assert_eq!(minute("2026-11-21T20:04:53.887352Z"), "2026-11-21 20:04");
        assert_eq!(minute("2026-11-21T20:04:53+02:00"), "2026-11-21 18:04");
        assert_eq!(minute("never"), "never");
    }
}
