//! A person whose personal data the log holds sealed.
//!
//! 1. A person is erased once; asking again changes nothing.
//!
//! Erasing appends the event, then destroys the person's keys (`event-store.md` 3.5).

mod event;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use crate::{
    decide::{Decider, Refusal, RefusalKind},
    values::{Code, SubjectRef},
};

pub use event::{Erased, SubjectEvent};

/// Whether a person's data is still there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    erased: bool,
}

/// Orders about a person's data.
#[derive(Debug, Clone, PartialEq)]
pub enum SubjectCommand {
    /// Erase the person.
    Erase {
        /// Whose data.
        subject: SubjectRef,
        /// Why.
        reason_code: Code,
    },
}

/// There is nothing to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubjectError {}

impl Refusal for SubjectError {
    fn code(&self) -> &'static str {
        match *self {}
    }

    fn kind(&self) -> RefusalKind {
        match *self {}
    }
}

impl Decider for Subject {
    fn decide(&self, command: SubjectCommand) -> Result<Vec<SubjectEvent>, SubjectError> {
        match command {
            SubjectCommand::Erase { .. } if self.erased => Ok(vec![]),
            SubjectCommand::Erase { subject, reason_code } => {
                Ok(vec![Erased { reason_code, subject }.into()])
            }
        }
    }
}

impl Aggregate for Subject {
    const TYPE: &'static str = "subject";
    type Command = SubjectCommand;
    type Event = SubjectEvent;
    type Error = SubjectError;
    type Services = ();

    async fn handle(
        &mut self,
        command: SubjectCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SubjectError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SubjectEvent) {
        match event {
            SubjectEvent::Erased(_) => self.erased = true,
        }
    }
}
