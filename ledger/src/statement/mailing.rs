//! The statement leaves the house.

use super::{
    Authority, Boundary, By, Channel, Choice, Decision, DecisionType, Delivered, DeliverySucceeded,
    Dispatch, Lifecycle, Pick, Purpose, Rationale, Risk, Sent, Statement, StatementError,
    aggregate::Document,
    authority::beyond,
    channel::{Tally, select_channel},
    deciding::{Course, Reasons},
};
use crate::delegation::HardBoundary;

impl Statement {
    pub(super) fn send(&self, command: &Dispatch) -> Decision {
        let document = self.current()?;
        let by = &command.by;
        if by.is_agent() {
            self.may_send(command)?;
            if self.has_sent(command) {
                return Ok(vec![]);
            }
        } else if by.by == By::Staff {
            self.admit(by)?;
        }
        let balance_due = document.figures.balance_due;
        if !balance_due.is_positive() {
            return Err(StatementError::NothingDue { balance_due });
        }
        self.check_failover(command)?;
        let choice = self.choose(document, command)?;
        let mut course = Course::of(self);
        if self.held.is_some() {
            course.release(by, command.sent_on);
        }
        if self.reached < Lifecycle::Finalized {
            course.finalize(by, command.sent_on);
        }
        course.send(command, document, &choice);
        Ok(course.events)
    }

    /// The agent's part of the delegation.
    fn may_send(&self, command: &Dispatch) -> Result<(), StatementError> {
        self.admit(&command.by)?;
        let document = self.finalized()?;
        let terms = &command.by.terms;
        let (allowed, boundary) = match command.purpose {
            Purpose::Statement => (terms.auto_send_statements, Boundary::SendingOff),
            Purpose::FollowUp => (terms.auto_escalate_overdue, Boundary::EscalationOff),
            Purpose::Failover => (terms.email_failover_to_mail, Boundary::FailoverOff),
            // Sending once more is a person's idea.
            Purpose::Resend => (false, Boundary::SendingOff),
        };
        if !allowed {
            return beyond(boundary);
        }
        if !self.within_threshold(&command.by, document.figures.balance_due) {
            return beyond(Boundary::AboveThreshold);
        }
        // A reminder is of a level that was reached.
        let reached = command.level.is_some_and(|level| self.levels.contains_key(&level));
        if command.purpose == Purpose::FollowUp && !reached {
            return beyond(Boundary::EscalationOff);
        }
        Ok(())
    }

    /// What the agent does once.
    fn has_sent(&self, command: &Dispatch) -> bool {
        self.deliveries.values().any(|delivery| match command.purpose {
            Purpose::Statement => delivery.purpose != Purpose::FollowUp,
            Purpose::FollowUp => {
                delivery.purpose == Purpose::FollowUp && delivery.level == command.level
            }
            Purpose::Failover => {
                delivery.replaces.is_some() && delivery.replaces == command.replaces
            }
            Purpose::Resend => false,
        })
    }

    /// A letter follows an e-mail or a text message that failed, once, and the agent's not before its time.
    fn check_failover(&self, command: &Dispatch) -> Result<(), StatementError> {
        if command.purpose != Purpose::Failover {
            return Ok(());
        }
        let delivery = command.replaces.unwrap_or(0);
        let failed = self.delivery(delivery).ok_or(StatementError::UnknownDelivery { delivery })?;
        if !failed.wants_letter() || self.is_replaced(delivery) {
            return Err(StatementError::NotAFailedMessage { delivery });
        }
        let next_retry_at = failed.next_retry_at;
        let is_time = next_retry_at.is_some_and(|at| at <= command.sent_at);
        if command.by.is_agent() && !is_time {
            return Err(StatementError::FailoverNotDue { next_retry_at });
        }
        Ok(())
    }

    fn what_failed(&self, command: &Dispatch) -> Rationale {
        let failed = command.replaces.and_then(|delivery| self.delivery(delivery));
        match failed.map(|delivery| delivery.channel) {
            Some(Channel::Sms) => Rationale::TextFailed,
            _ => Rationale::EmailFailed,
        }
    }

