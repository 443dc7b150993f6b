//! Orders about a statement.

mod collecting;
mod sending;

use time::Date;

pub use collecting::*;
pub use sending::*;

use super::{Authority, Charge, Contacts, HoldReason, Parts};
use crate::{
    delegation::Terms,
    subscription::Subscription,
    values::{AnonymousRef, ClaimId, Code, Sealed, StatementId},
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
    /// Let it go on: the founder's word, or the agent's where only the account stood in the way.
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
    /// The same order under the settings and the account's standing in force; news is nobody's
    /// order.
    #[must_use]
    pub fn under(mut self, terms: &Terms, account: &Subscription) -> Self {
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
            *authority = authority.clone().under(terms, account);
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
