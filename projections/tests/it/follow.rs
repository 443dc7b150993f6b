//! Policies, carried out: once, in order, visibly when refused, and never in the way of others.

use std::sync::Arc;

use ledger::{
    invoice::{Cancel, Invoice, InvoiceCommand, Issue, monthly_invoice_id},
    patient_activation::{
        Activate, ChargeTerms, CycleTerms, PatientActivationCommand, PatientActivationEvent,
    },
    policies::{Answer, CycleCharges, Policy, Reaction, Refused},
    recorded::{Actor, LedgerEvent, Recorded},
    store::{Context, Ledger},
    values::{
        AnonymousRef, Currency, CycleKey, CycleRule, InvoiceId, OrgId, PatientActivationId, Rate,
        Rounding,
    },
};
use projections::engine::{Engine, Follower, failures, following, retry};
use serde::{Deserialize, Serialize};
use time::{Date, macros::date};

use crate::{
    support::{Setup, eventually, options, setup, soon},
    world::{id, org, sealed, usd},
};

const JANUARY: CycleKey = CycleKey { year: 2026, month: 1 };

/// A patient activated in January by the real ledger; the position of its last event.
async fn activate(ledger: &Ledger, org: OrgId, patient: u128) -> i64 {
    let rule = CycleRule::new(31, "America/Toronto".parse().unwrap()).unwrap();
    let cycle = rule.cycle(JANUARY).unwrap();
    let at = date!(2026 - 02 - 10).with_hms(15, 0, 0).unwrap().assume_utc();
    let terms = ChargeTerms {
        currency: Currency::USD,
        fee: usd(200),
        payment_terms_days: 14,
        period_ends_on: cycle.ends_on,
        period_starts_on: cycle.starts_on,
        rounding: Rounding::default(),
        tax_rate: Rate::ZERO,
    };
    let command = PatientActivationCommand::Activate(Activate {
        activated_at: at,
        billing: CycleTerms { cycle, terms },
        name: None,
        patient: AnonymousRef(format!("anon_{patient:016}")),
        patient_id: sealed("patient_id"),
    });
    let context = Context::fresh(ledger, org, Actor("test".to_owned())).occurring_at(at);
    let patient = PatientActivationId::new(id(2, patient));
    ledger.execute(&context, patient, command).await.unwrap().position
}

async fn to_invoice(ledger: &Ledger, org: OrgId, id: InvoiceId, command: InvoiceCommand) {
    let context = Context::fresh(ledger, org, Actor("test".to_owned()));
    ledger.execute(&context, id, command).await.unwrap();
}

fn issue(on: Date) -> InvoiceCommand {
    InvoiceCommand::Issue(Issue {
        configured_rate: Rate::ZERO,
        issued_on: on,
        jurisdiction: None,
        number: None,
    })
}

async fn total(ledger: &Ledger, org: OrgId, cycle: CycleKey) -> i64 {
    let (invoice, _): (Invoice, _) =
        ledger.load(org, monthly_invoice_id(org, cycle)).await.unwrap();
    invoice.totals().map_or(0, |totals| totals.total.minor())
}

async fn with_org() -> (Setup, OrgId) {
    let setup = setup().await;
    let org = org(1);
    setup.ledger.create_org(org, "Maple Chiropractic").await.unwrap();
    (setup, org)
}

#[tokio::test]
async fn a_billed_cycle_becomes_a_line_and_is_settled_transitively() {
    let (setup, org) = with_org().await;
    let engine = Engine::start(setup.ledger.clone(), options(&setup.database));
    let mut last = 0;
    for patient in 1..=20 {
        last = activate(&setup.ledger, org, patient).await;
    }
    let settled = engine.wait_settled(org, last, soon()).await.unwrap();
    assert!(settled.settled && settled.position > last, "{settled:?}");
    // Everybody who waits for the settled position sees the lines.
    engine.wait_for(org, "invoice_lines", settled.position, soon()).await.unwrap();
    let lines = setup.number("select count(*) from invoice_lines_a").await;
    assert_eq!(lines, 20);
    assert_eq!(total(&setup.ledger, org, JANUARY).await, 20 * 200);
    let periods = "select count(*) from invoices_a where period_starts_on = '2026-01-31' \
        and period_ends_on = '2026-02-28' and status = 'draft'";
    assert_eq!(setup.number(periods).await, 1);
    engine.stop().await;
}

