//! Orders about a statement.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    AdjustmentKind, Authority, Channel, Charge, Contacts, History, HoldReason, Parts, Purpose,
};
use crate::{
    delegation::Terms,
    invoice::PaymentMethod,
    values::{AnonymousRef, ClaimId, Code, Money, Sealed, StatementId},
};

/// Orders about a statement, and news of it.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementCommand {
    /// Draw it up; the agent also finalizes it, or leaves it to the founder.
    Generate(Box<Generate>),
    /// Note how the patient can be reached.
    RecordContacts(Box<RecordContacts>),
    /// Let it go out.
    Finalize(Finalize),
    /// Let it wait for the founder.
    Hold(Hold),
    /// Let it go on: the founder's word.
    Release(Release),
    /// Ask for what the claim asks for now.
    FollowClaim(Box<FollowClaim>),
    /// Another statement takes its place.
    Supersede(Supersede),
    /// Take it back for good: the founder's word.
    Void(Void),
    /// Take it over from the agent: the founder's word.
    Override(Override),
    /// Hand it over to leave the house.
    Send(Box<Dispatch>),
    /// A carrier took it, or it did not leave.
    RecordDelivery(RecordDelivery),
    /// It arrived.
    RecordDelivered(RecordDelivered),
    /// Somebody opened it.
    RecordOpened(RecordOpened),
    /// It came back.
    RecordBounce(RecordBounce),
    /// Send a letter after an e-mail that failed, later.
    ScheduleFailover(ScheduleFailover),
    /// A level of the schedule is reached.
    Escalate(Escalate),
    /// Offer instalments.
    OfferPlan(OfferPlan),
    /// The patient accepts.
    AcceptPlan(AcceptPlan),
    /// The patient declines.
    DeclinePlan(DeclinePlan),
    /// Note instalments whose day has passed.
    MissInstalments(MissInstalments),
    /// End the plan.
    CancelPlan(CancelPlan),
    /// The patient's money came in.
    RecordPayment(RecordPayment),
    /// It went back.
    ReversePayment(ReversePayment),
    /// Give back what was paid too much.
    Refund(Refund),
    /// The refund went.
    SettleRefund(SettleRefund),
    /// Give something up, or put a charge right: a person's word.
    Adjust(Adjust),
}

impl StatementCommand {
    /// The same order under the settings in force; news is nobody's order.
    #[must_use]
    pub fn under(mut self, terms: &Terms) -> Self {
        let authority = match &mut self {
            Self::Generate(command) => Some(&mut command.by),
            Self::Finalize(command) => Some(&mut command.by),
            Self::Hold(command) => Some(&mut command.by),
            Self::Release(command) => Some(&mut command.by),
            Self::Void(command) => Some(&mut command.by),
            Self::Override(command) => Some(&mut command.by),
            Self::Send(command) => Some(&mut command.by),
            Self::ScheduleFailover(command) => Some(&mut command.by),
            Self::Escalate(command) => Some(&mut command.by),
            Self::OfferPlan(command) => Some(&mut command.by),
            Self::CancelPlan(command) => Some(&mut command.by),
            Self::Adjust(command) => Some(&mut command.by),
            Self::RecordContacts(_)
            | Self::FollowClaim(_)
            | Self::Supersede(_)
            | Self::RecordDelivery(_)
            | Self::RecordDelivered(_)
            | Self::RecordOpened(_)
            | Self::RecordBounce(_)
            | Self::AcceptPlan(_)
            | Self::DeclinePlan(_)
            | Self::MissInstalments(_)
            | Self::RecordPayment(_)
            | Self::ReversePayment(_)
            | Self::Refund(_)
            | Self::SettleRefund(_) => None,
        };
        if let Some(authority) = authority {
            *authority.terms = terms.clone();
        }
        self
    }
}

