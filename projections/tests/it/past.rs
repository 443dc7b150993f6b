//! Read models as they were: what the tables of the past say is what the projection of the prefix
//! says, and what the live model said then.

use std::{cell::RefCell, collections::BTreeMap, pin::Pin, time::Duration};

use ledger::values::{Id, InvoiceId};
use projections::{
    billing_audit_logs::BillingAuditLogs,
    billing_decisions::BillingDecisions,
    claim_filings::ClaimFilings,
    claims::Claims,
    credit_notes::CreditNotes,
    disputes::Disputes,
    engine::{
        AnswerState, Columns, EngineError, History, HistoryOptions, ReadModel, Snapshot, Streams,
        fold, read_models,
    },
    exceptions::Exceptions,
    facesheets::Facesheets,
    held_payments::HeldPayments,
    invoice_lines::InvoiceLines,
    invoices::Invoices,
    journal::Journal,
    operations::Operations,
    patients::Patients,
    payment_plans::PaymentPlans,
    payment_status::PaymentStatus,
    periods::Periods,
    prior_auths::PriorAuths,
    reconcile::Reconcile,
    remittance_claims::RemittanceClaims,
    remittances::Remittances,
    revenue::Revenue,
    statement_deliveries::StatementDeliveries,
    statement_escalations::StatementEscalations,
    statements::Statements,
    tax_ledger::TaxLedger,
    tax_snapshot::TaxSnapshot,
    timeline::Timeline,
    usage_drift::UsageDrift,
};
use proptest::strategy::{Strategy, ValueTree};

use crate::{
    support::{Setup, eventually, reach, setup},
    world::{World, steps},
};

type Asked<'a> = Pin<Box<dyn Future<Output = &'static str> + 'a>>;

/// Asks something of every model, one after the other; which were asked.
macro_rules! of_all_models {
    ($ask:ident($($argument:expr),+)) => {{
        let asked: RefCell<Vec<Asked<'_>>> = RefCell::default();
        of_all_models!(@each asked $ask($($argument),+)
            BillingAuditLogs BillingDecisions ClaimFilings Claims CreditNotes Disputes Exceptions
            Facesheets HeldPayments InvoiceLines Invoices Journal Operations Patients PaymentPlans
            PaymentStatus Periods PriorAuths Reconcile RemittanceClaims Remittances Revenue
            StatementDeliveries StatementEscalations Statements TaxLedger TaxSnapshot Timeline
            UsageDrift);
        let mut names = Vec::new();
        for asked in asked.into_inner() {
            names.push(asked.await);
        }
        let registered: Vec<&str> = read_models().iter().map(|model| model.name()).collect();
        assert_eq!(names, registered, "every model has a past");
    }};
    (@each $asked:ident $ask:ident $arguments:tt $($model:ident)+) => {
        $( of_all_models!(@one $asked $ask $arguments $model); )+
    };
    (@one $asked:ident $ask:ident($($argument:expr),+) $model:ident) => {
        $asked.borrow_mut().push(Box::pin($ask::<$model>($($argument),+)))
    };
}

/// Rows of a view, by key, each with the position of the last event that changed it.
async fn rows<M: ReadModel>(snapshot: &Snapshot) -> BTreeMap<M::Key, (M::Row, i64)> {
    let sql = "select {columns}, as_of_position from {table} where org_id = $1";
    let found = snapshot.ask::<M>(sql, &[&snapshot.org().0]).await.unwrap();
    let row = |row: &tokio_postgres::Row| {
        let read = <M::Row as Columns>::read(row).unwrap();
        (read.key(), (read, row.get("as_of_position")))
    };
    found.iter().map(row).collect()
}

async fn past_is_the_prefix<M: ReadModel>(past: &Snapshot, world: &World) -> &'static str {
    let at = past.model::<M>().await.unwrap().position;
    let prefix = world.events.iter().filter(|event| event.position <= at);
    assert!(rows::<M>(past).await == fold::<M>(prefix), "{} at {at}", M::NAME);
    M::NAME
}

async fn past_is_what_was_said<M: ReadModel>(past: &Snapshot, said: &Said) -> &'static str {
    let sql = "select to_jsonb(t)::text from {table} t where org_id = $1 order by 1";
    let found = past.ask::<M>(sql, &[&past.org().0]).await.unwrap();
    let found: Vec<String> = found.iter().map(|row| row.get(0)).collect();
    let mut said = said.borrow_mut();
    match said.get(M::NAME) {
        Some(said) => assert!(found == *said, "{}", M::NAME),
        None => drop(said.insert(M::NAME, found)),
    }
    M::NAME
}

/// What every model said, as JSON.
type Said = RefCell<BTreeMap<&'static str, Vec<String>>>;

fn world(number: u128, seed: usize) -> World {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut drawn = steps(300).new_tree(&mut runner).unwrap().current();
    for _ in 0..seed {
        drawn.extend(steps(300).new_tree(&mut runner).unwrap().current());
    }
    World::after(number, &drawn)
}

