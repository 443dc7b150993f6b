//! Typed answers out of a snapshot.

use projections::{
    engine::{EngineError, Snapshot, fold},
    invoice_lines, invoices, journal, operations, patients, payment_status, reconcile,
    stripe_events, tax_snapshot, timeline, usage_drift,
};
use time::macros::date;

use crate::{
    live::history,
    support::{reach, setup},
    world::World,
};
use ledger::{
    operation::{Kind, Metric},
    values::{CycleKey, InvoiceId, OperationId, PatientActivationId},
};

/// Walks a list to its end in small pages.
macro_rules! walk {
    ($ask:expr, $key:expr) => {{
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let page = $ask(after).await?;
            let Some(last) = page.last() else { break };
            after = Some($key(last));
            all.extend(page);
        }
        all
    }};
}

#[tokio::test]
async fn lists_walk_to_the_end_and_single_answers_agree() {
    let setup = setup().await;
    let world = World::after(1, &history(400));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    let snapshot = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    walks(&snapshot, &world).await.unwrap();
    engine.stop().await;
}

async fn walks(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let any = invoices::Filter::default();
    let listed =
        walk!(|after| invoices::list(snapshot, &any, after, 2), |one: &invoices::Invoice| one
            .opened_position);
    assert_eq!(listed.len(), fold::<invoices::Invoices>(&world.events).len());
    for one in &listed {
        assert_eq!(invoices::get(snapshot, one.invoice_id).await?.as_ref(), Some(one));
        let lines = walk!(
            |after| invoice_lines::of_invoice(
                snapshot,
                one.invoice_id,
                one.configured_rate,
                after,
                1
            ),
            |line: &invoice_lines::Line| line.added_position
        );
        let sum: i64 = lines.iter().map(|line| line.total_price.minor()).sum();
        assert_eq!(sum, one.subtotal.minor());
        let (state, _) = &world.invoices[&one.invoice_id.uuid()];
        let taxable: i64 = lines
            .iter()
            .filter(|line| line.tax_rate.is_positive())
            .map(|line| line.total_price.minor())
            .sum();
        assert_eq!(taxable, one.taxable_subtotal.minor(), "rates follow the configured one");
        let payments = payment_status::of_invoice(snapshot, one.invoice_id).await?;
        for payment in &payments {
            assert!(state.payment(payment.payment_id).is_some());
        }
        let entry = reconcile::get(snapshot, one.invoice_id, date!(2027 - 01 - 01)).await?;
        assert_eq!(entry.is_some(), one.issued_on.is_some());
        assert_eq!(entry.map_or(one.balance, |entry| entry.outstanding), one.balance);
    }
    people(snapshot, world).await?;
    funds(snapshot, world).await?;
    taxes(snapshot, world).await?;
    books(snapshot, world).await?;
    times(snapshot, world).await?;
    things(snapshot, world).await?;
    use_of_months(snapshot, world).await?;
    let none = stripe_events::list(snapshot, &stripe_events::Filter::default(), 10, 0).await?;
    assert!(none.is_empty());
    Ok(())
}

async fn people(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let key = |one: &patients::Patient| one.patient_id.uuid();
    let patients = walk!(|after| patients::list(snapshot, None, after, 1), key);
    assert_eq!(patients.len(), fold::<patients::Patients>(&world.events).len());
    let active = patients.iter().filter(|one| one.is_active_for_billing).count();
    assert_eq!(patients::active_count(snapshot).await?, i64::try_from(active).unwrap());
    for one in &patients {
        let got = patients::get(snapshot, PatientActivationId::new(one.patient_id.uuid())).await?;
        assert_eq!(got.as_ref(), Some(one));
    }
    Ok(())
}

async fn funds(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let today = date!(2026 - 12 - 31);
    let all = walk!(
        |after| reconcile::list(snapshot, reconcile::Which::All, today, after, 2),
        reconcile::Entry::position
    );
    let rows = fold::<reconcile::Reconcile>(&world.events);
    assert_eq!(all.len(), rows.values().filter(|(row, _)| !row.resolved).count());
    let wrong = walk!(
        |after| reconcile::list(snapshot, reconcile::Which::Mismatch, today, after, 2),
        reconcile::Entry::position
    );
    assert!(!wrong.is_empty() && wrong.len() < all.len());
    Ok(())
}