/// See [`StatementCommand::Generate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Generate {
    /// Who.
    pub by: Authority,
    /// The caller's own id of the call or visit.
    pub call_id: Option<Sealed<String>>,
    /// What was done.
    pub charges: Vec<Charge>,
    /// The claim that holds the money, if there is one.
    pub claim_id: Option<ClaimId>,
    /// How the patient can be reached.
    pub contacts: Contacts,
    /// The last day to pay.
    pub due_on: Date,
    /// The day of the statement.
    pub generated_on: Date,
    /// Assigned by the store from the month's series; callers leave it out.
    pub number: Option<i64>,
    /// The figures that the others follow from; the total is that of the charges.
    pub parts: Parts,
    /// The patient as invoices know them.
    pub patient: AnonymousRef,
    /// The caller's own id of the patient.
    pub patient_id: Sealed<String>,
    /// The statement whose place it takes.
    pub supersedes: Option<StatementId>,
}

/// See [`StatementCommand::RecordContacts`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordContacts {
    /// How the patient can be reached.
    pub contacts: Contacts,
    /// When.
    pub recorded_on: Date,
}

/// See [`StatementCommand::Finalize`].
#[derive(Debug, Clone, PartialEq)]
pub struct Finalize {
    /// Who.
    pub by: Authority,
    /// When.
    pub finalized_on: Date,
}

/// See [`StatementCommand::Hold`].
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    /// Who; whoever may ask may also ask for the founder.
    pub by: Authority,
    /// When.
    pub held_on: Date,
    /// Why.
    pub reason: HoldReason,
}

/// See [`StatementCommand::Release`].
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Who.
    pub by: Authority,
    /// When.
    pub released_on: Date,
}

/// See [`StatementCommand::FollowClaim`].
#[derive(Debug, Clone, PartialEq)]
pub struct FollowClaim {
    /// What was done, as the claim says now.
    pub charges: Vec<Charge>,
    /// When.
    pub followed_on: Date,
    /// The claim's figures.
    pub parts: Parts,
}

/// See [`StatementCommand::Supersede`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Supersede {
    /// The statement that takes its place.
    pub superseded_by: StatementId,
    /// When.
    pub superseded_on: Date,
}

/// See [`StatementCommand::Void`].
#[derive(Debug, Clone, PartialEq)]
pub struct Void {
    /// Who.
    pub by: Authority,
    /// Why.
    pub reason_code: Code,
    /// When.
    pub voided_on: Date,
}

/// See [`StatementCommand::Override`].
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// Who.
    pub by: Authority,
    /// When.
    pub overridden_on: Date,
    /// Why.
    pub reason: Sealed<String>,
}

/// In which way a statement is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// As [`super::select_channel`] says.
    Best,
    /// As a person says.
    Channel(Channel),
}

/// See [`StatementCommand::Send`].
#[derive(Debug, Clone, PartialEq)]
pub struct Dispatch {
    /// Who.
    pub by: Authority,
    /// What became of earlier deliveries to the patient.
    pub history: History,
    /// The level it reminds of; for [`Purpose::FollowUp`].
    pub level: Option<u8>,
    /// In which way; a letter for [`Purpose::Failover`].
    pub pick: Pick,
    /// Why.
    pub purpose: Purpose,
    /// The failed delivery; for [`Purpose::Failover`].
    pub replaces: Option<u16>,
    /// When.
    pub sent_at: OffsetDateTime,
    /// The day of that, in the org's zone.
    pub sent_on: Date,
}

/// What a carrier says.
#[derive(Debug, Clone, PartialEq)]
pub enum Carried {
    /// It took it.
    Taken {
        /// What a letter costs.
        cost: Option<Money>,
        /// Its own id of it.
        message_id: Option<Code>,
    },
    /// It did not leave; why.
    Failed(Code),
}

/// See [`StatementCommand::RecordDelivery`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDelivery {
    /// When.
    pub attempted_at: OffsetDateTime,
    /// What the carrier says.
    pub carried: Carried,
    /// Which delivery.
    pub delivery: u16,
}

/// See [`StatementCommand::RecordDelivered`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordDelivered {
    /// When.
    pub delivered_at: OffsetDateTime,
    /// Which delivery.
    pub delivery: u16,
}

