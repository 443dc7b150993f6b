//! Lists: in pages (`limit`, `cursor`, `Link`), or all of it as lines (NDJSON).

use std::borrow::Cow;

use actix_web::{HttpResponse, http::header::LINK, web::Data};
use projections::engine::Snapshot;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    answer::{POSITION, json_with},
    credentials::Caller,
    cursor::Question,
    error::ApiError,
    query::Asked,
    reading::Reading,
    state::AppState,
    streaming::streamed,
};

/// How lines are announced.
pub(crate) const NDJSON: &str = "application/x-ndjson";

const MOST: i64 = 200;
const USUAL: i64 = 50;

/// What is listed: how it is fetched, by which key it goes, how it looks.
pub(crate) trait List: 'static {
    /// What the list goes by.
    type Key: Serialize + DeserializeOwned + 'static;
    /// As the read model has it.
    type Item;
    /// As it is answered, one a line.
    type View: Serialize;
    /// A page of them.
    type Page: Serialize;

    /// Items after a key, in order, at most `limit`.
    async fn fetch(
        &self,
        snapshot: &Snapshot,
        after: Option<Self::Key>,
        limit: i64,
    ) -> Result<Vec<Self::Item>, ApiError>;

    /// An item's key.
    fn key(item: &Self::Item) -> Self::Key;

    /// Items as this caller may see them.
    async fn show(
        &self,
        state: &AppState,
        caller: &Caller,
        items: Vec<Self::Item>,
    ) -> Result<Vec<Self::View>, ApiError>;

    /// The page around them.
    fn page(&self, views: Vec<Self::View>, next_cursor: Option<String>) -> Self::Page;

    /// The items of a page out of those that were fetched, and the key of the last one if there
    /// is more.
    fn cut(page: &Page<Self::Key>, found: Vec<Self::Item>) -> (Vec<Self::Item>, Option<Self::Key>) {
        page.cut(found, Self::key)
    }
}

/// Which page of a list is wanted; `K` is the key that the list goes by.
pub(crate) struct Page<K> {
    /// The key after which it begins.
    pub(crate) after: Option<K>,
    limit: i64,
    question: Question,
}

impl<K: Serialize + DeserializeOwned> Page<K> {
    /// Reads `limit` and `cursor`, after the filters; nothing else may be left. Lines know
    /// neither: they are all that the filters let through.
    pub(crate) fn read(
        state: &AppState,
        asked: &mut Asked,
        route: &str,
        filters: &impl Serialize,
    ) -> Result<Self, ApiError> {
        let (limit, cursor) = match asked.lines {
            true => (MOST, None),
            false => {
                let limit = asked.params.integer("limit", USUAL, 1, MOST);
                (limit, asked.params.text("cursor"))
            }
        };
        std::mem::take(&mut asked.params).finish()?;
        // A page of the past goes on in the same past.
        let route = match asked.when.position() {
            Some(position) => Cow::Owned(format!("{route}@{position}")),
            None => Cow::Borrowed(route),
        };
        let question = Question::new(asked.caller.org, &route, filters);
        let names = state.ledger.names();
        let after = cursor.map(|cursor| question.place(names, &cursor)).transpose()?;
        Ok(Self { after, limit, question })
    }

    /// How many to fetch: one more than the page has, to know whether there is another.
    pub(crate) fn fetch(&self) -> i64 {
        self.limit + 1
    }

    /// The page itself, and the key of its last item if there is more.
    pub(crate) fn cut<T>(&self, mut found: Vec<T>, key: impl Fn(&T) -> K) -> (Vec<T>, Option<K>) {
        let most = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = found.len() > most;
        found.truncate(most);
        let next = if more { found.last().map(key) } else { None };
        (found, next)
    }

    /// The answer, with a link to the next page.
    pub(crate) fn answer<V: Serialize>(
        &self,
        state: &AppState,
        asked: &Asked,
        position: i64,
        next: Option<K>,
        view: impl FnOnce(Option<String>) -> V,
    ) -> Result<HttpResponse, ApiError> {
        let names = state.ledger.names();
        let cursor = next.map(|key| self.question.cursor(names, &key)).transpose()?;
        let mut response = HttpResponse::Ok();
        response.insert_header((POSITION, position.to_string()));
        if let Some(cursor) = &cursor {
            response.insert_header((LINK, asked.next_link(cursor)));
        }
        Ok(json_with(response, &view(cursor)))
    }
}

/// Answers a list as it was asked for: the page, or every item of one snapshot as lines.
pub(crate) async fn list<L: List>(
    state: Data<AppState>,
    asked: Asked,
    page: Page<L::Key>,
    reading: Reading,
    list: L,
) -> Result<HttpResponse, ApiError> {
    if asked.lines {
        return lines(state, asked.caller, page, reading, list);
    }
    let Reading { snapshot, position } = reading;
    let Page { after, .. } = page;
    let page = Page { after: None, ..page };
    let found = list.fetch(&snapshot, after, page.fetch()).await?;
    snapshot.close().await?;
    let (found, next) = L::cut(&page, found);
    let views = list.show(&state, &asked.caller, found).await?;
    page.answer(&state, &asked, position, next, |next_cursor| list.page(views, next_cursor))
}

/// Answers every item of one snapshot as lines: page after page, each let go before the next is fetched.
pub(crate) fn lines<L: List>(
    state: Data<AppState>,
    caller: Caller,
    page: Page<L::Key>,
    reading: Reading,
    list: L,
) -> Result<HttpResponse, ApiError> {
    let Reading { snapshot, position } = reading;
    let mut response = HttpResponse::Ok();
    response.insert_header((POSITION, position.to_string())).content_type(NDJSON);
    let holder = state.clone();
    streamed(&holder, response, |pieces| async move {
        let mut after = None;
        loop {
            let found = list.fetch(&snapshot, after, page.fetch()).await?;
            let (found, next) = L::cut(&page, found);
            let views = list.show(&state, &caller, found).await?;
            pieces.send(as_lines(&views)?).await?;
            match next {
                Some(_) => after = next,
                None => break,
            }
        }
        Ok(snapshot.close().await?)
    })
}

/// One JSON object a line.
pub(crate) fn as_lines<V: Serialize>(views: &[V]) -> Result<Vec<u8>, ApiError> {
    let mut text = Vec::new();
    for view in views {
        serde_json::to_writer(&mut text, view).map_err(|error| ApiError::failed(&error))?;
        text.push(b'\n');
    }
    Ok(text)
}

/// A list that is short by nature: whole, as one object or as lines.
pub(crate) fn short<V: Serialize, P: Serialize>(
    lines: bool,
    views: Vec<V>,
    whole: impl FnOnce(Vec<V>) -> P,
) -> Result<HttpResponse, ApiError> {
    let mut response = HttpResponse::Ok();
    if lines {
        return Ok(response.content_type(NDJSON).body(as_lines(&views)?));
    }
    Ok(json_with(response, &whole(views)))
}
