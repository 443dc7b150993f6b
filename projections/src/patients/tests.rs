//! A patient's billing state.

use ledger::{
    patient_activation::{
        Activated, BillingCause, ChargeTerms, CycleBilled, Deactivated, PatientActivationEvent,
        Reactivated,
    },
    values::{AnonymousRef, Currency, Rate, Rounding},
};
use time::macros::date;

use super::{Patients, Row};
use crate::{
    engine::fold,
    testing::{PATIENT, at, log, sealed, usd},
};

fn patient() -> AnonymousRef {
    AnonymousRef("anon_1".to_owned())
}

fn activated() -> PatientActivationEvent {
    let (name, patient_id) = (Some(sealed("name")), sealed("patient_id"));
    Activated { activated_at: at(1), name, patient: patient(), patient_id }.into()
}

fn billed(cycle: &str) -> PatientActivationEvent {
    let terms = ChargeTerms {
        currency: Currency::USD,
        fee: usd(200),
        payment_terms_days: 14,
        period_ends_on: date!(2026 - 03 - 01),
        period_starts_on: date!(2026 - 02 - 01),
        rounding: Rounding::default(),
        tax_rate: Rate::ZERO,
    };
    let cycle = cycle.parse().unwrap();
    CycleBilled { cause: BillingCause::CycleStart, cycle, patient: patient(), terms }.into()
}

fn row(events: Vec<PatientActivationEvent>) -> Row {
    fold::<Patients>(&log(PATIENT, events))[&PATIENT].0.clone()
}

#[test]
fn a_patient_is_billed_for_until_deactivated_and_again_after() {
    let gone = Deactivated { deactivated_at: at(2), patient: patient() };
    let back = Reactivated { activated_at: at(3), patient: patient() };
    let inactive = row(vec![activated(), gone.clone().into()]);
    assert!(!inactive.is_active_for_billing);
    assert_eq!(inactive.deactivated_at, Some(at(2)));
    let active = row(vec![activated(), gone.into(), back.into()]);
    assert!(active.is_active_for_billing);
    assert_eq!((active.activated_at, active.deactivated_at, active.version), (at(3), None, 3));
}

#[test]
fn the_last_billed_cycle_is_the_latest_in_whatever_order() {
    let row = row(vec![activated(), billed("2026-03"), billed("2026-02")]);
    assert_eq!(row.last_billed_cycle.as_deref(), Some("2026-03"));
}

#[test]
fn name_and_id_are_copied_closed() {
    let row = row(vec![activated()]);
    assert!(String::from_utf8(row.foreign_id).unwrap().contains("\"closed\""));
    assert!(row.name.is_some());
}
