//! What happened to a statement.

mod collecting;
mod deciding;
mod document;
mod money;
mod sending;
mod words;

pub use collecting::*;
pub use deciding::*;
pub use document::*;
pub use money::*;
pub use sending::*;
pub use words::*;

events! {
    /// What happened to a statement.
    pub enum StatementEvent {
        /// It was drawn up, with its number.
        Generated(Box<Generated>) = "billing.statement.generated" @ 1;
        /// How the patient can be reached is known, or known otherwise.
        ContactsRecorded(Box<ContactsRecorded>) = "billing.statement.contacts_recorded" @ 1;
        /// Why something was done, or left to the founder.
        Decided(Box<Decided>) = "billing.statement.decided" @ 1;
        /// It waits for the founder.
        Held(Held) = "billing.statement.held" @ 1;
        /// The founder lets it go on.
        Released(Released) = "billing.statement.released" @ 1;
        /// It may go out; what it asks for is owed.
        Finalized(Finalized) = "billing.statement.finalized" @ 1;
        /// The claim asks the patient for something else.
        Restated(Restated) = "billing.statement.restated" @ 1;
        /// Another statement takes its place.
        Superseded(Superseded) = "billing.statement.superseded" @ 1;
        /// It is taken back for good.
        Voided(Voided) = "billing.statement.voided" @ 1;
        /// The founder took it over from the agent.
        Overridden(Overridden) = "billing.statement.overridden" @ 1;
        /// It was handed over to leave the house.
        Sent(Box<Sent>) = "billing.statement.sent" @ 1;
        /// A carrier took it.
        DeliverySucceeded(DeliverySucceeded) = "billing.statement.delivery_succeeded" @ 1;
        /// It did not leave, and nobody tries again this way.
        DeliveryFailed(DeliveryFailed) = "billing.statement.delivery_failed" @ 1;
        /// It will go by letter instead.
        FailoverScheduled(FailoverScheduled) = "billing.statement.failover_scheduled" @ 1;
        /// It arrived.
        Delivered(Delivered) = "billing.statement.delivered" @ 1;
        /// Somebody opened it.
        Opened(Opened) = "billing.statement.opened" @ 1;
        /// It came back.
        Bounced(Bounced) = "billing.statement.bounced" @ 1;
        /// It is overdue and a level of the schedule was reached.
        Escalated(Escalated) = "billing.statement.escalated" @ 1;
        /// The patient may pay in instalments.
        PlanOffered(PlanOffered) = "billing.statement.plan_offered" @ 1;
        /// The patient will.
        PlanAccepted(PlanAccepted) = "billing.statement.plan_accepted" @ 1;
        /// The patient will not.
        PlanDeclined(PlanDeclined) = "billing.statement.plan_declined" @ 1;
        /// An instalment is covered by payments.
        InstalmentPaid(InstalmentPaid) = "billing.statement.instalment_paid" @ 1;
        /// An instalment's day has passed and it is not covered.
        InstalmentMissed(InstalmentMissed) = "billing.statement.instalment_missed" @ 1;
        /// Every instalment is covered.
        PlanCompleted(PlanCompleted) = "billing.statement.plan_completed" @ 1;
        /// The plan no longer holds.
        PlanCanceled(PlanCanceled) = "billing.statement.plan_canceled" @ 1;
        /// The patient's money came in.
        PaymentRecorded(PaymentRecorded) = "billing.statement.payment_recorded" @ 1;
        /// It went back: bounced or charged back.
        PaymentReversed(PaymentReversed) = "billing.statement.payment_reversed" @ 1;
        /// What the patient paid too much is to go back.
        RefundCreated(RefundCreated) = "billing.statement.refund_created" @ 1;
        /// It went.
        RefundSettled(RefundSettled) = "billing.statement.refund_settled" @ 1;
        /// A person gave up part of it, or put a charge right.
        Adjusted(Adjusted) = "billing.statement.adjusted" @ 1;
        /// Nothing is due any more.
        Paid(Paid) = "billing.statement.paid" @ 1;
    }
}
