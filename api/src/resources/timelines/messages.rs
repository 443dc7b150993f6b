//! What was written about a timeline's subject: joined at the edge, because the outbox is not in
//! the log. It holds no personal data: which text went which way, and what became of it.

use ledger::{
    store::outbox::{Listed, about},
    values::OrgId,
};
use projections::{
    engine::{Snapshot, Worded},
    timeline::{self, Entry, Subject},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::show::EntryView;
use crate::{answer::instant, error::ApiError, state::AppState};

/// Messages of one timeline (contract S2.23).
const MOST: i64 = 100;

/// From, and until, where there is a bound.
type Times = (Option<OffsetDateTime>, Option<OffsetDateTime>);

/// A page's entries, and the messages of the same time among them, oldest first; without times,
/// the entries alone.
pub(super) async fn with_messages(
    state: &AppState,
    org: OrgId,
    (subject, id): (Subject, Uuid),
    found: Vec<Entry>,
    times: Option<Times>,
) -> Result<Vec<EntryView>, ApiError> {
    // There is nothing before the first event's page.
    let Some((from, until)) = times.filter(|_| !found.is_empty()) else {
        return Ok(found.into_iter().map(EntryView::from).collect());
    };
    let written = match subject {
        Subject::Invoice | Subject::Statement => {
            about(&state.ledger, org, subject.word(), id, MOST).await?
        }
        Subject::Patient
        | Subject::Subscription
        | Subject::Payment
        | Subject::Books
        | Subject::Claim
        | Subject::PriorAuth => Vec::new(),
    };
    let told = |entry: Entry| (entry.recorded_at, EntryView::from(entry));
    let mut entries: Vec<(OffsetDateTime, EntryView)> = found.into_iter().map(told).collect();
    let of_page = |(at, _): &(OffsetDateTime, EntryView)| {
        from.is_none_or(|from| *at >= from) && until.is_none_or(|until| *at < until)
    };
    entries.extend(written.iter().flat_map(steps).filter(of_page));
    // Stable: events of one moment stay in the order of the log.
    entries.sort_by_key(|(at, _)| *at);
    Ok(entries.into_iter().map(|(_, view)| view).collect())
}

/// The time that a page covers: from its first entry, or from the beginning where nothing is
/// before it, until the entry it was asked before.
pub(super) async fn times_of_page(
    snapshot: &Snapshot,
    (subject, id): (Subject, Uuid),
    found: &[Entry],
    before: Option<i64>,
) -> Result<Times, ApiError> {
    let from = match found.first() {
        Some(first) => {
            let earlier = timeline::of_subject(snapshot, subject, id, Some(first.position), 1);
            (!earlier.await?.is_empty()).then_some(first.recorded_at)
        }
        None => None,
    };
    let until = match before {
        Some(before) => {
            let next = timeline::after(snapshot, subject, id, Some(before - 1), 1).await?;
            next.first().map(|entry| entry.recorded_at)
        }
        None => None,
    };
    Ok((from, until))
}

/// A message as it was written down, and its end if it has come.
fn steps(message: &Listed) -> Vec<(OffsetDateTime, EntryView)> {
    let written = (message.created_at, view(message, message.created_at, "queued"));
    let settled = message
        .settled_at
        .filter(|_| matches!(message.status.as_str(), "sent" | "dead" | "canceled"));
    let settled = settled.map(|at| (at, view(message, at, &message.status)));
    [Some(written), settled].into_iter().flatten().collect()
}

fn view(message: &Listed, at: OffsetDateTime, status: &str) -> EntryView {
    let is_end = status != "queued";
    let is_open = message.settled_at.is_none();
    let tells = is_end || is_open;
    EntryView {
        position: None,
        r#type: format!("outbox.{}.{status}", message.kind),
        event_id: None,
        occurred_at: instant(at),
        recorded_at: instant(at),
        actor: "outbox".to_owned(),
        amount: None,
        currency: None,
        status: None,
        related_type: Some("message".to_owned()),
        related_id: Some(message.id),
        template: Some(message.template.clone()),
        attempts: tells.then_some(message.attempts),
        replays: tells.then_some(message.replays),
        error: message.last_error.clone().filter(|_| tells),
    }
}
