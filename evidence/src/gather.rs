//! Which events belong in a bundle.

use ledger::store::{Ledger, Stored};
use ledger::values::OrgId;
use uuid::Uuid;

use super::About;

/// Events and streams read at a time.
const PAGE: i64 = 1_000;

/// The events that a bundle holds, by position; of a stretch of time, up to and with `last`.
/// Nothing where they are more than `most`.
pub(super) async fn gather(
    ledger: &Ledger,
    org: OrgId,
    about: &About,
    last: i64,
    most: usize,
) -> anyhow::Result<Option<Vec<Stored>>> {
    let mut events = match about {
        About::Period { from, until } => {
            // One more on each side, which shows where it begins and ends.
            let before = ledger.recorded_before(org, *from).await?;
            let end = ledger.recorded_before(org, *until).await? + 1;
            let (after, until) = ((before - 1).max(0), end.min(last));
            if usize::try_from(until - after).is_ok_and(|count| count > most) {
                return Ok(None);
            }
            stretch(ledger, org, after, until).await?
        }
        About::Invoice { .. } | About::Claim { .. } | About::Patient { .. } => {
            let mut events = Vec::new();
            for (kind, id) in streams(ledger, org, about).await? {
                events.extend(stream(ledger, org, &kind, id).await?);
                if events.len() > most {
                    return Ok(None);
                }
            }
            events
        }
    };
    events.sort_by_key(|event| event.position);
    Ok(Some(events))
}

async fn streams(
    ledger: &Ledger,
    org: OrgId,
    about: &About,
) -> anyhow::Result<Vec<(String, Uuid)>> {
    let named = about.named().into_iter();
    let mut streams: Vec<_> = named.map(|(kind, id)| (kind.to_owned(), id)).collect();
    for kind in about.kinds() {
        let mut after = None;
        loop {
            let page = ledger.openings(org, kind, after, PAGE).await?;
            let Some(last) = page.last().map(|opening| opening.aggregate_id) else { break };
            let held = page.into_iter().filter(|opening| about.holds(opening));
            streams.extend(held.map(|opening| (opening.aggregate_type, opening.aggregate_id)));
            after = Some(last);
        }
    }
    Ok(streams)
}

async fn stream(ledger: &Ledger, org: OrgId, kind: &str, id: Uuid) -> anyhow::Result<Vec<Stored>> {
    let mut events: Vec<Stored> = Vec::new();
    loop {
        let after = events.last().map_or(0, |event| event.sequence);
        let page = ledger.read_stream(org, kind, id, after, PAGE).await?;
        if page.is_empty() {
            return Ok(events);
        }
        events.extend(page);
    }
}

/// Events after one position, up to and with another.
async fn stretch(
    ledger: &Ledger,
    org: OrgId,
    after: i64,
    until: i64,
) -> anyhow::Result<Vec<Stored>> {
    let mut events: Vec<Stored> = Vec::new();
    loop {
        let at = events.last().map_or(after, |event| event.position);
        if at >= until {
            return Ok(events);
        }
        let page = ledger.read(org, at, PAGE.min(until - at)).await?;
        if page.is_empty() {
            return Ok(events);
        }
        events.extend(page);
    }
}
