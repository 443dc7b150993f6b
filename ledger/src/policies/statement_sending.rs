//! A statement goes to the patient within the founder's delegation: sent when finalized, reminded
//! of at every level, followed by a letter when an e-mail or a text message failed. What is beyond
//! the delegation stays where it is, or waits for the founder or the account; the statement itself
//! says which.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Answer, Policy, Reaction, Refused};
use crate::{
    correspondence::Message,
    recorded::{LedgerEvent, Recorded},
    statement::{
        Authority, Channel, Contacts, Dispatch, History, Hold, HoldReason, Pick, Purpose,
        RecordContacts, ScheduleFailover, Sent, StatementCommand, StatementEvent,
    },
    store::outbox::NewMessage,
    values::{AnonymousRef, StatementId},
};

/// The policy.
///
/// - **Source:** contract S4.3 to S4.5.
#[derive(Debug, Clone, Copy)]
pub struct StatementSending;

/// What is remembered about a patient.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Addressee {
    /// As far as a statement said.
    contacts: Option<Contacts>,
    history: History,
}

impl Policy for StatementSending {
    const NAME: &'static str = "statement_sending";
    const VERSION: i32 = 1;
    type State = Addressee;

    fn hears(event_type: &str) -> bool {
        event_type.starts_with("billing.statement.")
    }

    fn key(event: &Recorded) -> Option<String> {
        let LedgerEvent::Statement(happened) = &event.event else { return None };
        patient(happened).map(|patient| patient.0.clone())
    }

    fn react(state: &mut Addressee, event: &Recorded) -> Vec<Reaction> {
        let LedgerEvent::Statement(happened) = &event.event else { return vec![] };
        state.history.hear(happened);
        let id = StatementId::new(event.aggregate_id);
        match happened {
            StatementEvent::Generated(generated) => {
                let reachable = Channel::ALL.iter().any(|way| generated.contacts.reach(*way));
                if reachable {
                    state.contacts = Some(generated.contacts.clone());
                    return vec![];
                }
                let known = state.contacts.clone();
                known.map(|contacts| tell(id, contacts, event.occurred_at)).into_iter().collect()
            }
            StatementEvent::ContactsRecorded(recorded) => {
                state.contacts = Some(recorded.contacts.clone());
                vec![send(state, id, event.occurred_at, None)]
            }
            StatementEvent::Finalized(_) | StatementEvent::Released(_) => {
                vec![send(state, id, event.occurred_at, None)]
            }
            StatementEvent::Escalated(escalated) => {
                vec![send(state, id, event.occurred_at, Some(escalated.escalation_level))]
            }
            // On the portal it is there already.
            StatementEvent::Sent(sent) if sent.channel == Channel::PatientPortal => vec![],
            StatementEvent::Sent(sent) => vec![post(id, sent)],
            StatementEvent::DeliveryFailed(failed) if is_electronic(failed.channel) => {
                vec![letter_later(id, failed.delivery, failed.attempted_at)]
            }
            StatementEvent::Bounced(bounced) if is_electronic(bounced.channel) => {
                vec![letter_later(id, bounced.delivery, bounced.bounced_at)]
            }
            _ => vec![],
        }
    }

    fn on_refusal(_state: &mut Addressee, event: &Recorded, refused: &Refused<'_>) -> Answer {
        let LedgerEvent::Statement(happened) = &event.event else { return Answer::Fail };
        let hold = |reason| {
            let held_on = event.occurred_at.date();
            let command = Hold { by: Authority::agent(), held_on, reason };
            let id = StatementId::new(event.aggregate_id);
            Answer::Commands(vec![Reaction::delegated(id, StatementCommand::Hold(command))])
        };
        let is_failover =
            matches!(happened, StatementEvent::DeliveryFailed(_) | StatementEvent::Bounced(_));
        match refused.code {
            "statement.above_threshold" => hold(HoldReason::AboveThreshold),
            "statement.not_entitled" => hold(HoldReason::NotEntitled),
            // Without an address there is no letter; the failed message is told as it is.
            "statement.no_contact" if !is_failover => hold(HoldReason::NoContact),
            "statement.no_contact"
            | "statement.awaits_founder"
            | "statement.closed"
            | "statement.escalation_off"
            | "statement.failover_off"
            | "statement.founder_override"
            | "statement.hard_boundary"
            | "statement.not_a_failed_message"
            | "statement.not_enabled"
            | "statement.not_finalized"
            | "statement.nothing_due"
            | "statement.sending_off" => Answer::Settled,
            _ => Answer::Fail,
        }
    }
}

