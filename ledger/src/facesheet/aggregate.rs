//! What a facesheet remembers, decides and hears.

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::{Date, Duration};

use super::{
    ANSWER_WITHIN_DAYS, Cancel, Canceled, Decision, Demographic, FacesheetCommand, FacesheetError,
    FacesheetEvent, MarkOverdue, OverdueMarked, Receive, Received, Request, Requested, Status,
    Widened,
};
use crate::decide::Decider;

/// The facesheet of one patient.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facesheet {
    due_on: Option<Date>,
    missing: Vec<Demographic>,
    received: Option<Received>,
    status: Status,
    times: u32,
}

impl Facesheet {
    /// Where the latest request stands.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What the latest request asks for.
    pub fn missing(&self) -> &[Demographic] {
        &self.missing
    }

    /// What came last, if anything did.
    pub fn received(&self) -> Option<&Received> {
        self.received.as_ref()
    }

    fn request(&self, request: Request) -> Decision {
        let Request { asked_of, missing, patient, patient_id, reason, requested_on } = request;
        if missing.is_empty() {
            return Err(FacesheetError::NothingMissing);
        }
        if self.status.is_open() {
            let all = sorted(self.missing.iter().copied().chain(missing));
            if all == self.missing {
                return Ok(vec![]);
            }
            return Ok(vec![Widened { missing: all, reason, widened_on: requested_on }.into()]);
        }
        let within = Duration::days(ANSWER_WITHIN_DAYS);
        let due_on = requested_on.checked_add(within).ok_or(FacesheetError::OutOfCalendar)?;
        let requested = Requested {
            asked_of,
            due_on,
            missing: sorted(missing.into_iter()),
            patient,
            patient_id,
            reason,
            requested_on,
            times: self.times.saturating_add(1),
        };
        Ok(vec![Box::new(requested).into()])
    }

    fn receive(&self, receive: Receive) -> Decision {
        let Receive { document, received_on, source, still_missing } = receive;
        let asked = still_missing.into_iter().filter(|one| self.missing.contains(one));
        let received = Received { document, received_on, source, still_missing: sorted(asked) };
        // Told twice, it came once.
        if self.status == Status::Received && self.received.as_ref() == Some(&received) {
            return Ok(vec![]);
        }
        self.must_be_open()?;
        Ok(vec![received.into()])
    }

    fn cancel(&self, Cancel { canceled_on, reason_code }: Cancel) -> Decision {
        if self.status == Status::Canceled {
            return Ok(vec![]);
        }
        self.must_be_open()?;
        Ok(vec![Canceled { canceled_on, reason_code }.into()])
    }

    fn mark_overdue(&self, MarkOverdue { today }: MarkOverdue) -> Decision {
        self.must_be_open()?;
        match self.due_on {
            _ if self.status == Status::Overdue => Ok(vec![]),
            Some(due_on) if today <= due_on => Err(FacesheetError::NotDue { due_on }),
            Some(due_on) => Ok(vec![OverdueMarked { due_on, marked_on: today }.into()]),
            None => Err(FacesheetError::Unknown),
        }
    }

    fn must_be_open(&self) -> Result<(), FacesheetError> {
        match self.status {
            Status::Unrequested => Err(FacesheetError::Unknown),
            Status::Received | Status::Canceled => {
                Err(FacesheetError::NotOpen { status: self.status })
            }
            Status::Requested | Status::Overdue => Ok(()),
        }
    }
}

/// Each once, in the order of the words.
fn sorted(demographics: impl Iterator<Item = Demographic>) -> Vec<Demographic> {
    let set: std::collections::BTreeSet<Demographic> = demographics.collect();
    set.into_iter().collect()
}

impl Decider for Facesheet {
    fn decide(&self, command: FacesheetCommand) -> Decision {
        match command {
            FacesheetCommand::Request(command) => self.request(*command),
            FacesheetCommand::Receive(command) => self.receive(command),
            FacesheetCommand::Cancel(command) => self.cancel(command),
            FacesheetCommand::MarkOverdue(command) => self.mark_overdue(command),
        }
    }

    fn weight(&self) -> usize {
        256
    }
}

impl Aggregate for Facesheet {
    const TYPE: &'static str = "facesheet";
    type Command = FacesheetCommand;
    type Event = FacesheetEvent;
    type Error = FacesheetError;
    type Services = ();

    async fn handle(
        &mut self,
        command: FacesheetCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), FacesheetError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: FacesheetEvent) {
        match event {
            FacesheetEvent::Requested(event) => {
                self.due_on = Some(event.due_on);
                self.missing = event.missing;
                self.status = Status::Requested;
                self.times = event.times;
            }
            FacesheetEvent::Widened(event) => self.missing = event.missing,
            FacesheetEvent::Received(event) => {
                self.status = Status::Received;
                self.received = Some(event);
            }
            FacesheetEvent::Canceled(_) => self.status = Status::Canceled,
            FacesheetEvent::OverdueMarked(_) => self.status = Status::Overdue,
        }
    }
}