async fn taxes(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let (from, until) = (date!(2026 - 01 - 01), date!(2028 - 01 - 01));
    let listed = walk!(
        |after| tax_snapshot::list(snapshot, from, until, after, 1),
        |one: &tax_snapshot::Snapshot| (one.issued_on, one.invoice_id.uuid())
    );
    assert_eq!(listed.len(), fold::<tax_snapshot::TaxSnapshot>(&world.events).len());
    let stand = listed.iter().filter(|one| one.canceled_on.is_none());
    let tax: i64 = stand.map(|one| one.tax.minor()).sum();
    let sums = tax_snapshot::sums(snapshot, Some(from), Some(until)).await?;
    assert_eq!(sums.iter().map(|sum| sum.tax.minor()).sum::<i64>(), tax);
    for one in &listed {
        assert_eq!(tax_snapshot::get(snapshot, one.invoice_id).await?.as_ref(), Some(one));
    }
    Ok(())
}

async fn books(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let whole = journal::Period::default();
    let listed = walk!(
        |after| journal::lines(snapshot, None, whole, after, 3),
        |line: &journal::Line| (line.position, line.line)
    );
    assert_eq!(listed.len(), fold::<journal::Journal>(&world.events).len());
    for position in [0, world.head() / 3, world.head() / 2, world.head()] {
        let period = journal::Period { until_position: Some(position), ..whole };
        for balance in journal::trial_balance(snapshot, period, journal::Entries::All).await? {
            assert!(balance.is_balanced(), "at {position}: {balance:?}");
            let sum: i64 = balance.accounts.iter().map(|one| one.balance.minor()).sum();
            assert_eq!(sum, 0);
        }
    }
    let first = &listed[0];
    let entry = journal::entry(snapshot, first.position).await?;
    assert!(entry.contains(first));
    Ok(())
}

async fn times(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    for id in world.invoices.keys() {
        let whole = timeline::of_subject(snapshot, timeline::Subject::Invoice, *id, None, 1_000);
        let whole = whole.await?;
        let mut paged = Vec::new();
        let mut before = None;
        loop {
            let subject = timeline::Subject::Invoice;
            let page = timeline::of_subject(snapshot, subject, *id, before, 7).await?;
            let Some(first) = page.first() else { break };
            before = Some(first.position);
            paged.splice(0..0, page);
        }
        assert_eq!(paged, whole);
        let own = world.events.iter().filter(|event| event.aggregate_id == *id);
        assert_eq!(own.count(), whole.len());
    }
    assert!(invoices::get(snapshot, InvoiceId::new(uuid::Uuid::nil())).await?.is_none());
    Ok(())
}

async fn things(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let mut all = 0;
    for kind in Kind::ALL {
        let key = |one: &operations::Thing| one.row.operation_id;
        let listed = walk!(|after| operations::of_kind(snapshot, *kind, after, 1), key);
        for one in &listed {
            let id = OperationId::new(one.row.operation_id);
            assert_eq!(operations::get(snapshot, *kind, id).await?.as_ref(), Some(one));
        }
        all += listed.len();
    }
    assert_eq!(all, fold::<operations::Operations>(&world.events).len());
    Ok(())
}

async fn use_of_months(snapshot: &Snapshot, world: &World) -> Result<(), EngineError> {
    let rows = fold::<usage_drift::UsageDrift>(&world.events);
    let mut seen = 0;
    for month in 1..=12 {
        let month = CycleKey { year: 2026, month };
        let usage = usage_drift::of_month(snapshot, month).await?;
        let metrics: Vec<Metric> = usage.iter().map(|one| one.metric).collect();
        assert_eq!(metrics, Metric::ALL);
        for one in usage.iter().filter(|one| !one.metric.is_current()) {
            seen += usize::from(one.updated_at.is_some());
            let drift = one.recorded.map(|recorded| recorded - one.computed);
            assert_eq!((one.drift, one.drifts()), (drift, drift.is_some_and(|drift| drift != 0)));
        }
    }
    let of_months = rows.keys().filter(|(_, month)| month.starts_with("2026-"));
    assert_eq!(seen, of_months.count());
    Ok(())
}
