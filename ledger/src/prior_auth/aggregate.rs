//! What an authorization remembers, and how it hears its own history.

use std::collections::BTreeMap;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::{
    Approved, Decision, Draw, DrawDeferred, PriorAuthCommand, PriorAuthError, PriorAuthEvent,
    Requested, Status,
};
use crate::{decide::Decider, values::Units};

/// A payer's permission to bill one service for one patient.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PriorAuth {
    pub(super) approval: Option<Approved>,
    pub(super) drawn: BTreeMap<Uuid, Drawn>,
    pub(super) request: Option<Requested>,
    pub(super) status: Status,
    pub(super) units_left: Units,
    /// Draws that wait, the first first.
    pub(super) waiting: Vec<Draw>,
}

/// What a claim line took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// The day of service.
    pub service_on: Date,
    /// How many units.
    pub units: Units,
}

impl Decider for PriorAuth {
    fn decide(&self, command: PriorAuthCommand) -> Decision {
        match command {
            PriorAuthCommand::Request(command) => self.request(*command),
            PriorAuthCommand::Pend(command) => self.pend(command),
            PriorAuthCommand::Approve(command) => self.approve(command),
            PriorAuthCommand::Deny(command) => self.deny(command),
            PriorAuthCommand::Draw(command) => self.draw(command),
            PriorAuthCommand::DrawOrWait(command) => self.draw_or_wait(command),
            PriorAuthCommand::GiveBack(command) => self.give_back(command),
            PriorAuthCommand::Expire(command) => self.expire(command),
            PriorAuthCommand::MarkUsed(command) => self.mark_used(command),
            PriorAuthCommand::Cancel(command) => self.cancel(command),
        }
    }

    fn weight(&self) -> usize {
        let sealed = self.request.as_ref().map_or(0, |request| request.diagnoses.len() + 3);
        768 + sealed * 256 + (self.drawn.len() + self.waiting.len()) * 80
    }
}

impl Aggregate for PriorAuth {
    const TYPE: &'static str = "prior_auth";
    type Command = PriorAuthCommand;
    type Event = PriorAuthEvent;
    type Error = PriorAuthError;
    type Services = ();

    async fn handle(
        &mut self,
        command: PriorAuthCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), PriorAuthError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: PriorAuthEvent) {
        match event {
            PriorAuthEvent::Requested(event) => {
                self.status = Status::Requested;
                self.request = Some(*event);
            }
            PriorAuthEvent::Pended(_) => self.status = Status::Pended,
            PriorAuthEvent::Approved(event) => {
                self.status = event.status;
                self.units_left = event.units_left;
                self.approval = Some(event);
            }
            PriorAuthEvent::Denied(_) => self.status = Status::Denied,
            PriorAuthEvent::UnitsDrawn(event) => {
                self.units_left = event.units_left;
                let drawn = Drawn { service_on: event.service_on, units: event.units };
                self.drawn.insert(event.claim_line_id, drawn);
            }
            PriorAuthEvent::DrawDeferred(event) => {
                let DrawDeferred { claim_line_id, service_on, units, .. } = event;
                if !self.waits(claim_line_id) {
                    self.waiting.push(Draw { claim_line_id, service_on, units });
                }
            }
            PriorAuthEvent::DrawReleased(event) => {
                self.waiting.retain(|draw| draw.claim_line_id != event.claim_line_id);
            }
            PriorAuthEvent::UnitsGivenBack(event) => {
                self.status = event.status;
                self.units_left = event.units_left;
                self.drawn.remove(&event.claim_line_id);
            }
            PriorAuthEvent::Expired(_) => self.status = Status::Expired,
            PriorAuthEvent::MarkedUsed(_) => self.status = Status::Used,
            PriorAuthEvent::Canceled(_) => self.status = Status::Canceled,
        }
    }
}
