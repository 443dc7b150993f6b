//! What an exception remembers, decides and hears.

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use super::{
    Assign, Assigned, Clear, Decision, ExceptionCommand, ExceptionError, ExceptionEvent, Raised,
    Reopen, Reopened, Resolution, Resolve, Resolved,
};
use crate::{decide::Decider, values::Code};

/// Something that does not fit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    owner: Option<Code>,
    /// `None` while it is open.
    resolved: Option<Resolved>,
}

impl Exception {
    /// Who owns it; nobody owns what was never raised.
    pub fn owner(&self) -> Option<&Code> {
        self.owner.as_ref()
    }

    /// How it was settled; `None` while it is open.
    pub fn resolution(&self) -> Option<Resolution> {
        self.resolved.as_ref().map(|resolved| resolved.resolution)
    }

    fn raise(&self, raised: Raised) -> Decision {
        if self.owner.is_none() {
            return Ok(vec![raised.into()]);
        }
        match self.resolution() {
            Some(resolution) if !resolution.stays() => Ok(vec![
                Reopened {
                    reason_code: word("found_again"),
                    reopened_on: raised.noticed_on,
                    run_id: Some(raised.run_id),
                }
                .into(),
            ]),
            Some(_) | None => Ok(vec![]),
        }
    }

    fn assign(&self, Assign { assigned_on, owner }: Assign) -> Decision {
        let previous = self.known()?.clone();
        self.must_be_open()?;
        if previous == owner {
            return Ok(vec![]);
        }
        Ok(vec![Assigned { assigned_on, owner, previous }.into()])
    }

    fn resolve(&self, resolve: Resolve) -> Decision {
        self.known()?;
        let Resolve { note, reason_code, resolution, resolved_on } = resolve;
        if resolution == Resolution::Cleared {
            return Err(ExceptionError::NotByHand);
        }
        match &self.resolved {
            Some(known) if (known.resolution, &known.reason_code) == (resolution, &reason_code) => {
                Ok(vec![])
            }
            Some(_) => self.must_be_open().map(|()| vec![]),
            None => Ok(vec![
                Resolved { note, reason_code, resolution, resolved_on, run_id: None }.into(),
            ]),
        }
    }

    fn clear(&self, Clear { cleared_on, run_id }: Clear) -> Decision {
        self.known()?;
        if self.resolved.is_some() {
            return Ok(vec![]);
        }
        Ok(vec![
            Resolved {
                note: None,
                reason_code: word("no_longer_found"),
                resolution: Resolution::Cleared,
                resolved_on: cleared_on,
                run_id: Some(run_id),
            }
            .into(),
        ])
    }

    fn reopen(&self, Reopen { reason_code, reopened_on }: Reopen) -> Decision {
        self.known()?;
        if self.resolved.is_none() {
            return Ok(vec![]);
        }
        Ok(vec![Reopened { reason_code, reopened_on, run_id: None }.into()])
    }

    fn known(&self) -> Result<&Code, ExceptionError> {
        self.owner.as_ref().ok_or(ExceptionError::Unknown)
    }

    fn must_be_open(&self) -> Result<(), ExceptionError> {
        match self.resolution() {
            Some(resolution) => Err(ExceptionError::Resolved { resolution }),
            None => Ok(()),
        }
    }
}

/// A word of ours, which is a code.
fn word(text: &str) -> Code {
    text.parse().expect("the word is a code")
}

impl Decider for Exception {
    fn decide(&self, command: ExceptionCommand) -> Decision {
        match command {
            ExceptionCommand::Raise(raised) => self.raise(*raised),
            ExceptionCommand::Assign(command) => self.assign(command),
            ExceptionCommand::Resolve(command) => self.resolve(command),
            ExceptionCommand::Clear(command) => self.clear(command),
            ExceptionCommand::Reopen(command) => self.reopen(command),
        }
    }

    fn weight(&self) -> usize {
        256
    }
}

impl Aggregate for Exception {
    const TYPE: &'static str = "exception";
    type Command = ExceptionCommand;
    type Event = ExceptionEvent;
    type Error = ExceptionError;
    type Services = ();

    async fn handle(
        &mut self,
        command: ExceptionCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ExceptionError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ExceptionEvent) {
        match event {
            ExceptionEvent::Raised(event) => self.owner = Some(event.owner),
            ExceptionEvent::Assigned(event) => self.owner = Some(event.owner),
            ExceptionEvent::Resolved(event) => self.resolved = Some(event),
            ExceptionEvent::Reopened(_) => self.resolved = None,
        }
    }
}
