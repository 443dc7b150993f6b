//! What a payment remembers, and how it hears its own history.

use std::collections::BTreeMap;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};

use super::{
    ClaimAdvised, Decision, DepositMatched, ParkReason, Received, RemittanceCommand,
    RemittanceError, RemittanceEvent,
};
use crate::decide::Decider;

/// One payment of a payer. What is posted is forgotten; what waits is kept whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Remittance {
    pub(super) deposit: Option<DepositMatched>,
    pub(super) received: Option<Received>,
    pub(super) waiting: BTreeMap<u32, Waiting>,
}

/// A claim of the payment that is not posted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// What the payer says.
    pub advised: ClaimAdvised,
    /// Why it cannot be posted, once that was tried.
    pub parked: Option<ParkReason>,
}

impl Remittance {
    /// The payment as it came.
    pub fn received(&self) -> Option<&Received> {
        self.received.as_ref()
    }

    /// The claims of it that are not posted, by their place.
    pub fn waiting(&self) -> &BTreeMap<u32, Waiting> {
        &self.waiting
    }

    /// The deposit that settled it.
    pub fn deposit(&self) -> Option<&DepositMatched> {
        self.deposit.as_ref()
    }
}

impl Decider for Remittance {
    fn decide(&self, command: RemittanceCommand) -> Decision {
        match command {
            RemittanceCommand::Receive(command) => self.receive(command),
            RemittanceCommand::MarkPosted(command) => self.mark_posted(command),
            RemittanceCommand::Park(command) => self.park(command),
            RemittanceCommand::MatchDeposit(command) => self.match_deposit(command),
        }
    }

    fn weight(&self) -> usize {
        let waiting: usize = self.waiting.values().map(Waiting::weight).sum();
        let adjusted =
            self.received.as_ref().map_or(0, |received| received.provider_adjustments.len());
        1024 + adjusted * 96 + waiting
    }
}

impl Waiting {
    fn weight(&self) -> usize {
        let advice = &self.advised.advice;
        512 + advice.lines.len() * 256 + advice.all_adjustments().count() * 96
    }
}

impl Aggregate for Remittance {
    const TYPE: &'static str = "remittance";
    type Command = RemittanceCommand;
    type Event = RemittanceEvent;
    type Error = RemittanceError;
    type Services = ();

    async fn handle(
        &mut self,
        command: RemittanceCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), RemittanceError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: RemittanceEvent) {
        match event {
            RemittanceEvent::Received(event) => self.received = Some(event),
            RemittanceEvent::ClaimAdvised(advised) => {
                self.waiting.insert(advised.sequence, Waiting { advised, parked: None });
            }
            RemittanceEvent::ClaimPosted(event) => drop(self.waiting.remove(&event.sequence)),
            RemittanceEvent::ClaimParked(event) => {
                if let Some(waiting) = self.waiting.get_mut(&event.sequence) {
                    waiting.parked = Some(event.reason);
                }
            }
            RemittanceEvent::DepositMatched(event) => self.deposit = Some(event),
        }
    }
}
