//! Aggregates and commands without their types, so that one writer serves all kinds.

use std::{any::Any, sync::Arc};

use uuid::Uuid;

use crate::{
    decide::{Decider, Refusal},
    recorded::{LedgerEvent, LedgerPart},
    values::Id,
};

/// A kind of aggregate.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// As stored in `events.aggregate_type`.
    pub name: &'static str,
    /// Before anything happened.
    pub empty: fn() -> Box<dyn AnyAggregate>,
}

impl Kind {
    pub(super) fn of<A: Decider>() -> Self {
        Self { name: A::TYPE, empty: || Box::new(Held(A::default())) }
    }
}

/// A stream within an org.
#[derive(Clone, Copy)]
pub(super) struct Stream {
    pub kind: Kind,
    pub id: Uuid,
}

/// What a stream is looked up by.
pub(super) type StreamKey = (&'static str, Uuid);

impl Stream {
    pub(super) fn of<A: Decider>(id: Id<A>) -> Self {
        Self { kind: Kind::of::<A>(), id: id.uuid() }
    }

    pub(super) fn key(&self) -> StreamKey {
        (self.kind.name, self.id)
    }
}

/// An aggregate whose type only its commands know.
pub(super) trait AnyAggregate: Send + Sync {
    /// Hears one of its events; events of other kinds are passed over.
    fn apply(&mut self, event: LedgerEvent);
    fn weight(&self) -> usize;
    fn as_any(&self) -> &dyn Any;
    fn duplicate(&self) -> Box<dyn AnyAggregate>;
}

struct Held<A>(A);

impl<A: Decider> AnyAggregate for Held<A> {
    fn apply(&mut self, event: LedgerEvent) {
        if let Some(event) = A::Event::part(event) {
            self.0.apply(event);
        }
    }

    fn weight(&self) -> usize {
        self.0.weight()
    }

    fn as_any(&self) -> &dyn Any {
        &self.0
    }

    fn duplicate(&self) -> Box<dyn AnyAggregate> {
        Box::new(Held(self.0.clone()))
    }
}

/// The typed state inside.
pub(super) fn typed<A: Decider>(aggregate: &dyn AnyAggregate) -> Option<&A> {
    aggregate.as_any().downcast_ref()
}

/// What came of asking.
pub(super) enum Decided {
    Events(Vec<LedgerEvent>),
    Refused(Arc<dyn Refusal>),
    /// The last number of this series is not at hand yet.
    NeedsSeries(String),
}

/// Gives the next number of a series, if the series is at hand.
pub(super) type Numbers<'a> = dyn FnMut(&str) -> Option<i64> + 'a;

/// A command to one stream.
pub(super) trait Target: Send + Sync {
    fn stream(&self) -> Stream;
    /// The other streams whose states the command is built from.
    fn reads(&self) -> Vec<Stream>;
    /// `read` has what `reads` names, in its order.
    fn decide(
        &self,
        aggregate: &dyn AnyAggregate,
        read: &[&dyn AnyAggregate],
        numbers: &mut Numbers<'_>,
    ) -> Decided;
}

/// A command that is ready.
pub(super) struct Ready<A: Decider> {
    pub id: Id<A>,
    pub command: A::Command,
}

impl<A: Decider> Target for Ready<A> {
    fn stream(&self) -> Stream {
        Stream::of(self.id)
    }

    fn reads(&self) -> Vec<Stream> {
        vec![]
    }

    fn decide(
        &self,
        aggregate: &dyn AnyAggregate,
        _read: &[&dyn AnyAggregate],
        numbers: &mut Numbers<'_>,
    ) -> Decided {
        decide::<A>(aggregate, self.command.clone(), numbers)
    }
}

/// Builds the command from the state of another aggregate.
pub(super) type Build<A, R> =
    Box<dyn Fn(&R) -> Result<<A as cqrs_es::Aggregate>::Command, Box<dyn Refusal>> + Send + Sync>;

/// A command that is built inside the writer.
pub(super) struct Built<A: Decider, R: Decider> {
    pub id: Id<A>,
    pub read: Id<R>,
    pub build: Build<A, R>,
}

impl<A: Decider, R: Decider> Target for Built<A, R> {
    fn stream(&self) -> Stream {
        Stream::of(self.id)
    }

    fn reads(&self) -> Vec<Stream> {
        vec![Stream::of(self.read)]
    }

    fn decide(
        &self,
        aggregate: &dyn AnyAggregate,
        read: &[&dyn AnyAggregate],
        numbers: &mut Numbers<'_>,
    ) -> Decided {
        match (self.build)(handed::<R>(read, 0)) {
            Ok(command) => decide::<A>(aggregate, command, numbers),
            Err(refusal) => Decided::Refused(Arc::from(refusal)),
        }
    }
}

/// Builds the command from the states of two others.
pub(super) type BuildOfTwo<A, R, S> = Box<
    dyn Fn(&R, &S) -> Result<<A as cqrs_es::Aggregate>::Command, Box<dyn Refusal>> + Send + Sync,
>;

/// A command that is built inside the writer out of two others.
pub(super) struct BuiltOfTwo<A: Decider, R: Decider, S: Decider> {
    pub id: Id<A>,
    pub read: (Id<R>, Id<S>),
    pub build: BuildOfTwo<A, R, S>,
}

impl<A: Decider, R: Decider, S: Decider> Target for BuiltOfTwo<A, R, S> {
    fn stream(&self) -> Stream {
        Stream::of(self.id)
    }

    fn reads(&self) -> Vec<Stream> {
        vec![Stream::of(self.read.0), Stream::of(self.read.1)]
    }

    fn decide(
        &self,
        aggregate: &dyn AnyAggregate,
        read: &[&dyn AnyAggregate],
        numbers: &mut Numbers<'_>,
    ) -> Decided {
        match (self.build)(handed::<R>(read, 0), handed::<S>(read, 1)) {
            Ok(command) => decide::<A>(aggregate, command, numbers),
            Err(refusal) => Decided::Refused(Arc::from(refusal)),
        }
    }
}

fn handed<'a, R: Decider>(read: &[&'a dyn AnyAggregate], place: usize) -> &'a R {
    let state = read.get(place).and_then(|read| typed(*read));
    state.expect("the writer hands over what `reads` names")
}

fn decide<A: Decider>(
    aggregate: &dyn AnyAggregate,
    mut command: A::Command,
    numbers: &mut Numbers<'_>,
) -> Decided {
    let state: &A = typed(aggregate).expect("the writer keeps streams apart by kind");
    if let Some(series) = A::series(&command) {
        match numbers(&series) {
            Some(number) => A::assign_number(&mut command, number),
            None => return Decided::NeedsSeries(series),
        }
    }
    match state.decide(command) {
        Ok(events) => Decided::Events(events.into_iter().map(Into::into).collect()),
        Err(refusal) => Decided::Refused(Arc::new(refusal)),
    }
}

/// Events decided elsewhere, for cqrs-es's `EventStore` trait.
pub(super) struct Given {
    pub stream: Stream,
    pub events: Vec<LedgerEvent>,
}

impl Target for Given {
    fn stream(&self) -> Stream {
        self.stream
    }

    fn reads(&self) -> Vec<Stream> {
        vec![]
    }

    fn decide(
        &self,
        _aggregate: &dyn AnyAggregate,
        _read: &[&dyn AnyAggregate],
        _numbers: &mut Numbers<'_>,
    ) -> Decided {
        Decided::Events(self.events.clone())
    }
}
