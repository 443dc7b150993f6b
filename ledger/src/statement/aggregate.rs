//! What a statement remembers, and how it hears its own history.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Channel, Charge, Contacts, Decision, Figures, HoldReason, Lifecycle, Plan, Purpose,
    StatementCommand, StatementError, StatementEvent, drafting,
};
use crate::{
    decide::Decider,
    invoice::PaymentMethod,
    values::{AnonymousRef, ClaimId, Money, Sealed, StatementId},
};

/// One statement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    pub(super) adjustments: BTreeMap<Uuid, Money>,
    /// Whether a person approved what it asks for.
    pub(super) approved: bool,
    pub(super) decisions: u16,
    pub(super) deliveries: BTreeMap<u16, Delivery>,
    pub(super) document: Option<Box<Document>>,
    pub(super) founder_override: bool,
    pub(super) held: Option<HoldReason>,
    /// Levels reached, and whether each is settled.
    pub(super) levels: BTreeMap<u8, bool>,
    pub(super) payments: BTreeMap<Uuid, PatientMoney>,
    pub(super) plans: BTreeMap<Uuid, Plan>,
    pub(super) refunds: BTreeMap<Uuid, RefundState>,
    pub(super) reversals: BTreeSet<Uuid>,
    /// The furthest step of the ladder: it never goes down.
    pub(super) reached: Lifecycle,
    pub(super) superseded_by: Option<StatementId>,
    pub(super) voided: bool,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Document {
    pub(super) charges: Vec<Charge>,
    pub(super) claim_id: Option<ClaimId>,
    pub(super) contacts: Contacts,
    pub(super) due_on: Date,
    pub(super) figures: Figures,
    pub(super) generated_on: Date,
    pub(super) number: String,
    pub(super) patient: AnonymousRef,
    pub(super) patient_id: Sealed<String>,
}

/// An attempt to bring it to the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// It came back.
    pub bounced: bool,
    /// In which way.
    pub channel: Channel,
    /// It arrived.
    pub delivered: bool,
    /// It did not leave.
    pub failed: bool,
    /// The level it reminds of.
    pub level: Option<u8>,
    /// When a letter follows, if one was scheduled.
    pub next_retry_at: Option<OffsetDateTime>,
    /// Somebody opened it.
    pub opened: bool,
    /// Why it was sent.
    pub purpose: Purpose,
    /// The failed delivery that it follows.
    pub replaces: Option<u16>,
    /// A carrier took it.
    pub taken: bool,
}

impl Delivery {
    /// Whether it did not reach the patient, as far as is known.
    pub const fn missed(&self) -> bool {
        (self.failed && !self.taken) || self.bounced
    }

    /// Whether a letter may go in its place.
    pub const fn wants_letter(&self) -> bool {
        self.missed() && matches!(self.channel, Channel::Email | Channel::Sms)
    }
}

/// The patient's money on the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PatientMoney {
    pub(super) amount: Money,
    /// What went back.
    pub(super) gone: Money,
    pub(super) method: PaymentMethod,
    pub(super) reversed: bool,
}

/// A refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RefundState {
    pub(super) amount: Money,
    pub(super) method: PaymentMethod,
    pub(super) settled: bool,
}

impl Decider for Statement {
    fn decide(&self, command: StatementCommand) -> Decision {
        match command {
            StatementCommand::Generate(command) => self.generate(*command),
            StatementCommand::RecordContacts(command) => self.record_contacts(*command),
            StatementCommand::Finalize(command) => self.finalize(&command),
            StatementCommand::Hold(command) => self.hold(&command),
            StatementCommand::Release(command) => self.release(&command),
            StatementCommand::FollowClaim(command) => self.follow_claim(*command),
            StatementCommand::Supersede(command) => self.supersede(command),
            StatementCommand::Void(command) => self.void(command),
            StatementCommand::Override(command) => self.take_over(command),
            StatementCommand::Send(command) => self.send(&command),
            StatementCommand::RecordDelivery(command) => self.record_delivery(command),
            StatementCommand::RecordDelivered(command) => self.record_delivered(command),
            StatementCommand::RecordOpened(command) => self.record_opened(command),
            StatementCommand::RecordBounce(command) => self.record_bounce(command),
            StatementCommand::ScheduleFailover(command) => self.schedule_failover(&command),
            StatementCommand::Escalate(command) => self.escalate(&command),
            StatementCommand::OfferPlan(command) => self.offer_plan(&command),
            StatementCommand::AcceptPlan(command) => self.accept_plan(command),
            StatementCommand::DeclinePlan(command) => self.decline_plan(command),
            StatementCommand::MissInstalments(command) => self.miss_instalments(command),
            StatementCommand::CancelPlan(command) => self.cancel_plan(command),
            StatementCommand::RecordPayment(command) => self.record_payment(command),
            StatementCommand::ReversePayment(command) => self.reverse_payment(command),
            StatementCommand::Refund(command) => self.refund(command),
            StatementCommand::SettleRefund(command) => self.settle_refund(command),
            StatementCommand::Adjust(command) => self.adjust(command),
        }
    }

    fn series(command: &StatementCommand) -> Option<String> {
        match command {
            StatementCommand::Generate(command) => Some(drafting::series(command.generated_on)),
            _ => None,
        }
    }

    fn assign_number(command: &mut StatementCommand, number: i64) {
        if let StatementCommand::Generate(command) = command {
            command.number = Some(number);
        }
    }

    fn weight(&self) -> usize {
        let charges = self.document.as_ref().map_or(0, |document| document.charges.len());
        let plans: usize = self.plans.values().map(|plan| 128 + plan.instalments.len() * 48).sum();
        2048 + charges * 320
            + plans
            + self.deliveries.len() * 128
            + (self.payments.len() + self.refunds.len() + self.adjustments.len()) * 96
    }
}

impl Aggregate for Statement {
    const TYPE: &'static str = "statement";
    type Command = StatementCommand;
    type Event = StatementEvent;
    type Error = StatementError;
    type Services = ();

    async fn handle(
        &mut self,
        command: StatementCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), StatementError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: StatementEvent) {
        self.hear(event);
    }
}
