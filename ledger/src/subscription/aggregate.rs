//! What an account remembers, and how it hears its own history.

use std::collections::BTreeMap;

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Decision, HeldPayment, Opened, PauseSpan, Paused, ProviderLinked, Status, SubscriptionCommand,
    SubscriptionError, SubscriptionEvent, TaxConfigured, Whereabouts,
};
use crate::{
    decide::Decider,
    values::{Code, CycleKey},
};

/// The org's account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// As opened, with plan, prices and limits as they are now.
    pub(super) account: Option<Opened>,
    pub(super) canceled_at: Option<OffsetDateTime>,
    pub(super) held: BTreeMap<Uuid, HeldPayment>,
    pub(super) last_started_cycle: Option<CycleKey>,
    /// Earliest first; at most the last one is still open.
    pub(super) pauses: Vec<PauseSpan>,
    pub(super) provider: Option<ProviderLinked>,
    pub(super) resume_reason_code: Option<Code>,
    pub(super) status: Status,
    pub(super) taxes: BTreeMap<Date, TaxConfigured>,
    pub(super) trial_ends_on: Option<Date>,
}

impl Decider for Subscription {
    fn decide(&self, command: SubscriptionCommand) -> Decision {
        match command {
            SubscriptionCommand::Open(command) => self.open(command),
            SubscriptionCommand::ChangePlan(command) => self.change_plan(command),
            SubscriptionCommand::ConfigureTax(command) => self.configure_tax(command),
            SubscriptionCommand::StartTrial(command) => self.start_trial(command),
            SubscriptionCommand::Activate(command) => self.activate(command),
            SubscriptionCommand::MarkPastDue(command) => self.mark_past_due(command),
            SubscriptionCommand::Cancel(command) => self.cancel(command),
            SubscriptionCommand::Pause(command) => self.pause(command),
            SubscriptionCommand::Resume(command) => self.resume(command),
            SubscriptionCommand::LinkProvider(command) => self.link_provider(command),
            SubscriptionCommand::StartCycle(command) => self.start_cycle(command),
            SubscriptionCommand::HoldPayment(command) => self.hold_payment(command),
            SubscriptionCommand::ReleaseHeldPayment(command) => self.release_held(command),
            SubscriptionCommand::ReturnHeldPayment(command) => self.return_held(command),
            SubscriptionCommand::RegainHeldPayment(command) => self.regain_held(command),
        }
    }

    fn weight(&self) -> usize {
        1024 + self.pauses.len() * 96 + self.taxes.len() * 128 + self.held.len() * 128
    }
}

impl Aggregate for Subscription {
    const TYPE: &'static str = "subscription";
    type Command = SubscriptionCommand;
    type Event = SubscriptionEvent;
    type Error = SubscriptionError;
    type Services = ();

    async fn handle(
        &mut self,
        command: SubscriptionCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SubscriptionError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SubscriptionEvent) {
        match event {
            SubscriptionEvent::Opened(event) => {
                self.status = Status::Active;
                self.account = Some(event);
            }
            SubscriptionEvent::PlanChanged(event) => {
                if let Some(account) = &mut self.account {
                    account.limits = event.limits;
                    account.plan = event.plan;
                    account.prices = event.prices;
                }
            }
            SubscriptionEvent::TaxConfigured(event) => {
                self.taxes.insert(event.valid_from, event);
            }
            SubscriptionEvent::TrialStarted(event) => {
                self.status = Status::Trialing;
                self.trial_ends_on = Some(event.ends_on);
            }
            SubscriptionEvent::Activated(_) => self.status = Status::Active,
            SubscriptionEvent::PastDueMarked(_) => self.status = Status::PastDue,
            SubscriptionEvent::Canceled(event) => {
                self.status = Status::Canceled;
                self.canceled_at = Some(event.canceled_at);
            }
            SubscriptionEvent::Paused(event) => {
                if self.status != Status::Paused {
                    let Paused { paused_at: from_at, reason_code } = event;
                    self.pauses.push(PauseSpan { from_at, reason_code, to_at: None });
                }
                self.status = Status::Paused;
            }
            SubscriptionEvent::Resumed(event) => {
                self.status = Status::Active;
                self.resume_reason_code = event.reason_code;
                if let Some(pause) = self.pauses.last_mut() {
                    pause.to_at = Some(event.resumed_at);
                }
            }
            SubscriptionEvent::ProviderLinked(event) => self.provider = Some(event),
            SubscriptionEvent::CycleStarted(event) => self.last_started_cycle = Some(event.cycle),
            SubscriptionEvent::PaymentHeld(event) => self.hear_held(event),
            SubscriptionEvent::HeldPaymentReleased(event) => {
                let released = Whereabouts::Released { to: event.to };
                self.hear_moved(event.payment_id, event.released_on, released);
            }
            SubscriptionEvent::HeldPaymentReturned(event) => {
                self.hear_moved(event.payment_id, event.returned_on, Whereabouts::Returned);
            }
            SubscriptionEvent::HeldPaymentRegained(event) => {
                let held = Whereabouts::Held { regained_from: Some(event.from) };
                self.hear_moved(event.payment_id, event.regained_on, held);
            }
        }
    }
}
