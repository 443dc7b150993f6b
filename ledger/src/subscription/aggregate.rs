//! State.

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use super::{SubscriptionCommand, SubscriptionError, SubscriptionEvent};
use crate::{decide::Decider, recorded::LedgerEvent};

/// State.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subscription {}

impl Decider for Subscription {
    fn decide(&self, _command: SubscriptionCommand) -> Result<Vec<SubscriptionEvent>, SubscriptionError> {
        Ok(vec![])
    }

    fn own(event: LedgerEvent) -> Option<SubscriptionEvent> {
        match event {
            LedgerEvent::Subscription(event) => Some(event),
            LedgerEvent::PatientActivation(_) | LedgerEvent::Invoice(_) | LedgerEvent::Subject(_) => None,
        }
    }
}

impl Aggregate for Subscription {
    const TYPE: &'static str = "subscription";
    type Command = SubscriptionCommand;
    type Event = SubscriptionEvent;
    type Error = SubscriptionError;
    type Services = ();

    async fn handle(
        &mut self,
        command: SubscriptionCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SubscriptionError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, _event: SubscriptionEvent) {}
}
