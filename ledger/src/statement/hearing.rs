//! How a statement hears its own history. Where it stands follows from what happened; the word in
//! an event is for readers.

use super::{
    Channel, Delivery, Figures, Generated, HoldReason, Lifecycle, Plan, PlanState, Sent, Statement,
    StatementEvent,
    aggregate::{Document, PatientMoney, RefundState},
};
use crate::values::Money;

impl Statement {
    pub(super) fn hear(&mut self, event: StatementEvent) {
        match event {
            StatementEvent::Generated(event) => self.hear_generated(*event),
            StatementEvent::ContactsRecorded(event) => {
                let reachable = Channel::ALL.iter().any(|way| event.contacts.reach(*way));
                if reachable && self.held == Some(HoldReason::NoContact) {
                    self.held = None;
                }
                if let Some(document) = &mut self.document {
                    document.contacts = event.contacts;
                }
            }
            StatementEvent::Decided(event) => self.decisions = self.decisions.max(event.decision),
            StatementEvent::Held(event) => self.held = Some(event.reason),
            StatementEvent::Released(event) => {
                self.held = None;
                self.approved |= event.by != super::By::Agent;
            }
            StatementEvent::Finalized(event) => {
                self.approved |= event.by != super::By::Agent;
                self.reach(Lifecycle::Finalized);
            }
            StatementEvent::Restated(event) => {
                self.approved = false;
                self.hear_figures(event.figures);
                if let Some(document) = &mut self.document {
                    document.charges = event.charges;
                }
            }
            StatementEvent::Superseded(event) => self.superseded_by = Some(event.superseded_by),
            StatementEvent::Voided(_) => self.voided = true,
            StatementEvent::Overridden(_) => self.founder_override = true,
            StatementEvent::Sent(event) => self.hear_sent(&event),
            StatementEvent::DeliverySucceeded(_)
            | StatementEvent::DeliveryFailed(_)
            | StatementEvent::FailoverScheduled(_)
            | StatementEvent::Delivered(_)
            | StatementEvent::Opened(_)
            | StatementEvent::Bounced(_) => self.hear_delivery(&event),
            StatementEvent::Escalated(event) => {
                self.levels.entry(event.escalation_level).or_insert(false);
            }
            StatementEvent::PlanOffered(_)
            | StatementEvent::PlanAccepted(_)
            | StatementEvent::PlanDeclined(_)
            | StatementEvent::InstalmentPaid(_)
            | StatementEvent::InstalmentMissed(_)
            | StatementEvent::PlanCompleted(_)
            | StatementEvent::PlanCanceled(_) => self.hear_plan(event),
            StatementEvent::PaymentRecorded(_)
            | StatementEvent::PaymentReversed(_)
            | StatementEvent::RefundCreated(_)
            | StatementEvent::RefundSettled(_)
            | StatementEvent::Adjusted(_)
            | StatementEvent::Paid(_) => self.hear_money(event),
        }
    }

    fn hear_generated(&mut self, event: Generated) {
        self.reach(Lifecycle::Drafted);
        self.document = Some(Box::new(Document {
            charges: event.charges,
            claim_id: event.claim_id,
            contacts: event.contacts,
            due_on: event.due_on,
            figures: event.figures,
            generated_on: event.generated_on,
            number: event.number,
            patient: event.patient,
            patient_id: event.patient_id,
        }));
    }

    fn hear_sent(&mut self, event: &Sent) {
        self.reach(Lifecycle::Sent);
        self.deliveries.entry(event.delivery).or_insert(Delivery {
            bounced: false,
            channel: event.channel,
            delivered: false,
            failed: false,
            level: event.level,
            next_retry_at: None,
            opened: false,
            purpose: event.purpose,
            replaces: event.replaces,
            taken: false,
        });
    }

