//! A patient's billing state: what it remembers, decides and hears.

use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::{Aggregate, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    Activate, Activated, BillCycle, BillingCause, CycleBilled, CycleTerms, Deactivate, Deactivated,
    Decision, PatientActivationCommand, PatientActivationError, PatientActivationEvent,
    Reactivated,
};
use crate::{
    decide::Decider,
    values::{AnonymousRef, CycleKey, Sealed},
};

/// A patient's billing state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PatientActivation {
    billed: BTreeSet<CycleKey>,
    /// As it was given last.
    name: Option<Sealed<String>>,
    patient: Option<AnonymousRef>,
    /// From which instant to (but without) which other the patient is active.
    spans: BTreeMap<OffsetDateTime, Option<OffsetDateTime>>,
}

impl PatientActivation {
    /// Whether the patient is billed for now.
    pub fn is_active_for_billing(&self) -> bool {
        self.last_span().is_some_and(|(_, to_at)| to_at.is_none())
    }

    /// When the patient was activated last.
    pub fn activated_at(&self) -> Option<OffsetDateTime> {
        self.last_span().map(|(from_at, _)| from_at)
    }

    /// When the patient was deactivated; `None` while active.
    pub fn deactivated_at(&self) -> Option<OffsetDateTime> {
        self.last_span().and_then(|(_, to_at)| to_at)
    }

    /// The latest cycle that was billed.
    pub fn last_billed_cycle(&self) -> Option<CycleKey> {
        self.billed.last().copied()
    }

    /// Whether a cycle was billed.
    pub fn is_billed(&self, cycle: CycleKey) -> bool {
        self.billed.contains(&cycle)
    }

    /// Whether the patient was active at an instant, as far as is known.
    pub fn was_active_at(&self, at: OffsetDateTime) -> bool {
        let span = self.spans.range(..=at).next_back();
        span.is_some_and(|(_, to_at)| to_at.is_none_or(|to_at| at < to_at))
    }

    /// The patient's name, where it was given.
    pub fn name(&self) -> Option<&Sealed<String>> {
        self.name.as_ref()
    }

    /// The patient as invoices know them.
    pub fn patient(&self) -> Option<&AnonymousRef> {
        self.patient.as_ref()
    }

    fn last_span(&self) -> Option<(OffsetDateTime, Option<OffsetDateTime>)> {
        self.spans.last_key_value().map(|(from_at, to_at)| (*from_at, *to_at))
    }

    fn activate(&self, command: Activate) -> Decision {
        let Activate { activated_at, billing, name, patient, patient_id } = command;
        let mut events = match (&self.patient, self.last_span()) {
            (Some(known), _) if *known != patient => {
                return Err(PatientActivationError::OtherPatient);
            }
            (_, Some((_, None))) => return Ok(vec![]),
            (_, Some((_, Some(last)))) if activated_at < last => {
                return Err(PatientActivationError::OutOfOrder { at: activated_at, last });
            }
            (_, Some(_)) => {
                vec![Reactivated { activated_at, patient: patient.clone() }.into()]
            }
            (_, None) => {
                let patient = patient.clone();
                vec![Activated { activated_at, name, patient, patient_id }.into()]
            }
        };
        if !self.is_billed(billing.cycle.key) {
            events.push(billed(BillingCause::Activation, billing, patient));
        }
        Ok(events)
    }

    fn deactivate(&self, Deactivate { deactivated_at }: Deactivate) -> Decision {
        let patient = self.known()?;
        match self.last_span() {
            Some((from_at, None)) if deactivated_at < from_at => {
                Err(PatientActivationError::OutOfOrder { at: deactivated_at, last: from_at })
            }
            Some((_, None)) => {
                Ok(vec![Deactivated { deactivated_at, patient: patient.clone() }.into()])
            }
            Some((_, Some(_))) | None => Ok(vec![]),
        }
    }

    fn bill_cycle(&self, BillCycle { active_at, billing }: BillCycle) -> Decision {
        let patient = self.known()?;
        if self.is_billed(billing.cycle.key) || !self.was_active_at(active_at) {
            return Ok(vec![]);
        }
        Ok(vec![billed(BillingCause::CycleStart, billing, patient.clone())])
    }

    fn known(&self) -> Result<&AnonymousRef, PatientActivationError> {
        self.patient.as_ref().ok_or(PatientActivationError::Unknown)
    }
}

fn billed(
    cause: BillingCause,
    billing: CycleTerms,
    patient: AnonymousRef,
) -> PatientActivationEvent {
    CycleBilled { cause, cycle: billing.cycle.key, patient, terms: billing.terms }.into()
}

impl Decider for PatientActivation {
    fn decide(&self, command: PatientActivationCommand) -> Decision {
        match command {
            PatientActivationCommand::Activate(command) => self.activate(command),
            PatientActivationCommand::Deactivate(command) => self.deactivate(command),
            PatientActivationCommand::BillCycle(command) => self.bill_cycle(command),
        }
    }

    fn weight(&self) -> usize {
        256 + self.billed.len() * 8 + self.spans.len() * 64
    }
}

impl Aggregate for PatientActivation {
    const TYPE: &'static str = "patient_activation";
    type Command = PatientActivationCommand;
    type Event = PatientActivationEvent;
    type Error = PatientActivationError;
    type Services = ();

    async fn handle(
        &mut self,
        command: PatientActivationCommand,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), PatientActivationError> {
        for event in self.decide(command)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: PatientActivationEvent) {
        match event {
            PatientActivationEvent::Activated(event) => {
                self.spans.insert(event.activated_at, None);
                self.name = event.name;
                self.patient = Some(event.patient);
            }
            PatientActivationEvent::Reactivated(event) => {
                self.spans.insert(event.activated_at, None);
            }
            PatientActivationEvent::Deactivated(event) => {
                if let Some(mut span) = self.spans.last_entry() {
                    span.insert(Some(event.deactivated_at));
                }
            }
            PatientActivationEvent::CycleBilled(event) => {
                self.billed.insert(event.cycle);
            }
        }
    }
}
