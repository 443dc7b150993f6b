//! `GET /v1/admin/queue/dlq`

use actix_web::{HttpResponse, web::Data};
use ledger::{
    store::{
        Ledger,
        outbox::{Listed, Queue},
    },
    values::OrgId,
};
use projections::engine::Snapshot;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    credentials::Caller,
    error::ApiError,
    paging::{self, List, Page},
    query::Asked,
    reading::Reading,
    resources::outbox::{MessageView, Place, dead, place},
    state::AppState,
};

const OUTBOX: (&str, Queue) = ("outbox", Queue::Messages);
const EXPORT: (&str, Queue) = ("export", Queue::Exports);

const KINDS: &[(&str, &[(&str, Queue)])] =
    &[("outbox", &[OUTBOX]), ("export", &[EXPORT]), ("all", &[OUTBOX, EXPORT])];

/// Which dead letters.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the fields document the parameters")]
pub(crate) struct DlqParams {
    /// outbox (messages to people), export or all (unless said otherwise), in any case.
    kind: Option<String>,
    /// Messages of a page, 1 to 200; 50 unless said otherwise.
    limit: Option<i64>,
    /// Where the next page begins.
    cursor: Option<String>,
}

/// A message that was given up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadLetter {
    /// outbox or export: where it is replayed.
    queue: &'static str,
    #[serde(flatten)]
    message: MessageView,
}

/// A page of dead letters of every queue that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadLetterQueue {
    /// The messages, the latest first.
    messages: Vec<DeadLetter>,
    /// For the next page; null on the last.
    next_cursor: Option<String>,
}

/// Messages and exports that were given up after their last attempt, the latest first.
#[utoipa::path(get, path = "/v1/admin/queue/dlq", tag = "queues", params(DlqParams),
    responses((status = 200, description = "A page of dead letters", body = DeadLetterQueue)))]
pub(crate) async fn dlq(state: Data<AppState>, mut asked: Asked) -> Result<HttpResponse, ApiError> {
    let org = asked.caller.org;
    let queues = asked.params.word("kind", KINDS).unwrap_or(&[OUTBOX, EXPORT]);
    let names: Vec<&str> = queues.iter().map(|(name, _)| *name).collect();
    let page = Page::<Place>::read(&state, &mut asked, "queue/dlq", &names)?;
    let position = state.ledger.head(org).await?.unwrap_or(0);
    let snapshot = Snapshot::open(state.ledger.app_pool(), org).await?;
    let letters = DeadLetters { ledger: state.ledger.clone(), org, queues };
    paging::list(state, asked, page, Reading { snapshot, position }, letters).await
}

/// The outbox is the store's own, and read through it.
struct DeadLetters {
    ledger: Ledger,
    org: OrgId,
    queues: &'static [(&'static str, Queue)],
}

impl List for DeadLetters {
    type Key = Place;
    type Item = (&'static str, Listed);
    type View = DeadLetter;
    type Page = DeadLetterQueue;

    /// The latest of each queue hold the latest of all.
    async fn fetch(
        &self,
        _: &Snapshot,
        after: Option<Place>,
        limit: i64,
    ) -> Result<Vec<Self::Item>, ApiError> {
        let mut letters = Vec::new();
        for (name, queue) in self.queues {
            let found = dead(&self.ledger, self.org, *queue, after, limit).await?;
            letters.extend(found.into_iter().map(|letter| (*name, letter)));
        }
        letters.sort_by_key(|letter| std::cmp::Reverse(Self::key(letter)));
        letters.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(letters)
    }

    fn key((_, message): &Self::Item) -> Place {
        place(message)
    }

    async fn show(
        &self,
        _: &AppState,
        _: &Caller,
        found: Vec<Self::Item>,
    ) -> Result<Vec<DeadLetter>, ApiError> {
        let view = |(queue, message): Self::Item| DeadLetter { queue, message: message.into() };
        Ok(found.into_iter().map(view).collect())
    }

    fn page(&self, messages: Vec<DeadLetter>, next_cursor: Option<String>) -> DeadLetterQueue {
        DeadLetterQueue { messages, next_cursor }
    }
}