fn history(setup: &Setup, change: impl FnOnce(&mut HistoryOptions)) -> History {
    let mut options = HistoryOptions::default();
    change(&mut options);
    History::new(setup.ledger.clone(), options)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_the_projection_of_the_prefix_and_what_was_said_then() {
    let (setup, whole) = (setup().await, world(1, 3));
    let (said, half) = (Said::default(), whole.head() / 2);
    let mut now = World::new(1);
    now.events = whole.events[..usize::try_from(half).unwrap()].to_vec();
    setup.append(&now).await;
    let engine = setup.engine();
    reach(&engine, whole.org, half).await;
    let live = Snapshot::open(setup.ledger.app_pool(), whole.org).await.unwrap();
    of_all_models!(past_is_what_was_said(&live, &said));
    drop(live);
    setup.append_after(&whole, half).await;
    reach(&engine, whole.org, whole.head()).await;

    let history = history(&setup, |_| {});
    let past = history.at(whole.org, half, None).await.unwrap();
    of_all_models!(past_is_what_was_said(&past, &said));
    for at in [0, 1, whole.head() / 3, half, whole.head()] {
        let past = history.at(whole.org, at, None).await.unwrap();
        of_all_models!(past_is_the_prefix(&past, &whole));
    }
    let sparing = self::history(&setup, |options| options.held_rows = 5);
    let past = sparing.at(whole.org, half, None).await.unwrap();
    of_all_models!(past_is_the_prefix(&past, &whole));
    // The last position is what the live models say now.
    let (now, said) = (Snapshot::open(setup.ledger.app_pool(), whole.org).await, Said::default());
    of_all_models!(past_is_what_was_said(now.as_ref().unwrap(), &said));
    let past = history.at(whole.org, whole.head(), None).await.unwrap();
    of_all_models!(past_is_what_was_said(&past, &said));
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_subject_is_told_from_its_own_stream() {
    let (setup, world) = (setup().await, world(1, 3));
    setup.append(&world).await;
    let (history, mut told) = (history(&setup, |_| {}), 0);
    for at in [world.head() / 3, world.head()] {
        let prefix = || world.events.iter().filter(|event| event.position <= at);
        let (invoices, payments) = (fold::<Invoices>(prefix()), fold::<PaymentStatus>(prefix()));
        for id in world.invoices.keys() {
            let streams = Streams::of(InvoiceId::new(*id));
            let past = history.at(world.org, at, Some(streams)).await.unwrap();
            let found = rows::<Invoices>(&past).await;
            assert!(found.get(id) == invoices.get(id), "{id} at {at}");
            told += found.len();
            let of_it = payments.iter().filter(|((of, _), _)| of == id);
            let of_it: BTreeMap<_, _> = of_it.map(|(key, row)| (*key, row.clone())).collect();
            assert!(rows::<PaymentStatus>(&past).await == of_it, "{id} at {at}");
            past.close().await.unwrap();
        }
    }
    assert!(told > 1, "the histories have invoices");
    // Nothing stays in the connections, and no place was taken.
    assert_eq!(history.kept(), 0);
    let other = Streams::of(Id::<ledger::claim::Claim>::new(uuid::Uuid::nil()));
    for _ in 0..6 {
        let past = history.at(world.org, world.head(), Some(other)).await.unwrap();
        assert!(rows::<Invoices>(&past).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_shared_bounded_and_let_go() {
    let (setup, world) = (setup().await, world(1, 0));
    setup.append(&world).await;
    let history = history(&setup, |options| {
        options.answers = 2;
        options.keep = Duration::from_millis(400);
    });
    let first = history.at(world.org, 1, None).await.unwrap();
    let again = history.at(world.org, 1, None).await.unwrap();
    first.model::<Invoices>().await.unwrap();
    again.model::<Invoices>().await.unwrap();
    assert_eq!(history.kept(), 1);
    let second = history.at(world.org, 2, None).await.unwrap();
    let third = history.at(world.org, 3, None).await;
    assert!(matches!(third.map(drop), Err(EngineError::TooManyAnswers)));
    // A place that nobody holds is given to the next.
    drop(second);
    let third = history.at(world.org, 3, None).await.unwrap();
    third.model::<Journal>().await.unwrap();
    drop((first, again, third));
    eventually(async || (history.kept() == 0).then_some(())).await;
    let connections = "select count(*) from pg_stat_activity where query like '%asof_%' \
                       and pid <> pg_backend_pid()";
    eventually(async || (setup.number(connections).await == 0).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_folded_by_a_job_and_too_many_rows_are_refused() {
    let (setup, world) = (setup().await, world(1, 1));
    setup.append(&world).await;
    let long = history(&setup, |options| options.wait_events = 10);
    let past = long.at(world.org, world.head(), None).await.unwrap();
    let asked = past.model::<Journal>().await;
    let Err(EngineError::Preparing(preparing)) = asked else { panic!("{asked:?}") };
    let state = async || {
        let status = long.status(world.org, preparing.id).unwrap();
        (status.state == AnswerState::Ready).then_some(status)
    };
    let status = eventually(state).await;
    assert_eq!(status.models, [("journal", AnswerState::Ready, world.head())]);
    past_is_the_prefix::<Journal>(&past, &world).await;
    assert_eq!(long.status(crate::world::org(2), preparing.id), None, "nobody else's");

    let small = history(&setup, |options| options.rows = 3);
    let past = small.at(world.org, world.head(), None).await.unwrap();
    for _ in 0..2 {
        let Err(EngineError::Shared(error)) = past.model::<Timeline>().await else { panic!() };
        assert!(matches!(*error, EngineError::TooLarge { model: "timeline", rows: 3 }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_outlives_an_erasure() {
    let (setup, world) = (setup().await, world(1, 0));
    setup.append(&world).await;
    let history = history(&setup, |options| options.wait_events = 0);
    let id = async || {
        let past = history.at(world.org, world.head(), None).await.unwrap();
        let Err(EngineError::Preparing(answer)) = past.model::<Invoices>().await else {
            return None;
        };
        Some(answer.id)
    };
    let before = id().await.unwrap();
    eventually(async || id().await.is_none().then_some(())).await;
    let destroyed = "insert into subject_keys (org_id, subject_id, key_number, wrapped_key, \
        created_at, destroyed_at) values ($1, $1, 1, null, now(), now())";
    setup.owner.execute(destroyed, &[&world.org.0]).await.unwrap();
    let after = id().await.unwrap();
    assert_ne!(before, after);
    assert_eq!(history.status(world.org, before), None);
}
