//! Live work in spans (`ledger::traces`), each under the append that it follows.

use std::time::Duration;

use ledger::{
    recorded::Recorded,
    traces::{TARGET, span_id, told, trace_id},
};

use super::{super::log::Entry, unit::Unit};

/// Tells of a committed portion, command by command. Who catches up page by page is not told of:
/// those requests ended long ago.
pub(crate) fn projections(units: &[Unit], took: Duration) {
    if !told() {
        return;
    }
    let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    for unit in units.iter().filter(|unit| !unit.full) {
        let moved = unit.members.iter().filter(|member| member.moved);
        let (followers, to) =
            moved.fold((0_u64, 0), |(count, to), member| (count + 1, member.target.max(to)));
        let heard = unit.entries.iter().filter_map(event).filter(|event| event.position <= to);
        let heard: Vec<&Recorded> = heard.collect();
        for command in heard.chunk_by(|one, next| span_id(one.event_id) == span_id(next.event_id)) {
            let Some(first) = command.first() else { continue };
            drop(tracing::info_span!(
                target: TARGET,
                "project",
                trace.id = trace_id(first.correlation_id),
                parent.id = span_id(first.event_id),
                took.us = took,
                daybook.org = %unit.org,
                daybook.events = command.len(),
                daybook.followers = followers,
            ));
        }
    }
}

fn event(entry: &Entry) -> Option<&Recorded> {
    match entry {
        Entry::Event(event) => Some(event),
        Entry::Unknown { .. } | Entry::Malformed { .. } => None,
    }
}
