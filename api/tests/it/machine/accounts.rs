//! The org's account, and whom it bills for.

use std::collections::{BTreeMap, BTreeSet};

use ledger::values::CycleKey;
use proptest::prelude::*;

use super::state::{Expected, done, refused};

/// An order about the account or a patient.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    Pause(&'static str),
    Resume,
    Activate(u8),
    Leave(u8),
}

/// The account refuses while it is paused.
pub(crate) const PAUSED: Expected = refused(422, "subscription.paused");
/// An activation, in cents.
const FEE: i64 = 200;

/// The org's account.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    paused: Option<&'static str>,
    pub(crate) patients: BTreeMap<u8, Patient>,
}

/// Whoever is, or was, billed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Patient {
    pub(crate) number: u8,
    pub(crate) active: bool,
    pub(crate) billed: BTreeSet<CycleKey>,
}

pub(crate) fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        1 => prop_oneof![Just("holiday"), Just("dispute")].prop_map(Verb::Pause),
        2 => Just(Verb::Resume),
        6 => (0..3_u8).prop_map(Verb::Activate),
        3 => (0..3_u8).prop_map(Verb::Leave),
    ]
}

impl Account {
    pub(crate) fn is_paused(&self) -> bool {
        self.paused.is_some()
    }

    pub(crate) fn word(&self) -> &'static str {
        if self.is_paused() { "paused" } else { "active" }
    }

    /// How many cycles were billed, to all patients together.
    pub(crate) fn billed(&self) -> usize {
        self.patients.values().map(|patient| patient.billed.len()).sum()
    }

    pub(crate) fn patient(&self, verb: Verb) -> Option<&Patient> {
        match verb {
            Verb::Pause(_) | Verb::Resume => None,
            Verb::Activate(number) | Verb::Leave(number) => self.patients.get(&number),
        }
    }

    /// Does it, and says what it bills.
    pub(crate) fn tell(&mut self, verb: Verb, month: CycleKey) -> (Expected, Option<i64>) {
        let expected = match verb {
            Verb::Pause(reason) => match self.paused {
                Some(other) if other != reason => refused(409, "subscription.paused_otherwise"),
                _ => {
                    self.paused = Some(reason);
                    done(200)
                }
            },
            Verb::Resume => match self.paused.take() {
                Some(_) => done(200),
                None => refused(422, "subscription.not_paused"),
            },
            Verb::Activate(_) if self.is_paused() => PAUSED,
            Verb::Activate(number) => {
                let new = Patient { number, active: false, billed: BTreeSet::new() };
                let patient = self.patients.entry(number).or_insert(new);
                let billed = !patient.active && patient.billed.insert(month);
                patient.active = true;
                return (done(200), billed.then_some(FEE));
            }
            Verb::Leave(number) => match self.patients.get_mut(&number) {
                Some(patient) => {
                    patient.active = false;
                    done(200)
                }
                None => refused(404, "patient_activation.unknown"),
            },
        };
        (expected, None)
    }
}
