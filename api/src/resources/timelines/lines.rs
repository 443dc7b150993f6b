//! All events of a timeline as lines.

use actix_web::{HttpResponse, web};
use projections::{
    engine::Snapshot,
    timeline::{self, Entry, Subject, Timeline},
};
use uuid::Uuid;

use super::show::{EntryView, streams};
use crate::{
    credentials::Caller,
    error::{ApiError, Plain},
    paging::{self, List, Page},
    query::Asked,
    reading::reading,
    state::AppState,
};

/// All events of it as lines; messages have no place in the log and do not go along.
pub(super) async fn all(
    state: web::Data<AppState>,
    mut asked: Asked,
    list: EntryList,
) -> Result<HttpResponse, ApiError> {
    let page = Page::read(&state, &mut asked, "timeline", &())?;
    let when = streams(asked.when, list.subject, list.id);
    let reading = reading::<Timeline>(&state, asked.caller.org, when).await?;
    if list.fetch(&reading.snapshot, None, 1).await?.is_empty() {
        return Err(Plain::NotFound.into());
    }
    paging::lines(state, asked.caller, page, reading, list)
}

pub(super) struct EntryList {
    pub(super) subject: Subject,
    pub(super) id: Uuid,
}

impl List for EntryList {
    type Key = i64;
    type Item = Entry;
    type View = EntryView;
    type Page = Vec<EntryView>;

    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, ApiError> {
        Ok(timeline::after(snapshot, self.subject, self.id, after, limit).await?)
    }

    fn key(entry: &Entry) -> i64 {
        entry.position
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Entry>,
    ) -> Result<Vec<EntryView>, ApiError> {
        Ok(found.into_iter().map(EntryView::from).collect())
    }

    fn page(&self, entries: Vec<EntryView>, _: Option<String>) -> Vec<EntryView> {
        entries
    }
}
