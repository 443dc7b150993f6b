//! `GET /console/dead-letters`: messages and exports that were given up, and sending them again.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Form, Path},
};
use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    lists::{Pages, Tab, asked},
    page::{Frame, html},
    refusal::Refusal,
    visit::Visit,
};

const PART: &str = "/console/dead-letters";

#[derive(Deserialize)]
struct Letters {
    messages: Vec<Letter>,
    next_cursor: Option<String>,
}

/// A message that was given up: what it is about, never what it says or to whom.
#[derive(Deserialize)]
pub(super) struct Letter {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) template: String,
    pub(super) related_kind: String,
    pub(super) related_id: Uuid,
    pub(super) attempts: i64,
    pub(super) replays: i64,
    pub(super) last_error: Option<String>,
    pub(super) created_at: String,
    pub(super) settled_at: Option<String>,
}

impl Letter {
    /// The page of what it is about, where there is one.
    pub(super) fn link(&self) -> Option<String> {
        crate::show::subject_page(&self.related_kind, &self.related_id.to_string())
    }
}

#[derive(Template)]
#[template(path = "dead_letters.html")]
struct DeadLetters {
    frame: Frame,
    tabs: Vec<Tab>,
    queue: &'static str,
    letters: Vec<Letter>,
    pages: Pages,
}

/// The list.
pub(crate) async fn show(visit: Visit) -> Result<HttpResponse, Refusal> {
    let queue = queue(visit.param("queue").unwrap_or_default());
    let path = match queue {
        "exports" => "/v1/admin/export-dead-letter?limit=50",
        _ => "/v1/admin/outbox/dead-letter?limit=50",
    };
    let found: Letters = visit.get_now(&asked(&visit, path, &["cursor"])).await?;
    let tab = |value, name| Tab::of(&visit, ("queue", value), name, queue);
    Ok(html(&DeadLetters {
        frame: Frame::now(&visit, PART, "Dead letters"),
        tabs: vec![tab("messages", "Messages to people"), tab("exports", "Exports")],
        queue,
        pages: Pages::of(&visit, found.next_cursor.as_deref()),
        letters: found.messages,
    }))
}

/// Which queue a letter lies in.
#[derive(Deserialize)]
pub(crate) struct Replay {
    #[serde(default)]
    queue: String,
}

/// Puts one back in its queue, and shows the list again.
pub(crate) async fn replay(
    visit: Visit,
    id: Path<Uuid>,
    form: Form<Replay>,
) -> Result<HttpResponse, Refusal> {
    let (id, queue) = (*id, queue(&form.queue));
    let path = match queue {
        "exports" => format!("/v1/admin/export-dead-letter/{id}/replay"),
        _ => format!("/v1/admin/outbox/{id}/replay"),
    };
    visit.post::<Value>(&path, None, &json!({})).await?;
    let place = format!("{PART}?queue={queue}&notice=replayed");
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish())
}

fn queue(said: &str) -> &'static str {
    if said == "exports" { "exports" } else { "messages" }
}
