//! As of when a page is.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{refusal::Refusal, show::escaped};

/// As of when: now, or a moment of the past by position or by the instant it was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The head of the log.
    pub(crate) head: i64,
    /// The position that is asked for.
    pub(crate) position: Option<i64>,
    /// The instant that is asked for, RFC 3339.
    pub(crate) instant: Option<String>,
    /// Where the page is, for the form that moves in time.
    pub(crate) path: String,
    /// The other parameters of the page, which stay.
    pub(crate) kept: Vec<(String, String)>,
    /// Positions worth stopping at: those of the thing's own events.
    pub(crate) stops: Vec<i64>,
}

impl Moment {
    /// From the parameters of a page. A time of a form has no zone and means UTC.
    pub(crate) fn read(
        path: &str,
        params: &[(String, String)],
        head: i64,
    ) -> Result<Self, Refusal> {
        let mut moment = Self { head, path: path.to_owned(), ..Self::default() };
        for (name, value) in params {
            match (name.as_str(), value.as_str()) {
                ("as_of_position" | "as_of", "") | ("cursor" | "notice", _) => {}
                ("as_of_position", text) => {
                    let position = text.parse().ok().filter(|position| *position >= 0);
                    let wrong = || Refusal::bad("as_of_position is a whole number, 0 or more");
                    moment.position = Some(position.ok_or_else(wrong)?);
                }
                ("as_of", text) => moment.instant = Some(instant(text)?),
                _ => moment.kept.push((name.clone(), value.clone())),
            }
        }
        if moment.position.is_some() && moment.instant.is_some() {
            return Err(Refusal::bad("as_of or as_of_position, not both"));
        }
        // The end of the log is now: the page then shows what comes after it, too.
        moment.position = moment.position.filter(|position| *position < head);
        Ok(moment)
    }

    /// Whether it is the past.
    pub(crate) fn is_past(&self) -> bool {
        self.position.is_some() || self.instant.is_some()
    }

    /// Where the slider stands.
    pub(crate) fn at(&self) -> i64 {
        self.position.unwrap_or(self.head)
    }

    /// An address, of the API or ours, as of this moment.
    pub(crate) fn onto(&self, address: &str) -> String {
        let moment = self.query();
        let joint = match (moment.is_empty(), address.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        format!("{address}{joint}{moment}")
    }

    /// As parameters: nothing for now.
    fn query(&self) -> String {
        match (&self.position, &self.instant) {
            (Some(position), _) => format!("as_of_position={position}"),
            (None, Some(instant)) => format!("as_of={}", instant.replace('+', "%2B")),
            (None, None) => String::new(),
        }
    }

    /// This page at another position.
    pub(crate) fn link(&self, position: i64) -> String {
        let mut link = format!("{}?as_of_position={position}", self.path);
        for (name, value) in &self.kept {
            link.push_str(&format!("&{name}={}", escaped(value)));
        }
        link
    }

    /// This page at the stop before.
    pub(crate) fn before(&self) -> Option<String> {
        let before = self.stops.iter().copied().filter(|stop| *stop < self.at()).max();
        before.map(|stop| self.link(stop))
    }

    /// This page at the stop after.
    pub(crate) fn after(&self) -> Option<String> {
        let after = self.stops.iter().copied().filter(|stop| *stop > self.at()).min();
        after.map(|stop| self.link(stop))
    }
}

fn instant(text: &str) -> Result<String, Refusal> {
    let seconds = if text.len() == "2026-01-31T09:30".len() { ":00" } else { "" };
    let utc = format!("{text}{seconds}Z");
    let found =
        [text, utc.as_str()].into_iter().find(|text| OffsetDateTime::parse(text, &Rfc3339).is_ok());
    found.map(str::to_owned).ok_or_else(|| Refusal::bad("as_of is a time such as 2026-01-31T09:30"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(params: &[(&str, &str)]) -> Result<Moment, Refusal> {
        let params: Vec<_> =
            params.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Moment::read("/console/x", &params, 100)
    }

    #[test]
    fn a_moment_is_asked_for_by_position_or_by_time() {
        assert_eq!(read(&[("as_of_position", "7")]).unwrap().query(), "as_of_position=7");
        let by_form = read(&[("as_of", "2026-01-31T09:30"), ("as_of_position", "")]).unwrap();
        assert_eq!(by_form.query(), "as_of=2026-01-31T09:30:00Z");
        assert_eq!(read(&[]).unwrap().query(), "");
    }

    #[test]
    fn the_end_of_the_log_is_now() {
        assert!(!read(&[("as_of_position", "100")]).unwrap().is_past());
        assert!(read(&[("as_of_position", "99")]).unwrap().is_past());
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for wrong in [
            vec![("as_of_position", "-1")],
            vec![("as_of_position", "x")],
            vec![("as_of", "yesterday")],
            vec![("as_of", "2026-01-31T09:30"), ("as_of_position", "1")],
        ] {
            assert!(matches!(read(&wrong), Err(Refusal::Said { .. })), "{wrong:?}");
        }
    }

    #[test]
    fn moving_in_time_keeps_the_filters_and_drops_the_place_in_the_list() {
        let moment = read(&[("status", "a b&c"), ("cursor", "x")]).unwrap();
        assert_eq!(moment.link(5), "/console/x?as_of_position=5&status=a%20b%26c");
    }
}
