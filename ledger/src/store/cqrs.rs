//! cqrs-es's `EventStore` over this store: the same streams, through the framework's own door.
//!
//! The framework's store contract knows neither orgs nor positions, so a store is made for one
//! org and one actor. Appends go through the writer like any others.

use std::{collections::HashMap, marker::PhantomData};

use cqrs_es::{AggregateContext, AggregateError, EventEnvelope, EventStore};
use uuid::Uuid;

use super::{Context, ExecuteError, Ledger, erased::Stream};
use crate::{
    decide::Decider,
    events::StoredEvent,
    recorded::Actor,
    values::{Id, OrgId},
};

/// Events read at once.
const PAGE: i64 = 1_000;

/// The store of one org and one kind of aggregate.
pub struct OrgStore<A> {
    ledger: Ledger,
    org: OrgId,
    actor: Actor,
    kind: PhantomData<fn() -> A>,
}

/// An aggregate with the version it was read at.
pub struct OrgContext<A> {
    id: Id<A>,
    aggregate: A,
    version: i64,
}

impl<A: Decider> AggregateContext<A> for OrgContext<A> {
    fn aggregate(&mut self) -> &mut A {
        &mut self.aggregate
    }
}

impl<A: Decider> OrgStore<A> {
    /// A store for what `actor` does in `org`.
    pub fn new(ledger: Ledger, org: OrgId, actor: Actor) -> Self {
        Self { ledger, org, actor, kind: PhantomData }
    }

    fn id(aggregate_id: &str) -> Result<Id<A>, AggregateError<A::Error>> {
        aggregate_id.parse().map_err(|error: uuid::Error| unexpected(error))
    }
}

impl<A: Decider> EventStore<A> for OrgStore<A> {
    type AC = OrgContext<A>;

    async fn load_events(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let id = Self::id(aggregate_id)?;
        let mut envelopes: Vec<EventEnvelope<A>> = Vec::new();
        loop {
            let after = i64::try_from(envelopes.len()).unwrap_or(i64::MAX);
            let page = self
                .ledger
                .read_stream(self.org, A::TYPE, id.uuid(), after, PAGE)
                .await
                .map_err(unexpected)?;
            let last = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
            for stored in page {
                let version = u16::try_from(stored.event_version).map_err(unexpected)?;
                let payload = A::Event::decode(&stored.event_type, version, &stored.payload)
                    .map_err(|error| AggregateError::DeserializationError(Box::new(error)))?;
                envelopes.push(EventEnvelope {
                    aggregate_id: aggregate_id.to_owned(),
                    sequence: usize::try_from(stored.sequence).map_err(unexpected)?,
                    payload,
                    metadata: HashMap::from([
                        ("position".to_owned(), stored.position.to_string()),
                        ("event_id".to_owned(), stored.event_id.to_string()),
                    ]),
                });
            }
            if last {
                return Ok(envelopes);
            }
        }
    }

    async fn load_aggregate(
        &self,
        aggregate_id: &str,
    ) -> Result<OrgContext<A>, AggregateError<A::Error>> {
        let id = Self::id(aggregate_id)?;
        let (aggregate, version) = self.ledger.load::<A>(self.org, id).await.map_err(failed)?;
        Ok(OrgContext { id, aggregate, version })
    }

    async fn commit(
        &self,
        events: Vec<A::Event>,
        context: OrgContext<A>,
        metadata: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let stream = Stream::of(context.id);
        let given = events.iter().cloned().map(Into::into).collect();
        let outcome = self
            .ledger
            .batch(Context::fresh(&self.ledger, self.org, self.actor.clone()))
            .given(stream, given)
            .expect_stream(stream, context.version)
            .run()
            .await
            .map_err(failed)?;
        let appended = outcome.events.into_iter().zip(events);
        appended
            .map(|(event, payload)| {
                Ok(EventEnvelope {
                    aggregate_id: Uuid::to_string(&event.aggregate_id),
                    sequence: usize::try_from(event.sequence).map_err(unexpected)?,
                    payload,
                    metadata: metadata.clone(),
                })
            })
            .collect()
    }
}

fn unexpected<E, U>(error: U) -> AggregateError<E>
where
    E: std::error::Error,
    U: std::error::Error + Send + Sync + 'static,
{
    AggregateError::UnexpectedError(Box::new(error))
}

fn failed<E: std::error::Error>(error: ExecuteError) -> AggregateError<E> {
    match error {
        ExecuteError::VersionMismatch { .. } | ExecuteError::Conflict => {
            AggregateError::AggregateConflict
        }
        ExecuteError::Store(source) => AggregateError::DatabaseConnectionError(Box::new(source)),
        ExecuteError::Refused(_)
        | ExecuteError::KeyReused
        | ExecuteError::UnknownOrg
        | ExecuteError::Busy { .. }
        | ExecuteError::NeedsUpgrade
        | ExecuteError::Indeterminate { .. }
        | ExecuteError::Panicked
        | ExecuteError::Closed => unexpected(error),
    }
}
