//! What happened to a thing, in order; at a moment of the past, what came later is there but pale.

use askama::Template;
use serde::Deserialize;

use crate::{moment::Moment, refusal::Refusal, show, visit::Visit};

#[derive(Deserialize)]
struct Answer {
    entries: Vec<Happened>,
}

#[derive(Deserialize)]
struct Happened {
    position: Option<i64>,
    r#type: String,
    occurred_at: String,
    recorded_at: String,
    actor: String,
    amount: Option<String>,
    currency: Option<String>,
    status: Option<String>,
    related_type: Option<String>,
    #[serde(default)]
    template: Option<String>,
    #[serde(default)]
    error: Option<String>,
}

/// One entry on the page.
pub(crate) struct Entry {
    position: Option<i64>,
    what: String,
    occurred: String,
    recorded: String,
    actor: String,
    amount: String,
    status: Option<(String, &'static str)>,
    about: String,
    later: bool,
    here: String,
}

/// The timeline.
#[derive(Template)]
#[template(path = "parts/timeline.html")]
pub(crate) struct Timeline {
    entries: Vec<Entry>,
    /// Where earlier entries are, if there may be some.
    earlier: Option<String>,
}

/// Entries of a page.
const LIMIT: usize = 100;

impl Timeline {
    /// Of `kind` (invoice, claim, …) and the API's id. The positions of its events become stops of
    /// the page's slider.
    pub(crate) async fn of(
        visit: &Visit,
        kind: &str,
        id: &str,
        moment: &mut Option<Moment>,
    ) -> Result<Option<Self>, Refusal> {
        let before = visit.param("before").map(|place| format!("&before={}", show::escaped(place)));
        let before = before.unwrap_or_default();
        let path = format!("/v1/admin/timeline/{kind}/{}?limit={LIMIT}{before}", show::escaped(id));
        let found = crate::visit::if_any(visit.get_now::<Answer>(&path).await)?;
        let Some(Answer { entries }) = found else { return Ok(None) };
        let stops: Vec<i64> = entries.iter().filter_map(|entry| entry.position).collect();
        let first = stops.first().copied().filter(|_| stops.len() >= LIMIT);
        let earlier = first.map(|first| format!("{}?before={first}", visit.moment.path));
        if let Some(moment) = moment {
            moment.stops = stops;
        }
        let mut later = false;
        let entries = entries.into_iter().map(|entry| {
            later = later || is_later(&visit.moment, &entry);
            shown(entry, later, &visit.moment)
        });
        Ok(Some(Self { entries: entries.collect(), earlier }))
    }
}

fn is_later(moment: &Moment, entry: &Happened) -> bool {
    match (entry.position, moment.position, &moment.instant) {
        (Some(position), Some(at), _) => position > at,
        (_, None, Some(at)) => instant(&entry.recorded_at) > instant(at),
        _ => false,
    }
}

fn instant(text: &str) -> Option<time::OffsetDateTime> {
    time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).ok()
}

fn shown(entry: Happened, later: bool, moment: &Moment) -> Entry {
    let amount = match (&entry.amount, &entry.currency) {
        (Some(amount), Some(currency)) => show::money(amount, currency),
        _ => String::new(),
    };
    let about =
        [entry.related_type.filter(|_| entry.position.is_some()), entry.template, entry.error];
    let about: Vec<String> = about.into_iter().flatten().map(|word| show::words(&word)).collect();
    Entry {
        here: entry.position.map(|position| moment.link(position)).unwrap_or_default(),
        position: entry.position,
        what: show::event(&entry.r#type),
        occurred: show::minute(&entry.occurred_at),
        recorded: show::minute(&entry.recorded_at),
        actor: entry.actor,
        amount,
        status: entry.status.map(|status| (show::words(&status), show::tone(&status))),
        about: about.join(", "),
        later,
    }
}
