//! A cycle billed to a patient becomes one line of the org's monthly invoice of that cycle
//! (contract S1.3, S1.4).
//!
//! The invoice is begun with its first line. When it was issued or voided already, the charge
//! goes on the next cycle's; it keeps its charge key, so no invoice takes it twice.

use time::Date;
use uuid::Uuid;

use super::{Answer, Policy, Reaction, Refused};
use crate::{
    invoice::{
        AddLine, BillingPeriod, ChargeKey, InvoiceCommand, InvoiceType, ItemType, Open,
        monthly_invoice_id,
    },
    patient_activation::{BillingCause, CycleBilled, PatientActivationEvent},
    recorded::{LedgerEvent, Recorded},
    values::{Cycle, CycleKey, CycleRule, TimeZone},
};

/// How many cycles further a charge may wander.
const FURTHEST: u32 = 24;

/// See the module.
#[derive(Debug, Clone, Copy)]
pub struct CycleCharges;

impl Policy for CycleCharges {
    const NAME: &'static str = "cycle_charges";
    const VERSION: i32 = 1;
    type State = ();

    fn hears(event_type: &str) -> bool {
        event_type == "billing.patient_activation.cycle_billed"
    }

    fn key(event: &Recorded) -> Option<String> {
        billed(event).map(|billed| billed.patient.0.clone())
    }

    fn react(_state: &mut (), event: &Recorded) -> Vec<Reaction> {
        charge(event, 0).into_iter().collect()
    }

    /// Tries the invoices of the following cycles, one after the other.
    fn on_refusal(_state: &mut (), event: &Recorded, refused: &Refused<'_>) -> Answer {
        if refused.code != "invoice.not_draft" || refused.ordinal >= FURTHEST {
            return Answer::Fail;
        }
        match charge(event, refused.ordinal + 1) {
            Some(further) => Answer::Commands(vec![further]),
            None => Answer::Fail,
        }
    }
}

fn billed(event: &Recorded) -> Option<&CycleBilled> {
    let LedgerEvent::PatientActivation(happened) = &event.event else { return None };
    match happened {
        PatientActivationEvent::CycleBilled(billed) => Some(billed),
        PatientActivationEvent::Activated(_)
        | PatientActivationEvent::Deactivated(_)
        | PatientActivationEvent::Reactivated(_) => None,
    }
}

/// The line, on the invoice of the cycle that is so many further.
fn charge(event: &Recorded, further: u32) -> Option<Reaction> {
    let billed = billed(event)?;
    let invoiced = cycle_after(billed, further)?;
    let terms = &billed.terms;
    let open = Open {
        currency: terms.currency,
        customer_id: None,
        invoice_type: InvoiceType::Monthly,
        payment_terms_days: terms.payment_terms_days,
        period: Some(BillingPeriod { ends_on: invoiced.ends_on, starts_on: invoiced.starts_on }),
        rounding: terms.rounding,
    };
    let line = AddLine {
        charge: Some(ChargeKey { cycle: billed.cycle, patient: billed.patient.clone() }),
        covers: None,
        description: None,
        item_type: ItemType::PatientActivation,
        line_id: Uuid::new_v5(&event.event_id, b"line"),
        open: Some(open),
        quantity: 1,
        rate_configured: true,
        service_on: service_on(event, billed),
        tax_rate: terms.tax_rate,
        unit_price: terms.fee,
    };
    let invoice = monthly_invoice_id(event.org, invoiced.key);
    Some(Reaction::new(invoice, InvoiceCommand::AddLine(line)))
}

/// An activation is served on its day; a cycle that began is served from its first day on.
fn service_on(event: &Recorded, billed: &CycleBilled) -> Date {
    match billed.cause {
        BillingCause::Activation => event
            .occurred_at
            .date()
            .clamp(billed.terms.period_starts_on, last_day(billed.terms.period_ends_on)),
        BillingCause::CycleStart => billed.terms.period_starts_on,
    }
}

fn last_day(ends_on: Date) -> Date {
    ends_on.previous_day().unwrap_or(ends_on)
}

/// The cycle so many after the billed one. Only a month shorter than the anchor day hides it,
/// and no two such months follow each other: the later of the two days is the anchor.
fn cycle_after(billed: &CycleBilled, further: u32) -> Option<Cycle> {
    let terms = &billed.terms;
    let (starts_on, ends_on) = (terms.period_starts_on, terms.period_ends_on);
    if further == 0 {
        return Some(Cycle { ends_on, key: billed.cycle, starts_on });
    }
    let anchor_day = starts_on.day().max(ends_on.day());
    // Whole days only: the zone plays no part in them.
    let zone: TimeZone = "UTC".parse().ok()?;
    let key = (0..further).fold(billed.cycle, |key: CycleKey, _| key.next());
    CycleRule::new(anchor_day, zone).ok()?.cycle(key).ok()
}

#[cfg(test)]
#[path = "cycle_charges_tests.rs"]
mod tests;
