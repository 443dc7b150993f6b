//! `GET /console/events`, `GET /console/events/live`: the log, newest first, and as it grows.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;

use crate::{
    lists::{Pages, asked, with},
    page::{Frame, html},
    refusal::Refusal,
    show::escaped,
    visit::Visit,
};

const PART: &str = "/console/events";
const FILTERS: &[&str] = &["type", "aggregate", "aggregate_id"];
/// Events of a page.
const PAGE: usize = 50;
/// Events that one look at the log takes in: few enough that a look holds all that match.
const LOOK: i64 = 500;
/// Looks of a page; what is older is on the next one.
const LOOKS: usize = 20;

#[derive(Deserialize)]
struct Found {
    events: Vec<Listed>,
}

/// An event as the list has it.
#[derive(Deserialize)]
struct Listed {
    position: i64,
    r#type: String,
    subject: String,
    actor: String,
    recordedat: String,
}

impl Listed {
    /// What it happened to.
    fn kind(&self) -> &str {
        self.subject.split('/').next().unwrap_or_default()
    }

    /// Everything that happened to it.
    fn stream(&self) -> String {
        stream(&self.subject)
    }
}

/// The list of one stream's events, by its kind and id.
pub(super) fn stream(subject: &str) -> String {
    let (kind, id) = subject.split_once('/').unwrap_or((subject, ""));
    format!("{PART}?aggregate={}&aggregate_id={}", escaped(kind), escaped(id))
}

#[derive(Template)]
#[template(path = "events.html")]
struct Events {
    frame: Frame,
    events: Vec<Listed>,
    pages: Pages,
    /// The tail, from the newest event that the page knows; nothing where it is not the newest.
    live: Option<String>,
    /// Names under which the tail sends, separated by commas.
    names: String,
    kinds: Vec<String>,
    known: Vec<&'static str>,
    chosen: Chosen,
}

/// What the filters say.
struct Chosen {
    name: String,
    aggregate: String,
    aggregate_id: String,
}

/// The list.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let before = match visit.param("before") {
        Some(text) => {
            let position = text.parse::<i64>().ok().filter(|position| *position > 0);
            Some(position.ok_or_else(|| Refusal::bad("before is a position, 1 or more"))?)
        }
        None => None,
    };
    let newest = visit.moment.position.unwrap_or(visit.me.position);
    let (events, older) = newest_first(&visit, before.map_or(newest, |before| before - 1)).await?;
    let chosen = |name| visit.param(name).unwrap_or_default().to_owned();
    let live = before.is_none() && !visit.moment.is_past();
    let live = live.then(|| asked(&visit, &format!("{PART}/live?after={newest}"), FILTERS));
    let known: BTreeSet<&str> = ledger::recorded::shapes().map(|(name, _)| name).collect();
    let kinds: BTreeSet<&str> = known.iter().filter_map(|name| name.split('.').nth(1)).collect();
    Ok(html(&Events {
        frame: Frame::of(&visit, PART, "Events"),
        pages: Pages {
            first: before.map(|_| with(&visit, None)),
            next: older.map(|at| with(&visit, Some(("before", &at.to_string())))),
        },
        events,
        live,
        names: known.iter().copied().collect::<Vec<_>>().join(","),
        kinds: kinds.into_iter().map(|kind| format!("billing.{kind}.*")).collect(),
        known: known.into_iter().collect(),
        chosen: Chosen {
            name: chosen("type"),
            aggregate: chosen("aggregate"),
            aggregate_id: chosen("aggregate_id"),
        },
    }))
}

/// A page of events up to a position, newest first, and before which position the next one goes
/// on. The API reads forward, so that the log is looked at in stretches from its end.
async fn newest_first(visit: &Visit, until: i64) -> Result<(Vec<Listed>, Option<i64>), Refusal> {
    let (mut until, mut events) = (until, Vec::new());
    for _ in 0..LOOKS {
        if until <= 0 {
            return Ok((events, None));
        }
        let after = (until - LOOK).max(0);
        let path = format!("/v1/events?limit={LOOK}&after={after}&until={until}");
        let found: Found = visit.get(&asked(visit, &path, FILTERS)).await?;
        for event in found.events.into_iter().rev() {
            if events.len() == PAGE {
                let before = events.last().map(|last: &Listed| last.position);
                return Ok((events, before));
            }
            events.push(event);
        }
        until = after;
    }
    Ok((events, (until > 0).then_some(until + 1)))
}

/// The tail: the API's own, asked with the visitor's key. It goes on after `Last-Event-ID`.
pub(crate) async fn live(visit: Visit) -> Result<HttpResponse, Refusal> {
    let names = ["after", FILTERS[0], FILTERS[1], FILTERS[2]];
    visit.pass(&asked(&visit, "/v1/events", &names), Some("text/event-stream")).await
}