    fn choose(&self, document: &Document, command: &Dispatch) -> Result<Choice, StatementError> {
        let contacts = &document.contacts;
        let given = |channel: Channel, rationale: Rationale| {
            if contacts.reach(channel) {
                Ok(Choice::given(channel, rationale))
            } else {
                Err(StatementError::NoContact { channel: Some(channel) })
            }
        };
        let choice = match (command.purpose, command.pick) {
            (Purpose::Failover, _) => given(Channel::PhysicalMail, self.what_failed(command))?,
            (_, Pick::Channel(channel)) if !command.by.is_agent() => {
                given(channel, Rationale::ChosenByPerson)?
            }
            (_, _) => select_channel(
                &command.history,
                document.figures.balance_due,
                contacts,
                &command.by.terms,
            )
            .ok_or(StatementError::NoContact { channel: None })?,
        };
        let no_texts = |authority: &Authority| {
            authority.is_agent()
                && authority.terms.hard_boundaries.contains(&HardBoundary::SendTextMessages)
        };
        if choice.channel == Channel::Sms && no_texts(&command.by) {
            return beyond(Boundary::Hard(HardBoundary::SendTextMessages));
        }
        Ok(choice)
    }
}

impl Course {
    fn send(&mut self, command: &Dispatch, document: &Document, choice: &Choice) {
        let last = self.statement.deliveries.keys().next_back().copied().unwrap_or(0);
        let delivery = last.saturating_add(1);
        let (by, contacts) = (&command.by, &document.contacts);
        let to = |channel: Channel| choice.channel == channel;
        if choice.rationale != Rationale::ChosenByPerson {
            self.because(by, command.sent_on, reasons(command, choice, delivery));
        }
        let tally = command.history.of(choice.channel);
        self.then(|lifecycle_state| {
            let sent = Sent {
                ai_selected_channel: choice.rationale != Rationale::ChosenByPerson,
                balance_due: document.figures.balance_due,
                by: by.by,
                certified: choice.certified,
                channel: choice.channel,
                delivery,
                email_address: contacts.email.clone().filter(|_| to(Channel::Email)),
                level: command.level,
                lifecycle_state,
                patient: document.patient.clone(),
                phone: contacts.phone.clone().filter(|_| to(Channel::Sms)),
                physical_address: contacts
                    .physical_address
                    .clone()
                    .filter(|_| to(Channel::PhysicalMail)),
                purpose: command.purpose,
                rationale: choice.rationale,
                replaces: command.replaces,
                retry_count: last,
                sent_at: command.sent_at,
                success_rate_bp: (tally.attempts > 0).then(|| Tally::rate_bp(tally)),
            };
            Box::new(sent).into()
        });
        if to(Channel::PatientPortal) {
            self.publish(command, document, delivery);
        }
    }

    /// On the portal it is there as soon as it is sent: nothing has to leave the house.
    fn publish(&mut self, command: &Dispatch, document: &Document, delivery: u16) {
        let (at, channel) = (command.sent_at, Channel::PatientPortal);
        let patient = || document.patient.clone();
        self.then(|lifecycle_state| {
            DeliverySucceeded {
                attempted_at: at,
                channel,
                cost: None,
                delivery,
                lifecycle_state,
                message_id: None,
                patient: patient(),
            }
            .into()
        });
        self.then(|lifecycle_state| {
            Delivered { channel, delivered_at: at, delivery, lifecycle_state, patient: patient() }
                .into()
        });
    }
}

fn reasons(command: &Dispatch, choice: &Choice, delivery: u16) -> Reasons {
    let is_failover = command.purpose == Purpose::Failover;
    Reasons {
        alternatives: choice.alternatives.clone(),
        // Whoever asks for the agent's choice has it carried out.
        auto_executed: true,
        channel: Some(choice.channel),
        confidence_bp: choice.confidence_bp,
        decision_type: if is_failover {
            DecisionType::Failover
        } else {
            DecisionType::ChannelSelection
        },
        delivery: Some(delivery),
        factors: choice.factors.clone(),
        rationale: choice.rationale,
        risk: if is_failover { Risk::Low } else { choice.risk },
    }
}
