//! In which zones a postal address may lie.

use crate::values::TimeZone;

/// The states of the United States and their zones; of a state in two zones both count.
///
/// - **Source:** 49 CFR part 71; IANA names.
const STATES: &[(&str, &[&str])] = &[
    ("AK", &["America/Anchorage", "America/Adak"]),
    ("AL", &["America/Chicago"]),
    ("AR", &["America/Chicago"]),
    ("AS", &["Pacific/Pago_Pago"]),
    ("AZ", &["America/Phoenix", "America/Denver"]),
    ("CA", &["America/Los_Angeles"]),
    ("CO", &["America/Denver"]),
    ("CT", &["America/New_York"]),
    ("DC", &["America/New_York"]),
    ("DE", &["America/New_York"]),
    ("FL", &["America/New_York", "America/Chicago"]),
    ("GA", &["America/New_York"]),
    ("GU", &["Pacific/Guam"]),
    ("HI", &["Pacific/Honolulu"]),
    ("IA", &["America/Chicago"]),
    ("ID", &["America/Denver", "America/Los_Angeles"]),
    ("IL", &["America/Chicago"]),
    ("IN", &["America/New_York", "America/Chicago"]),
    ("KS", &["America/Chicago", "America/Denver"]),
    ("KY", &["America/New_York", "America/Chicago"]),
    ("LA", &["America/Chicago"]),
    ("MA", &["America/New_York"]),
    ("MD", &["America/New_York"]),
    ("ME", &["America/New_York"]),
    ("MI", &["America/New_York", "America/Chicago"]),
    ("MN", &["America/Chicago"]),
    ("MO", &["America/Chicago"]),
    ("MP", &["Pacific/Guam"]),
    ("MS", &["America/Chicago"]),
    ("MT", &["America/Denver"]),
    ("NC", &["America/New_York"]),
    ("ND", &["America/Chicago", "America/Denver"]),
    ("NE", &["America/Chicago", "America/Denver"]),
    ("NH", &["America/New_York"]),
    ("NJ", &["America/New_York"]),
    ("NM", &["America/Denver"]),
    ("NV", &["America/Los_Angeles", "America/Denver"]),
    ("NY", &["America/New_York"]),
    ("OH", &["America/New_York"]),
    ("OK", &["America/Chicago"]),
    ("OR", &["America/Los_Angeles", "America/Denver"]),
    ("PA", &["America/New_York"]),
    ("PR", &["America/Puerto_Rico"]),
    ("RI", &["America/New_York"]),
    ("SC", &["America/New_York"]),
    ("SD", &["America/Chicago", "America/Denver"]),
    ("TN", &["America/New_York", "America/Chicago"]),
    ("TX", &["America/Chicago", "America/Denver"]),
    ("UT", &["America/Denver"]),
    ("VA", &["America/New_York"]),
    ("VI", &["America/Puerto_Rico"]),
    ("VT", &["America/New_York"]),
    ("WA", &["America/Los_Angeles"]),
    ("WI", &["America/Chicago"]),
    ("WV", &["America/New_York"]),
    ("WY", &["America/Denver"]),
];

/// The zones in which an address may lie: those of the state before its ZIP code, as in
/// `Portsmouth, NH 03801`. Empty where none is recognised.
pub fn zones_of(address: &str) -> Vec<TimeZone> {
    let words: Vec<&str> = address.split([' ', ',', '\n', '\r', '\t']).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let pair = words.windows(2).rev().find_map(|pair| state(pair[0]).filter(|_| is_zip(pair[1])));
    let zones = pair.unwrap_or_default().iter();
    // A name that this machine's calendar does not know names no zone.
    zones.filter_map(|name| name.parse().ok()).collect()
}

fn state(word: &str) -> Option<&'static [&'static str]> {
    STATES.iter().find(|(code, _)| *code == word).map(|(_, zones)| *zones)
}

/// `03801`, or `03801-1234`.
fn is_zip(word: &str) -> bool {
    let (five, rest) = word.split_once('-').unwrap_or((word, "0000"));
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(five, 5) && digits(rest, 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(address: &str) -> Vec<String> {
        zones_of(address).iter().map(|zone| zone.as_str().to_owned()).collect()
    }

    #[test]
    fn the_state_before_the_zip_code_says_where_it_is() {
        assert_eq!(names("Jo Doe\n1 Elm St\nPortsmouth, NH 03801"), ["America/New_York"]);
        assert_eq!(
            names("1 CA St, Boise, ID 83701-1234"),
            ["America/Denver", "America/Los_Angeles"]
        );
        assert_eq!(names("1 NY Road\nSan Diego CA 92101\n"), ["America/Los_Angeles"]);
    }

    #[test]
    fn what_names_no_state_names_no_zone() {
        for address in ["", "Jo\n1 Elm St", "NH", "Hauptstr. 5\n10115 Berlin", "Xy 03801", "NH 038"]
        {
            assert_eq!(names(address), Vec::<String>::new(), "{address}");
        }
    }

    #[test]
    fn every_zone_is_known_here() {
        let all = STATES.iter().flat_map(|(_, zones)| zones.iter());
        all.for_each(|name| drop(name.parse::<TimeZone>().unwrap()));
    }
}