#[tokio::test]
async fn a_crash_before_the_checkpoint_doubles_nothing() {
    let (setup, org) = with_org().await;
    let mut last = 0;
    for patient in 1..=5 {
        last = activate(&setup.ledger, org, patient).await;
    }
    for _ in 0..3 {
        let engine = Engine::start(setup.ledger.clone(), options(&setup.database));
        let settled = engine.wait_settled(org, last, soon()).await.unwrap();
        assert!(settled.settled);
        assert_eq!(total(&setup.ledger, org, JANUARY).await, 5 * 200);
        engine.stop().await;
        // Commands were given, the checkpoint was not kept.
        let forget = "update checkpoints set position = 0 where projector = 'cycle_charges'";
        assert_eq!(setup.owner.execute(forget, &[]).await.unwrap(), 1);
    }
    let lines = "select count(*) from events where event_type = 'billing.invoice.line_added'";
    assert_eq!(setup.number(lines).await, 5);
}

#[tokio::test]
async fn two_engines_carry_a_policy_out_once() {
    let (setup, org) = with_org().await;
    let other = crate::support::open(&setup.database).await;
    let one = Engine::start(setup.ledger.clone(), options(&setup.database));
    let two = Engine::start(other, options(&setup.database));
    let mut last = 0;
    for patient in 1..=30 {
        last = activate(&setup.ledger, org, patient).await;
    }
    assert!(one.wait_settled(org, last, soon()).await.unwrap().settled);
    assert!(two.wait_settled(org, last, soon()).await.unwrap().settled);
    let lines = "select count(*) from events where event_type = 'billing.invoice.line_added'";
    assert_eq!(setup.number(lines).await, 30);
    one.stop().await;
    two.stop().await;
}

#[tokio::test]
async fn a_charge_for_an_issued_invoice_goes_on_the_next_ones() {
    let (setup, org) = with_org().await;
    let engine = Engine::start(setup.ledger.clone(), options(&setup.database));
    let first = activate(&setup.ledger, org, 1).await;
    assert!(engine.wait_settled(org, first, soon()).await.unwrap().settled);
    let january = monthly_invoice_id(org, JANUARY);
    to_invoice(&setup.ledger, org, january, issue(date!(2026 - 03 - 01))).await;
    let second = activate(&setup.ledger, org, 2).await;
    assert!(engine.wait_settled(org, second, soon()).await.unwrap().settled);
    assert_eq!(total(&setup.ledger, org, JANUARY.next()).await, 200);
    // The next one is void: the charge goes one further.
    let reason_code = "mistake".parse().unwrap();
    let cancel = Cancel { canceled_on: date!(2026 - 03 - 02), reason_code };
    let february = monthly_invoice_id(org, JANUARY.next());
    to_invoice(&setup.ledger, org, february, InvoiceCommand::Cancel(cancel)).await;
    let third = activate(&setup.ledger, org, 3).await;
    assert!(engine.wait_settled(org, third, soon()).await.unwrap().settled);
    assert_eq!(total(&setup.ledger, org, JANUARY.next().next()).await, 200);
    assert_eq!(total(&setup.ledger, org, JANUARY).await, 200);
    let march = "select count(*) from events where event_type = 'billing.invoice.opened' \
        and convert_from(payload, 'utf8') like '%\"ends_on\":\"2026-04-30\"%2026-03-31%'";
    assert_eq!(setup.number(march).await, 1, "an anchor on the 31st is found again");
    assert!(failures(&setup.ledger, org).await.unwrap().is_empty());
    engine.stop().await;
}

/// Counts a patient's charges, and issues their own invoice, which has no lines: refused.
struct Counting<const VERSION: i32>;

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Count {
    heard: i64,
}

