//! What a command does to which streams, before it is done: alone, or with others in bulk.

use actix_web::http::StatusCode;
use ledger::{
    Decider, Refusal,
    store::{Batch, ExecuteError, Outcome},
    values::Id,
};
use serde_json::Value;

use super::Order;
use crate::{error::ApiError, state::AppState};

type Step = Box<dyn FnOnce(Batch) -> Batch + Send>;
type Expect = Box<dyn FnOnce(Batch, i64) -> Batch + Send>;
/// What a plan answers, told from the outcome.
type Said = Box<dyn Fn(&Outcome) -> (StatusCode, Value) + Send>;
type Instead = Box<dyn FnOnce(&dyn Refusal) -> Option<Plan> + Send>;

/// What a command does to which streams.
#[must_use = "a plan does nothing until it is carried out"]
pub(crate) struct Plan {
    expect: Expect,
    steps: Vec<Step>,
    said: Said,
    instead: Option<Instead>,
}

impl Plan {
    /// About this stream first of all: `If-Match` is its version.
    pub(crate) fn on<A: Decider>(id: Id<A>) -> Self {
        Self {
            expect: Box::new(move |batch, version| batch.expect(id, version)),
            steps: Vec::new(),
            said: Box::new(|_| (StatusCode::OK, Value::Null)),
            instead: None,
        }
    }

    /// One command to one stream.
    pub(crate) fn one<A: Decider>(id: Id<A>, command: A::Command) -> Self {
        Self::on(id).then(id, command)
    }

    /// Adds a command.
    pub(crate) fn then<A: Decider>(mut self, id: Id<A>, command: A::Command) -> Self {
        self.steps.push(Box::new(move |batch| batch.then(id, command)));
        self
    }

    /// Adds a command that is built from the proved state of another aggregate.
    pub(crate) fn then_from<A: Decider, R: Decider>(
        mut self,
        id: Id<A>,
        read: Id<R>,
        build: impl Fn(&R) -> Result<A::Command, Box<dyn Refusal>> + Send + Sync + 'static,
    ) -> Self {
        self.steps.push(Box::new(move |batch| batch.then_from(id, read, build)));
        self
    }

    /// Answers with this status and these facts.
    pub(crate) fn saying(self, status: StatusCode, facts: Value) -> Self {
        self.saying_of(move |_| (status, facts.clone()))
    }

    /// Answers with what the outcome tells.
    pub(crate) fn saying_of(
        mut self,
        said: impl Fn(&Outcome) -> (StatusCode, Value) + Send + 'static,
    ) -> Self {
        self.said = Box::new(said);
        self
    }

    /// What to do in place of it when it is refused, if anything.
    pub(crate) fn or_instead(
        mut self,
        instead: impl FnOnce(&dyn Refusal) -> Option<Self> + Send + 'static,
    ) -> Self {
        self.instead = Some(Box::new(instead));
        self
    }

    /// How many commands it gives.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Puts its commands into a batch with others.
    pub(crate) fn onto(self, batch: Batch) -> (Batch, Said) {
        (self.steps.into_iter().fold(batch, |batch, step| step(batch)), self.said)
    }

    /// Carries it out by itself; answers status and facts with the outcome.
    pub(crate) async fn carry_out<B>(
        mut self,
        state: &AppState,
        order: &Order<B>,
    ) -> Result<(Outcome, StatusCode, Value), ApiError> {
        loop {
            let Self { expect, steps, said, instead } = self;
            let mut batch = order.batch(state);
            if let Some(version) = order.expected {
                batch = expect(batch, version);
            }
            let batch = steps.into_iter().fold(batch, |batch, step| step(batch));
            match batch.run().await {
                Ok(outcome) => {
                    let (status, facts) = said(&outcome);
                    return Ok((outcome, status, facts));
                }
                Err(ExecuteError::Refused(refusal)) => {
                    match instead.and_then(|instead| instead(refusal.as_ref())) {
                        Some(other) => self = other,
                        None => return Err(ApiError::refused(refusal.as_ref())),
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}
