//! State.

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use super::{PatientActivationCommand, PatientActivationError, PatientActivationEvent};
use crate::{decide::Decider, recorded::LedgerEvent};

/// State.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PatientActivation {}

impl Decider for PatientActivation {
    fn decide(&self, _command: PatientActivationCommand) -> Result<Vec<PatientActivationEvent>, PatientActivationError> {
        Ok(vec![])
    }

    fn own(event: LedgerEvent) -> Option<PatientActivationEvent> {
        match event {
            LedgerEvent::PatientActivation(event) => Some(event),
            LedgerEvent::Subscription(_) | LedgerEvent::Invoice(_) | LedgerEvent::Subject(_) => None,
        }
    }
}

impl Aggregate for PatientActivation {
    const TYPE: &'static str = "patient_activation";
    type Command = PatientActivationCommand;
    type Event = PatientActivationEvent;
    type Error = PatientActivationError;
    type Services = ();

    async fn handle(
        &mut self,
        command: PatientActivationCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), PatientActivationError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, _event: PatientActivationEvent) {}
}
