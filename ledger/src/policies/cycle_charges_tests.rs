//! The charge, and where it goes when its invoice is closed.

use time::{OffsetDateTime, macros::date, macros::datetime};

use super::*;
use crate::{
    invoice::Invoice,
    patient_activation::ChargeTerms,
    recorded::Actor,
    values::{AnonymousRef, Currency, InvoiceId, Money, OrgId, Rounding},
};

const ORG: OrgId = OrgId(Uuid::from_u128(7));

fn billed(
    cause: BillingCause,
    cycle: &str,
    starts_on: Date,
    ends_on: Date,
    at: OffsetDateTime,
) -> Recorded {
    let event = CycleBilled {
        cause,
        cycle: cycle.parse().unwrap(),
        patient: AnonymousRef("anon_1".to_owned()),
        terms: ChargeTerms {
            currency: Currency::USD,
            fee: Money::from_minor(200, Currency::USD),
            payment_terms_days: 14,
            period_ends_on: ends_on,
            period_starts_on: starts_on,
            rounding: Rounding::HalfEven,
            tax_rate: "0.05".parse().unwrap(),
        },
    };
    let id = Uuid::from_u128(1);
    Recorded {
        org: ORG,
        position: 2,
        aggregate_type: "patient_activation".to_owned(),
        aggregate_id: id,
        sequence: 2,
        event_id: id,
        event: LedgerEvent::PatientActivation(event.into()),
        actor: Actor("test".to_owned()),
        correlation_id: id,
        causation_id: None,
        command_id: id,
        occurred_at: at,
        recorded_at: at,
    }
}

fn january() -> Recorded {
    let at = datetime!(2026-01-20 10:00 UTC);
    let (from, until) = (date!(2026 - 01 - 01), date!(2026 - 02 - 01));
    billed(BillingCause::Activation, "2026-01", from, until, at)
}

fn line(reaction: &Reaction) -> (InvoiceId, AddLine) {
    match reaction.get::<Invoice>().unwrap() {
        (id, InvoiceCommand::AddLine(line)) => (id, line.clone()),
        (_, other) => panic!("{other:?}"),
    }
}

fn further(event: &Recorded, ordinal: u32) -> Option<(InvoiceId, AddLine)> {
    let refused = Refused { code: "invoice.not_draft", ordinal };
    match CycleCharges::on_refusal(&mut (), event, &refused) {
        Answer::Commands(commands) => Some(line(&commands[0])),
        Answer::Settled => panic!("a charge is never dropped"),
        Answer::Fail => None,
    }
}

#[test]
fn a_billed_cycle_is_one_line_on_the_monthly_invoice_of_that_cycle() {
    let event = january();
    let reactions = CycleCharges::react(&mut (), &event);
    let (invoice, line) = line(&reactions[0]);
    assert_eq!(reactions.len(), 1);
    assert_eq!(invoice, monthly_invoice_id(ORG, "2026-01".parse().unwrap()));
    assert_eq!(line.line_id, Uuid::new_v5(&event.event_id, b"line"));
    assert_eq!((line.quantity, line.unit_price.minor()), (1, 200));
    assert_eq!(line.service_on, date!(2026 - 01 - 20));
    let charge = line.charge.unwrap();
    assert_eq!((charge.cycle.to_string(), &*charge.patient.0), ("2026-01".to_owned(), "anon_1"));
    let open = line.open.unwrap();
    assert_eq!(open.rounding, Rounding::HalfEven);
    assert_eq!(open.period.unwrap().ends_on, date!(2026 - 02 - 01));
    assert_eq!(CycleCharges::key(&event).as_deref(), Some("anon_1"));
}

#[test]
fn a_cycle_that_began_is_served_from_its_first_day() {
    let (from, until) = (date!(2026 - 01 - 15), date!(2026 - 02 - 15));
    let late = datetime!(2026-03-02 10:00 UTC);
    let event = billed(BillingCause::CycleStart, "2026-01", from, until, late);
    let (_, line) = line(&CycleCharges::react(&mut (), &event)[0]);
    assert_eq!(line.service_on, from);
}

#[test]
fn a_closed_invoice_sends_the_charge_to_the_next_cycle_with_the_same_key() {
    let event = january();
    let (invoice, line) = further(&event, 0).unwrap();
    assert_eq!(invoice, monthly_invoice_id(ORG, "2026-02".parse().unwrap()));
    assert_eq!(line.charge.unwrap().cycle.to_string(), "2026-01");
    let period = line.open.unwrap().period.unwrap();
    assert_eq!((period.starts_on, period.ends_on), (date!(2026 - 02 - 01), date!(2026 - 03 - 01)));
    let (invoice, _) = further(&event, 11).unwrap();
    assert_eq!(invoice, monthly_invoice_id(ORG, "2027-01".parse().unwrap()));
}

#[test]
fn the_anchor_day_survives_short_months() {
    // Anchored on the 31st, seen from a month that hides it.
    let (from, until) = (date!(2026 - 02 - 28), date!(2026 - 03 - 31));
    let at = datetime!(2026-03-01 10:00 UTC);
    let event = billed(BillingCause::Activation, "2026-02", from, until, at);
    let period = |ordinal| further(&event, ordinal).unwrap().1.open.unwrap().period.unwrap();
    assert_eq!(period(0).starts_on, date!(2026 - 03 - 31));
    assert_eq!(period(0).ends_on, date!(2026 - 04 - 30));
    assert_eq!(period(1).ends_on, date!(2026 - 05 - 31));
}

#[test]
fn a_charge_wanders_two_years_at_most_and_only_for_a_closed_invoice() {
    let event = january();
    assert!(further(&event, 23).is_some());
    assert!(further(&event, 24).is_none());
    let refused = Refused { code: "invoice.currency_mismatch", ordinal: 0 };
    let answer = CycleCharges::on_refusal(&mut (), &event, &refused);
    assert!(matches!(answer, Answer::Fail));
}