/// See [`StatementCommand::RecordOpened`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordOpened {
    /// Which delivery.
    pub delivery: u16,
    /// When.
    pub opened_at: OffsetDateTime,
}

/// See [`StatementCommand::RecordBounce`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordBounce {
    /// When.
    pub bounced_at: OffsetDateTime,
    /// Which delivery.
    pub delivery: u16,
    /// Why.
    pub failure_code: Code,
}

/// See [`StatementCommand::ScheduleFailover`].
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleFailover {
    /// Who.
    pub by: Authority,
    /// Which delivery failed.
    pub delivery: u16,
    /// When it failed: the wait counts from here.
    pub failed_at: OffsetDateTime,
}

/// See [`StatementCommand::Escalate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Escalate {
    /// Who.
    pub by: Authority,
    /// Today, in the org's zone.
    pub escalated_on: Date,
    /// The level that is reached, from 1.
    pub level: u8,
    /// Names the plan, if one is offered with it.
    pub plan_id: Uuid,
}

/// See [`StatementCommand::OfferPlan`].
#[derive(Debug, Clone, PartialEq)]
pub struct OfferPlan {
    /// Who.
    pub by: Authority,
    /// The last day to pay the first instalment; the others follow month by month.
    pub first_due_on: Date,
    /// How many instalments.
    pub months: u16,
    /// When.
    pub offered_on: Date,
    /// Names the plan.
    pub plan_id: Uuid,
}

/// See [`StatementCommand::AcceptPlan`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AcceptPlan {
    /// When.
    pub accepted_on: Date,
    /// Which.
    pub plan_id: Uuid,
}

/// See [`StatementCommand::DeclinePlan`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeclinePlan {
    /// When.
    pub declined_on: Date,
    /// Which.
    pub plan_id: Uuid,
}

/// See [`StatementCommand::MissInstalments`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MissInstalments {
    /// Today, in the org's zone.
    pub today: Date,
}

/// See [`StatementCommand::CancelPlan`].
#[derive(Debug, Clone, PartialEq)]
pub struct CancelPlan {
    /// Who.
    pub by: Authority,
    /// When.
    pub canceled_on: Date,
    /// Which.
    pub plan_id: Uuid,
    /// Why.
    pub reason_code: Code,
}

/// See [`StatementCommand::RecordPayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPayment {
    /// How much: above zero, and not more than is due.
    pub amount: Money,
    /// How it came.
    pub method: PaymentMethod,
    /// Names the payment; a second time changes nothing.
    pub payment_id: Uuid,
    /// When.
    pub received_on: Date,
    /// Cheque number, provider id, …
    pub reference: Option<Sealed<String>>,
}

/// See [`StatementCommand::ReversePayment`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReversePayment {
    /// Which.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// When.
    pub reversed_on: Date,
}

/// See [`StatementCommand::Refund`].
#[derive(Debug, Clone, PartialEq)]
pub struct Refund {
    /// How much: not more than was paid too much, nor than is left of the payment.
    pub amount: Money,
    /// When.
    pub created_on: Date,
    /// Of which payment.
    pub payment_id: Uuid,
    /// Why.
    pub reason_code: Code,
    /// Names the refund; a second time changes nothing.
    pub refund_id: Uuid,
}

/// See [`StatementCommand::SettleRefund`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SettleRefund {
    /// Which.
    pub refund_id: Uuid,
    /// When.
    pub settled_on: Date,
}

/// See [`StatementCommand::Adjust`].
#[derive(Debug, Clone, PartialEq)]
pub struct Adjust {
    /// When.
    pub adjusted_on: Date,
    /// Names it; a second time changes nothing.
    pub adjustment_id: Uuid,
    /// What comes off: above zero, and not more than is due.
    pub amount: Money,
    /// Who.
    pub by: Authority,
    /// What it is.
    pub kind: AdjustmentKind,
    /// Why, in words.
    pub note: Option<Sealed<String>>,
    /// Why.
    pub reason_code: Code,
}