impl<const V: i32> Policy for Counting<V> {
    const NAME: &'static str = "counting";
    const VERSION: i32 = V;
    type State = Count;

    fn hears(event_type: &str) -> bool {
        CycleCharges::hears(event_type)
    }

    fn key(event: &Recorded) -> Option<String> {
        CycleCharges::key(event)
    }

    fn react(state: &mut Count, event: &Recorded) -> Vec<Reaction> {
        state.heard += 1;
        let LedgerEvent::PatientActivation(PatientActivationEvent::CycleBilled(billed)) =
            &event.event
        else {
            return Vec::new();
        };
        // Patient 1's invoice has no lines, so issuing it is refused until it has some.
        if billed.patient.0.ends_with('1') {
            let command = issue(date!(2026 - 02 - 11));
            return vec![Reaction::new(InvoiceId::new(id(8, 1)), command)];
        }
        Vec::new()
    }

    fn on_refusal(_: &mut Count, _: &Recorded, _: &Refused<'_>) -> Answer {
        Answer::Fail
    }
}

fn counting<const V: i32>(
    setup: &Setup,
) -> (projections::engine::EngineOptions, Arc<dyn Follower>) {
    let policy = following::<Counting<V>>();
    let mut options = options(&setup.database);
    options.policies = vec![policy.clone()];
    (options, policy)
}

#[tokio::test]
async fn a_refusal_nobody_expected_stops_only_its_key_until_it_is_retried() {
    let (setup, org) = with_org().await;
    let (options, policy) = counting::<1>(&setup);
    let engine = Engine::start(setup.ledger.clone(), options);
    activate(&setup.ledger, org, 1).await;
    let last = activate(&setup.ledger, org, 2).await;
    assert!(engine.wait_settled(org, last, soon()).await.unwrap().settled);
    let failure = failures(&setup.ledger, org).await.unwrap().remove(0);
    assert_eq!((&*failure.code, failure.position), ("invoice.unknown", 2));
    // The other key was remembered.
    let states = setup.owner.query("select key from policy_states", &[]).await.unwrap();
    assert_eq!(states.len(), 1);
    assert!(!retry(&setup.ledger, policy.as_ref(), org, &failure.key).await.unwrap());
    assert!(failures(&setup.ledger, org).await.unwrap()[0].retried_at.is_some());

    // Now there is something to issue.
    let invoice = InvoiceId::new(id(8, 1));
    let line = crate::world::World::new(1).line_on(8);
    to_invoice(&setup.ledger, org, invoice, line).await;
    assert!(retry(&setup.ledger, policy.as_ref(), org, &failure.key).await.unwrap());
    assert!(failures(&setup.ledger, org).await.unwrap().is_empty());
    let issued = "select count(*) from events where event_type = 'billing.invoice.issued'";
    assert_eq!(setup.number(issued).await, 1);
    engine.stop().await;
}

#[tokio::test]
async fn a_new_version_learns_silently_what_the_old_one_knew() {
    let (setup, org) = with_org().await;
    let (old, _) = counting::<1>(&setup);
    let engine = Engine::start(setup.ledger.clone(), old);
    let last = activate(&setup.ledger, org, 2).await;
    assert!(engine.wait_settled(org, last, soon()).await.unwrap().settled);
    engine.stop().await;
    let appended = setup.number("select count(*) from events").await;

    let (new, _) = counting::<2>(&setup);
    let engine = Engine::start(setup.ledger.clone(), new);
    let last = activate(&setup.ledger, org, 3).await;
    assert!(engine.wait_settled(org, last, soon()).await.unwrap().settled);
    let learned = eventually(async || {
        let sql = "select count(*) from policy_states where version = 2";
        let count = setup.number(sql).await;
        (count == 2).then_some(count)
    });
    assert_eq!(learned.await, 2);
    // The activation and its charge, and nothing in reaction to the past.
    assert_eq!(setup.number("select count(*) from events").await, appended + 2);
    engine.stop().await;
}
