//! Statements of patients.

use ledger::{
    statement::{By, Charge, Contacts, Figures, Generated, Lifecycle, Parts, StatementEvent},
    values::AnonymousRef,
};
use time::macros::date;

use super::{sealed, usd};

/// A statement of 500.00 for one charge.
pub(crate) fn generated(by: By) -> StatementEvent {
    let parts = Parts {
        adjustments: usd(0),
        insurance_paid: usd(0),
        insurance_pending: usd(0),
        patient_paid: usd(0),
        total_charges: usd(50_000),
    };
    let charge = Charge {
        amount: usd(50_000),
        description: Some(sealed("charges.0.description")),
        procedure: None,
        service_on: date!(2026 - 01 - 15),
    };
    Box::new(Generated {
        by,
        call_id: Some(sealed("call_id")),
        charges: vec![charge],
        claim_id: None,
        contacts: Contacts::default(),
        due_on: date!(2026 - 03 - 03),
        figures: Figures::of(parts).expect("one currency"),
        generated_on: date!(2026 - 02 - 01),
        lifecycle_state: Lifecycle::Drafted,
        number: "STMT-202602-00001".to_owned(),
        patient: AnonymousRef("anon_1".to_owned()),
        patient_id: sealed("patient_id"),
        supersedes: None,
    })
    .into()
}
