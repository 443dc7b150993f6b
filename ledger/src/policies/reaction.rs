//! A command that a policy wants to give, or a message that it wants to send.

use std::{any::Any, fmt, future::Future, pin::Pin};

use crate::{
    decide::Decider,
    store::{
        Context, ExecuteError, Ledger,
        outbox::{Cause, NewMessage, enqueue_after},
    },
    values::Id,
};

/// How a command was answered.
pub(super) type Answered<'a> = Pin<Box<dyn Future<Output = Result<(), ExecuteError>> + Send + 'a>>;

/// A command with the stream it is meant for, whatever the aggregate.
pub struct Reaction(Box<dyn Order>);

impl Reaction {
    /// A command to one stream.
    pub fn new<A: Decider>(id: Id<A>, command: A::Command) -> Self
    where
        A::Command: fmt::Debug + Sync,
    {
        Self(Box::new(Typed { id, command }))
    }

    /// A message to be written down in the outbox; asked for again, it stays one.
    pub fn message(message: NewMessage) -> Self {
        Self(Box::new(message))
    }

    pub(super) fn of(order: impl Order + 'static) -> Self {
        Self(Box::new(order))
    }

    /// The order, if it is one of these.
    pub fn order<O: 'static>(&self) -> Option<&O> {
        self.0.as_any().downcast_ref()
    }

    /// The stream and the command, if it is meant for this kind of aggregate.
    pub fn get<A: Decider>(&self) -> Option<(Id<A>, &A::Command)> {
        self.0.as_any().downcast_ref::<Typed<A>>().map(|typed| (typed.id, &typed.command))
    }

    /// Gives the command.
    pub fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a> {
        self.0.give(ledger, context)
    }
}

impl fmt::Debug for Reaction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

pub(super) trait Order: fmt::Debug + Send + Sync {
    fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a>;
    fn as_any(&self) -> &dyn Any;
}

struct Typed<A: Decider> {
    id: Id<A>,
    command: A::Command,
}

impl<A: Decider> fmt::Debug for Typed<A>
where
    A::Command: fmt::Debug,
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}: {:?}", A::TYPE, self.id, self.command)
    }
}

impl<A: Decider> Order for Typed<A>
where
    A::Command: fmt::Debug + Sync,
{
    fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a> {
        Box::pin(
            async move { ledger.execute(context, self.id, self.command.clone()).await.map(|_| ()) },
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Order for NewMessage {
    fn give<'a>(&'a self, ledger: &'a Ledger, context: &'a Context) -> Answered<'a> {
        Box::pin(async move {
            let correlation_id = context.correlation_id;
            let cause = context.causation_id;
            let cause = cause.map(|causation_id| Cause { correlation_id, causation_id });
            enqueue_after(ledger, context.org, self, cause).await?;
            Ok(())
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
