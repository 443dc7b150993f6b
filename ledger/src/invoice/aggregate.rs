//! State.

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use super::{InvoiceCommand, InvoiceError, InvoiceEvent};
use crate::{decide::Decider, recorded::LedgerEvent};

/// State.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Invoice {}

impl Decider for Invoice {
    fn decide(&self, _command: InvoiceCommand) -> Result<Vec<InvoiceEvent>, InvoiceError> {
        Ok(vec![])
    }

    fn own(event: LedgerEvent) -> Option<InvoiceEvent> {
        match event {
            LedgerEvent::Invoice(event) => Some(event),
            LedgerEvent::Subscription(_) | LedgerEvent::PatientActivation(_) | LedgerEvent::Subject(_) => None,
        }
    }
}

impl Aggregate for Invoice {
    const TYPE: &'static str = "invoice";
    type Command = InvoiceCommand;
    type Event = InvoiceEvent;
    type Error = InvoiceError;
    type Services = ();

    async fn handle(
        &mut self,
        command: InvoiceCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), InvoiceError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, _event: InvoiceEvent) {}
}
