//! From list to list, and from page to page of one.

use crate::{show::escaped, visit::Visit};

/// One of the lists of a page.
pub(crate) struct Tab {
    pub(crate) name: &'static str,
    pub(crate) link: String,
    /// How many are in it, where that is known.
    pub(crate) count: Option<String>,
    /// Whether it is the one that is shown.
    pub(crate) here: bool,
}

impl Tab {
    /// The list that `parameter=value` shows, as of the same moment.
    pub(crate) fn of(
        visit: &Visit,
        (parameter, value): (&str, &str),
        name: &'static str,
        shown: &str,
    ) -> Self {
        let link = format!("{}?{parameter}={}", visit.moment.path, escaped(value));
        let link = visit.moment.onto(&link);
        Self { name, link, count: None, here: value == shown }
    }

    /// The same, with how many are in it.
    pub(crate) fn counted(self, count: Option<String>) -> Self {
        Self { count, ..self }
    }
}

/// Where a list goes on, and where it began.
#[derive(Default)]
pub(crate) struct Pages {
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
}

impl Pages {
    /// By the cursor of the API's answer.
    pub(crate) fn of(visit: &Visit, next_cursor: Option<&str>) -> Self {
        Self {
            first: visit.param("cursor").map(|_| with(visit, None)),
            next: next_cursor.map(|cursor| with(visit, Some(("cursor", cursor)))),
        }
    }
}

/// This page with all that was asked of it, from its beginning or from elsewhere.
pub(crate) fn with(visit: &Visit, place: Option<(&str, &str)>) -> String {
    let placing = ["before", "cursor", "notice"];
    let kept = visit.params.iter().filter(|(name, _)| !placing.contains(&name.as_str()));
    let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
    let pairs: Vec<String> = kept
        .chain(place)
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    match pairs.is_empty() {
        true => visit.moment.path.clone(),
        false => format!("{}?{}", visit.moment.path, pairs.join("&")),
    }
}

/// The filters of a page as the API takes them: those of these names that were given.
pub(crate) fn asked(visit: &Visit, path: &str, names: &[&str]) -> String {
    let mut asked = path.to_owned();
    for name in names {
        if let Some(value) = visit.param(name) {
            asked.push(if asked.contains('?') { '&' } else { '?' });
            asked.push_str(&format!("{name}={}", escaped(value)));
        }
    }
    asked
}