fn tell(id: StatementId, contacts: Contacts, at: OffsetDateTime) -> Reaction {
    let command = RecordContacts { contacts, recorded_on: at.date() };
    Reaction::new(id, StatementCommand::RecordContacts(Box::new(command)))
}

fn send(state: &Addressee, id: StatementId, at: OffsetDateTime, level: Option<u8>) -> Reaction {
    let purpose = if level.is_some() { Purpose::FollowUp } else { Purpose::Statement };
    let command = Dispatch {
        by: Authority::agent(),
        history: state.history.clone(),
        level,
        pick: Pick::Best,
        purpose,
        replaces: None,
        sent_at: at,
        sent_on: at.date(),
    };
    Reaction::delegated(id, StatementCommand::Send(Box::new(command)))
}

fn letter_later(id: StatementId, delivery: u16, failed_at: OffsetDateTime) -> Reaction {
    let command = ScheduleFailover { by: Authority::agent(), delivery, failed_at };
    Reaction::delegated(id, StatementCommand::ScheduleFailover(command))
}

/// What a letter may follow.
const fn is_electronic(channel: Channel) -> bool {
    matches!(channel, Channel::Email | Channel::Sms)
}

fn post(id: StatementId, sent: &Sent) -> Reaction {
    let (channel, delivery) = (sent.channel, sent.delivery);
    Reaction::message(NewMessage {
        dedupe_key: format!("statement:{id}:delivery:{delivery}"),
        lane: String::new(),
        message: Message::Statement { channel, delivery, statement_id: id.uuid() },
        occurred_at: sent.sent_at,
    })
}

/// Whose statement it is, where the event matters here.
fn patient(event: &StatementEvent) -> Option<&AnonymousRef> {
    match event {
        StatementEvent::Generated(event) => Some(&event.patient),
        StatementEvent::ContactsRecorded(event) => Some(&event.patient),
        StatementEvent::Released(event) => Some(&event.patient),
        StatementEvent::Finalized(event) => Some(&event.patient),
        StatementEvent::Sent(event) => Some(&event.patient),
        StatementEvent::DeliverySucceeded(event) => Some(&event.patient),
        StatementEvent::DeliveryFailed(event) => Some(&event.patient),
        StatementEvent::Bounced(event) => Some(&event.patient),
        StatementEvent::Escalated(event) => Some(&event.patient),
        StatementEvent::Delivered(_)
        | StatementEvent::Opened(_)
        | StatementEvent::Decided(_)
        | StatementEvent::Held(_)
        | StatementEvent::Restated(_)
        | StatementEvent::Superseded(_)
        | StatementEvent::Voided(_)
        | StatementEvent::Overridden(_)
        | StatementEvent::FailoverScheduled(_)
        | StatementEvent::PlanOffered(_)
        | StatementEvent::PlanAccepted(_)
        | StatementEvent::PlanDeclined(_)
        | StatementEvent::InstalmentPaid(_)
        | StatementEvent::InstalmentMissed(_)
        | StatementEvent::PlanCompleted(_)
        | StatementEvent::PlanCanceled(_)
        | StatementEvent::PaymentRecorded(_)
        | StatementEvent::PaymentReversed(_)
        | StatementEvent::RefundCreated(_)
        | StatementEvent::RefundSettled(_)
        | StatementEvent::Adjusted(_)
        | StatementEvent::Paid(_) => None,
    }
}
