//! What a claim says, as a statement says it.

use time::{Date, Duration};

use super::{Charge, Parts};
use crate::{
    claim::{Content, Standing},
    values::{Money, MoneyError},
};

/// Days from a statement to the last day to pay it, where nobody says otherwise.
const DAYS_TO_PAY: i64 = 30;

/// The last day to pay a statement of a day.
pub fn due_after(generated_on: Date) -> Date {
    generated_on.checked_add(Duration::days(DAYS_TO_PAY)).unwrap_or(generated_on)
}

/// A claim's figures. What is due is the claim's patient balance.
///
/// # Errors
///
/// [`MoneyError`]: out of range.
pub fn parts_of(standing: &Standing) -> Result<Parts, MoneyError> {
    Ok(Parts {
        adjustments: standing.adjusted_insurance.plus(standing.adjusted_patient)?,
        insurance_paid: standing.insurance_paid,
        insurance_pending: standing.insurance_balance,
        patient_paid: standing.patient_paid,
        total_charges: standing.charge,
    })
}

/// A claim's lines.
pub fn charges_in(content: &Content) -> Vec<Charge> {
    let charge = |line: &crate::claim::ServiceLine| Charge {
        amount: line.charge,
        description: None,
        procedure: Some(line.procedure.clone()),
        service_on: line.service_starts_on,
    };
    content.lines.iter().map(charge).collect()
}

/// The charges where they come to the total. A claim may say more than was sent: then one charge
/// of the total.
pub fn charges_of(charges: &[Charge], total: Money, on: Date) -> Vec<Charge> {
    let none = Money::zero(total.currency());
    let sum = charges.iter().try_fold(none, |sum, charge| sum.plus(charge.amount));
    if sum == Ok(total) && !charges.is_empty() {
        return charges.to_vec();
    }
    let service_on = charges.first().map_or(on, |charge| charge.service_on);
    vec![Charge { amount: total, description: None, procedure: None, service_on }]
}
