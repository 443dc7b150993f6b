use ledger::{
    patient_activation::{
        Activated, BillingCause, ChargeTerms, CycleBilled, Deactivated, PatientActivationEvent,
        Reactivated,
    },
    values::{Currency, CycleKey},
};

use super::{at, day, patient, rate, sealed, usd};

pub(super) fn events() -> Vec<PatientActivationEvent> {
    let terms = ChargeTerms {
        currency: Currency::USD,
        fee: usd(200),
        payment_terms_days: 14,
        period_ends_on: day(2, 28),
        period_starts_on: day(1, 31),
        rounding: ledger::values::Rounding::HalfEven,
        tax_rate: rate("0.13"),
    };
    vec![
        Activated {
            activated_at: at(2, 2),
            name: Some(sealed("name")),
            patient: patient(),
            patient_id: sealed("patient_id"),
        }
        .into(),
        Deactivated { deactivated_at: at(2, 5), patient: patient() }.into(),
        Reactivated { activated_at: at(2, 9), patient: patient() }.into(),
        CycleBilled {
            cause: BillingCause::Activation,
            cycle: CycleKey { year: 2026, month: 1 },
            patient: patient(),
            terms,
        }
        .into(),
    ]
}
