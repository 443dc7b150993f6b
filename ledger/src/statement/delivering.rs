//! What became of deliveries. News comes late, twice and out of order.

use time::Duration;

use super::{
    Bounced, Carried, Channel, Decision, Delivered, Delivery, DeliveryFailed, DeliverySucceeded,
    FailoverScheduled, Opened, RecordBounce, RecordDelivered, RecordDelivery, RecordOpened,
    ScheduleFailover, Statement, StatementError,
    aggregate::Document,
    authority::{Boundary, beyond},
    deciding::Course,
};

impl Statement {
    /// A carrier that took it after all proves a failure wrong; never the other way round.
    pub(super) fn record_delivery(&self, command: RecordDelivery) -> Decision {
        let RecordDelivery { attempted_at, carried, delivery } = command;
        let (document, known) = self.delivered(delivery)?;
        let (channel, patient) = (known.channel, document.patient.clone());
        let mut course = Course::of(self);
        match carried {
            _ if known.taken => {}
            Carried::Taken { cost, message_id } => course.then(|lifecycle_state| {
                DeliverySucceeded {
                    attempted_at,
                    channel,
                    cost,
                    delivery,
                    lifecycle_state,
                    message_id: message_id.clone(),
                    patient: patient.clone(),
                }
                .into()
            }),
            Carried::Failed(_) if known.failed => {}
            Carried::Failed(failure_code) => course.then(|lifecycle_state| {
                DeliveryFailed {
                    attempted_at,
                    channel,
                    delivery,
                    failure_code: failure_code.clone(),
                    lifecycle_state,
                    patient: patient.clone(),
                }
                .into()
            }),
        }
        Ok(course.events)
    }

    pub(super) fn record_delivered(&self, command: RecordDelivered) -> Decision {
        let RecordDelivered { delivered_at, delivery } = command;
        let (document, known) = self.delivered(delivery)?;
        if known.delivered || known.bounced {
            return Ok(vec![]);
        }
        let (channel, patient) = (known.channel, document.patient.clone());
        let mut course = Course::of(self);
        course.then(|lifecycle_state| {
            let patient = patient.clone();
            Delivered { channel, delivered_at, delivery, lifecycle_state, patient }.into()
        });
        Ok(course.events)
    }

    pub(super) fn record_opened(&self, command: RecordOpened) -> Decision {
        let RecordOpened { delivery, opened_at } = command;
        let (document, known) = self.delivered(delivery)?;
        if known.opened {
            return Ok(vec![]);
        }
        let (channel, patient) = (known.channel, document.patient.clone());
        let mut course = Course::of(self);
        course.then(|lifecycle_state| {
            let patient = patient.clone();
            Opened { channel, delivery, lifecycle_state, opened_at, patient }.into()
        });
        Ok(course.events)
    }

    /// What somebody opened did not come back.
    pub(super) fn record_bounce(&self, command: RecordBounce) -> Decision {
        let RecordBounce { bounced_at, delivery, failure_code } = command;
        let (document, known) = self.delivered(delivery)?;
        if known.bounced || known.opened {
            return Ok(vec![]);
        }
        let (channel, patient) = (known.channel, document.patient.clone());
        let mut course = Course::of(self);
        course.then(|lifecycle_state| {
            let (failure_code, patient) = (failure_code.clone(), patient.clone());
            Bounced { bounced_at, channel, delivery, failure_code, lifecycle_state, patient }.into()
        });
        Ok(course.events)
    }

    /// A letter will follow the e-mail or text message.
    pub(super) fn schedule_failover(&self, command: &ScheduleFailover) -> Decision {
        let document = self.current()?;
        let ScheduleFailover { by, delivery, failed_at } = command;
        let delivery = *delivery;
        self.may_note(by)?;
        if by.is_agent() && !by.terms.email_failover_to_mail {
            return beyond(Boundary::FailoverOff);
        }
        let known = self.delivery(delivery).ok_or(StatementError::UnknownDelivery { delivery })?;
        if !known.wants_letter() {
            return Err(StatementError::NotAFailedMessage { delivery });
        }
        if known.next_retry_at.is_some() || self.is_replaced(delivery) {
            return Ok(vec![]);
        }
        if !document.contacts.reach(Channel::PhysicalMail) {
            return Err(StatementError::NoContact { channel: Some(Channel::PhysicalMail) });
        }
        let wait = Duration::hours(i64::from(by.terms.failover_delay_hours));
        let next_retry_at = failed_at.checked_add(wait).unwrap_or(*failed_at);
        let delegation_revision = by.revision();
        Ok(vec![
            FailoverScheduled { by: by.by, delegation_revision, delivery, next_retry_at }.into(),
        ])
    }

    fn delivered(&self, delivery: u16) -> Result<(&Document, &Delivery), StatementError> {
        let document = self.known()?;
        let known = self.delivery(delivery).ok_or(StatementError::UnknownDelivery { delivery })?;
        Ok((document, known))
    }
}
