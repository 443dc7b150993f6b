//! Lists in pages: `limit`, `cursor`, `Link`.

use actix_web::{HttpResponse, http::header::LINK};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    answer::{POSITION, json_with},
    cursor::Question,
    error::ApiError,
    query::Asked,
    state::AppState,
};

const MOST: i64 = 200;
const USUAL: i64 = 50;

/// Which page of a list is wanted; `K` is the key that the list goes by.
pub(crate) struct Page<K> {
    /// The key after which it begins.
    pub(crate) after: Option<K>,
    limit: i64,
    question: Question,
}

impl<K: Serialize + DeserializeOwned> Page<K> {
    /// Reads `limit` and `cursor`, after the filters; nothing else may be left.
    pub(crate) fn read(
        state: &AppState,
        asked: &mut Asked,
        route: &str,
        filters: &impl Serialize,
    ) -> Result<Self, ApiError> {
        let limit = asked.params.integer("limit", USUAL, 1, MOST);
        let cursor = asked.params.text("cursor");
        std::mem::take(&mut asked.params).finish()?;
        let question = Question::new(asked.caller.org, route, filters);
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
