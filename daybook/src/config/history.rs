//! `DAYBOOK_HISTORY_*`: what is kept of answers about the past.

use std::time::Duration;

use projections::engine::HistoryOptions;

use super::reader::Reader;

/// Reads them.
pub(super) fn read(read: &mut Reader<'_>) -> HistoryOptions {
    let usual = HistoryOptions::default();
    let mut number = |name, default: u64, bounds| read.number(name, default, bounds);
    let answers = number("DAYBOOK_HISTORY_ANSWERS", wide(usual.answers), 1..=1_000);
    let rows = number("DAYBOOK_HISTORY_ROWS", wide(usual.rows), 1_000..=1_000_000_000);
    let keep = number("DAYBOOK_HISTORY_SECONDS", usual.keep.as_secs(), 1..=86_400);
    let wait = usual.wait_events.unsigned_abs();
    let wait = number("DAYBOOK_HISTORY_WAIT_EVENTS", wait, 0..=1_000_000_000);
    HistoryOptions {
        answers: usize::try_from(answers).unwrap_or(usual.answers),
        keep: Duration::from_secs(keep),
        rows: usize::try_from(rows).unwrap_or(usual.rows),
        wait_events: i64::try_from(wait).unwrap_or(usual.wait_events),
        ..usual
    }
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Environment};

    #[test]
    fn the_past_is_bounded_as_it_is_said() {
        let given = Environment::of([
            ("DAYBOOK_HISTORY_ANSWERS", "3"),
            ("DAYBOOK_HISTORY_WAIT_EVENTS", "0"),
        ]);
        let history = Config::read(&given).unwrap().0.history;
        assert_eq!((history.answers, history.wait_events), (3, 0));
        assert!(Config::read(&Environment::of([("DAYBOOK_HISTORY_ANSWERS", "0")])).is_err());
    }
}
