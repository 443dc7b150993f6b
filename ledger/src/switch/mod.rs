//! Which of a read model's two tables answers, where somebody decided that against the rule.
//!
//! A rebuilt table takes over by itself only if it says what the one that answers says, or if the
//! model's version was raised. Otherwise a person must want it, and the log keeps who, why, and
//! the digest of every difference. One stream per read model; figures are not touched.

mod event;
#[cfg(test)]
mod tests;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    decide::{Decider, Refusal, RefusalKind},
    values::{OrgId, SwitchId},
};

pub use event::{Forced, SwitchEvent};

/// The stream of a read model's switches.
pub fn switch_id(org: OrgId, model: &str) -> SwitchId {
    SwitchId::derived(org, "switch", model)
}

/// Orders about a switch.
#[derive(Debug, Clone, PartialEq)]
pub enum SwitchCommand {
    /// Let the other table answer in spite of its differences; the same again changes nothing.
    Force(Forced),
}

/// Why a switch says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
pub enum SwitchError {
    /// Nothing differs, so nothing has to be forced.
    #[error("the two tables say the same: there is nothing to force")]
    NothingDiffers,
}

impl Refusal for SwitchError {
    fn code(&self) -> &'static str {
        "switch.nothing_differs"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }

    fn details(&self) -> Value {
        Value::Null
    }
}

/// The forced switches of one read model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Switch {
    last: Option<Forced>,
}

impl Switch {
    /// The last one.
    pub fn last(&self) -> Option<&Forced> {
        self.last.as_ref()
    }
}

impl Decider for Switch {
    fn decide(&self, command: SwitchCommand) -> Result<Vec<SwitchEvent>, SwitchError> {
        let SwitchCommand::Force(forced) = command;
        if forced.differences < 1 {
            return Err(SwitchError::NothingDiffers);
        }
        if self.last.as_ref() == Some(&forced) {
            return Ok(vec![]);
        }
        Ok(vec![forced.into()])
    }
}

impl Aggregate for Switch {
    const TYPE: &'static str = "switch";
    type Command = SwitchCommand;
    type Event = SwitchEvent;
    type Error = SwitchError;
    type Services = ();

    async fn handle(
        &mut self,
        command: SwitchCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SwitchError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SwitchEvent) {
        match event {
            SwitchEvent::Forced(event) => self.last = Some(event),
        }
    }
}