    fn hear_delivery(&mut self, event: &StatementEvent) {
        let (number, reached) = match event {
            StatementEvent::DeliverySucceeded(event) => (event.delivery, Lifecycle::Sent),
            StatementEvent::DeliveryFailed(event) => (event.delivery, Lifecycle::Sent),
            StatementEvent::FailoverScheduled(event) => (event.delivery, Lifecycle::Sent),
            StatementEvent::Delivered(event) => (event.delivery, Lifecycle::Delivered),
            StatementEvent::Opened(event) => (event.delivery, Lifecycle::Opened),
            StatementEvent::Bounced(event) => (event.delivery, Lifecycle::Sent),
            _ => return,
        };
        self.reach(reached);
        let Some(delivery) = self.deliveries.get_mut(&number) else { return };
        match event {
            StatementEvent::DeliverySucceeded(_) => delivery.taken = true,
            StatementEvent::DeliveryFailed(_) => delivery.failed = true,
            StatementEvent::FailoverScheduled(event) => {
                delivery.next_retry_at = Some(event.next_retry_at);
            }
            StatementEvent::Delivered(_) => {
                delivery.delivered = true;
                delivery.taken = true;
            }
            StatementEvent::Opened(_) => {
                delivery.opened = true;
                delivery.taken = true;
            }
            StatementEvent::Bounced(_) => delivery.bounced = true,
            _ => {}
        }
    }

    fn hear_plan(&mut self, event: StatementEvent) {
        let (id, state) = match event {
            StatementEvent::PlanOffered(event) => {
                self.plans.entry(event.plan_id).or_insert_with(|| Plan::of(event));
                return;
            }
            StatementEvent::InstalmentPaid(event) => {
                if let Some(plan) = self.plans.get_mut(&event.plan_id) {
                    plan.paid.insert(event.instalment.number);
                }
                return;
            }
            StatementEvent::InstalmentMissed(event) => {
                if let Some(plan) = self.plans.get_mut(&event.plan_id) {
                    plan.missed.insert(event.instalment.number);
                }
                return;
            }
            StatementEvent::PlanAccepted(event) => (event.plan_id, PlanState::Active),
            StatementEvent::PlanDeclined(event) => (event.plan_id, PlanState::Declined),
            StatementEvent::PlanCompleted(event) => (event.plan_id, PlanState::Completed),
            StatementEvent::PlanCanceled(event) => (event.plan_id, PlanState::Canceled),
            _ => return,
        };
        if let Some(plan) = self.plans.get_mut(&id) {
            plan.state = state;
        }
    }

    fn hear_money(&mut self, event: StatementEvent) {
        match event {
            StatementEvent::PaymentRecorded(event) => {
                self.hear_figures(event.figures);
                let gone = Money::zero(event.amount.currency());
                let (amount, method) = (event.amount, event.method);
                let money = PatientMoney { amount, gone, method, reversed: false };
                self.payments.entry(event.payment_id).or_insert(money);
            }
            StatementEvent::PaymentReversed(event) => {
                self.hear_figures(event.figures);
                if let Some(money) = self.payments.get_mut(&event.payment_id) {
                    money.gone = money.amount;
                    money.reversed = true;
                }
            }
            StatementEvent::RefundCreated(event) => {
                self.hear_figures(event.figures);
                let state =
                    RefundState { amount: event.amount, method: event.method, settled: false };
                if self.refunds.contains_key(&event.refund_id) {
                    return;
                }
                self.refunds.insert(event.refund_id, state);
                if let Some(money) = self.payments.get_mut(&event.payment_id) {
                    // Decided with the sum in range.
                    money.gone = money.gone.plus(event.amount).unwrap_or(money.gone);
                }
            }
            StatementEvent::RefundSettled(event) => {
                if let Some(refund) = self.refunds.get_mut(&event.refund_id) {
                    refund.settled = true;
                }
            }
            StatementEvent::Adjusted(event) => {
                self.hear_figures(event.figures);
                self.adjustments.insert(event.adjustment_id, event.amount);
            }
            StatementEvent::Paid(event) => {
                self.hear_figures(event.figures);
                self.reach(Lifecycle::Paid);
                for settled in self.levels.values_mut() {
                    *settled = true;
                }
            }
            _ => {}
        }
    }

    fn hear_figures(&mut self, figures: Figures) {
        if let Some(document) = &mut self.document {
            document.figures = figures;
        }
    }

    /// Up the ladder, never down.
    fn reach(&mut self, step: Lifecycle) {
        self.reached = self.reached.max(step);
    }
}
