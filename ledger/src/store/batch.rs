//! Commands to one or several streams of an org, carried out together or not at all.

use std::sync::Arc;

use time::OffsetDateTime;

use super::{
    Context, ExecuteError, Ledger, Outcome,
    clock::microseconds,
    erased::{Built, BuiltOfTwo, Given, Ready, Stream, Target},
};
use crate::{
    decide::{Decider, Refusal},
    recorded::LedgerEvent,
    values::{Id, OrgId},
};

/// Collects commands, then runs them in one append.
#[must_use = "a batch does nothing until it is run"]
pub struct Batch {
    ledger: Ledger,
    pub(super) context: Context,
    pub(super) targets: Vec<Box<dyn Target>>,
    pub(super) expected: Vec<(Stream, i64)>,
    pub(super) dry_run: bool,
    /// When each event was true, where that is not the command's own time.
    pub(super) times: Vec<OffsetDateTime>,
}

impl Batch {
    pub(super) fn new(ledger: Ledger, context: Context) -> Self {
        Self {
            ledger,
            context,
            targets: Vec::new(),
            expected: Vec::new(),
            dry_run: false,
            times: Vec::new(),
        }
    }

    /// Adds a command.
    pub fn then<A: Decider>(mut self, id: Id<A>, command: A::Command) -> Self {
        self.targets.push(Box::new(Ready { id, command }));
        self
    }

    /// Adds a command that is built inside the writer from the proved state of another
    /// aggregate, so that prices and policy are those of the very position it is decided at.
    pub fn then_from<A: Decider, R: Decider>(
        mut self,
        id: Id<A>,
        read: Id<R>,
        build: impl Fn(&R) -> Result<A::Command, Box<dyn Refusal>> + Send + Sync + 'static,
    ) -> Self {
        self.targets.push(Box::new(Built::<A, R> { id, read, build: Box::new(build) }));
        self
    }

    /// The same, from the states of two others.
    pub fn then_from_both<A: Decider, R: Decider, S: Decider>(
        mut self,
        id: Id<A>,
        read: (Id<R>, Id<S>),
        build: impl Fn(&R, &S) -> Result<A::Command, Box<dyn Refusal>> + Send + Sync + 'static,
    ) -> Self {
        self.targets.push(Box::new(BuiltOfTwo::<A, R, S> { id, read, build: Box::new(build) }));
        self
    }

    /// Whose streams these are.
    pub fn org(&self) -> OrgId {
        self.context.org
    }

    /// Refuses unless the stream is at this version (0: does not exist).
    pub fn expect<A: Decider>(mut self, id: Id<A>, version: i64) -> Self {
        self.expected.push((Stream::of(id), version));
        self
    }

    /// Decides and answers what would happen, but appends nothing.
    pub fn dry_run(mut self, yes: bool) -> Self {
        self.dry_run = yes;
        self
    }

    pub(super) fn given(mut self, stream: Stream, events: Vec<LedgerEvent>) -> Self {
        self.targets.push(Box::new(Given { stream, events }));
        self
    }

    pub(super) fn expect_stream(mut self, stream: Stream, version: i64) -> Self {
        self.expected.push((stream, version));
        self
    }

    /// When the event of this ordinal was true.
    pub(super) fn occurred_at(&self, ordinal: usize) -> OffsetDateTime {
        let own = self.times.get(ordinal).copied();
        own.unwrap_or_else(|| microseconds(self.context.occurred_at))
    }

    /// Runs it.
    ///
    /// # Errors
    ///
    /// [`ExecuteError`]; then nothing of it was done, except where it says that this is not
    /// known.
    pub async fn run(self) -> Result<Outcome, ExecuteError> {
        let ledger = self.ledger.clone();
        ledger.run(Arc::new(self)).await
    }
}
