//! The engine follows the log, and several engines follow it together.

use projections::engine::{Engine, EngineOptions, ReadModel, Snapshot, fold, read_models};
use projections::{
    claim_filings::ClaimFilings, claims::Claims, invoice_lines::InvoiceLines, invoices::Invoices,
    journal::Journal, operations::Operations, patients::Patients, payment_status::PaymentStatus,
    prior_auths::PriorAuths, reconcile::Reconcile, remittance_claims::RemittanceClaims,
    remittances::Remittances, tax_snapshot::TaxSnapshot, timeline::Timeline,
    usage_drift::UsageDrift,
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

use crate::{
    support::{Setup, eventually, models_only, open, reach, setup, soon},
    world::{Step, World, steps},
};

/// A random history that is the same in every run.
pub(crate) fn history(most: usize) -> Vec<Step> {
    let mut runner = TestRunner::deterministic();
    let long = steps(most).prop_filter("long", |steps| steps.len() > most / 2);
    long.new_tree(&mut runner).unwrap().current()
}

/// The live table of every model holds what folding the log in memory gives.
async fn tables_are_the_fold(setup: &Setup, world: &World) {
    async fn one<M: ReadModel>(setup: &Setup, world: &World)
    where
        M::Row: std::fmt::Debug,
    {
        let snapshot = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
        let sql = "select {columns}, as_of_position from {table}";
        let rows = snapshot.ask::<M>(sql, &[]).await.unwrap();
        let folded = fold::<M>(&world.events);
        assert_eq!(rows.len(), folded.len(), "{}", M::NAME);
        for row in rows {
            let position: i64 = row.get("as_of_position");
            let row = <M::Row as projections::engine::Columns>::read(&row).unwrap();
            let key = projections::engine::Columns::key(&row);
            let (expected, at) = &folded[&key];
            assert!(row == *expected, "{}: {row:?}\nexpected {expected:?}", M::NAME);
            assert_eq!(position, *at, "{}", M::NAME);
        }
    }
    one::<ClaimFilings>(setup, world).await;
    one::<Claims>(setup, world).await;
    one::<InvoiceLines>(setup, world).await;
    one::<Invoices>(setup, world).await;
    one::<Journal>(setup, world).await;
    one::<Operations>(setup, world).await;
    one::<Patients>(setup, world).await;
    one::<PaymentStatus>(setup, world).await;
    one::<PriorAuths>(setup, world).await;
    one::<Reconcile>(setup, world).await;
    one::<RemittanceClaims>(setup, world).await;
    one::<Remittances>(setup, world).await;
    one::<TaxSnapshot>(setup, world).await;
    one::<Timeline>(setup, world).await;
    one::<UsageDrift>(setup, world).await;
}

#[tokio::test]
async fn live_tables_hold_what_the_log_folds_to() {
    let setup = setup().await;
    let steps = history(400);
    let (begun, whole) = (World::after(1, &steps[..100]), World::after(1, &steps));
    setup.append(&begun).await;
    let engine = setup.engine();
    reach(&engine, whole.org, begun.head()).await;
    tables_are_the_fold(&setup, &begun).await;
    // Rows that are there are loaded and folded on.
    setup.append_after(&whole, begun.head()).await;
    reach(&engine, whole.org, whole.head()).await;
    tables_are_the_fold(&setup, &whole).await;
    engine.stop().await;
}

#[tokio::test]
async fn two_engines_side_by_side_give_the_same_rows() {
    let setup = setup().await;
    let other = open(&setup.database).await;
    let one = setup.engine();
    let two = Engine::start(other, models_only(&setup.database));
    let steps = history(300);
    let worlds: Vec<World> = (1..=6).map(|org| World::after(org, &steps)).collect();
    let mut begun = vec![0; worlds.len()];
    for part in 1..=3 {
        for (world, begun) in worlds.iter().zip(&mut begun) {
            let mut cut = World::after(1, &[]);
            cut.org = world.org;
            cut.events = world.events[..world.events.len() * part / 3].to_vec();
            setup.append_after(&cut, *begun).await;
            *begun = cut.head();
        }
    }
    for world in &worlds {
        reach(&one, world.org, world.head()).await;
        reach(&two, world.org, world.head()).await;
        tables_are_the_fold(&setup, world).await;
    }
    let health = one.health().await.unwrap();
    assert_eq!((health.orgs_behind, health.parked), (0, 0));
    one.stop().await;
    two.stop().await;
}

#[tokio::test]
async fn a_snapshot_names_the_position_of_its_rows() {
    let setup = setup().await;
    let world = World::after(1, &history(60));
    let nothing = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    assert_eq!(nothing.model::<Invoices>().await.unwrap().position, 0);
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    // The earlier snapshot still sees nothing.
    assert_eq!(nothing.model::<Invoices>().await.unwrap().position, 0);
    assert!(nothing.ask::<Timeline>("select 1 from {table}", &[]).await.unwrap().is_empty());
    nothing.close().await.unwrap();
    let now = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    assert_eq!(now.model::<Invoices>().await.unwrap().position, world.head());
    drop(now);
    engine.stop().await;
}

#[tokio::test]
async fn waiting_past_the_head_ends_at_the_deadline() {
    let setup = setup().await;
    let world = World::new(1);
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_millis(80);
    let late = engine.wait_for(world.org, "invoices", world.head() + 1, deadline).await;
    let Err(projections::engine::NotReached::Deadline { reached, wanted, .. }) = late else {
        panic!("{late:?}");
    };
    assert_eq!((reached, wanted), (world.head(), world.head() + 1));
    let unknown = engine.wait_for(world.org, "nothing", 1, soon()).await;
    assert!(unknown.is_err());
    engine.stop().await;
}

#[tokio::test]
async fn many_orgs_of_one_event_share_transactions() {
    let setup = setup().await;
    let orgs = 300;
    for org in 1..=orgs {
        setup.append(&World::new(org)).await;
    }
    let engine = setup.engine();
    for org in 1..=orgs {
        let world = World::new(org);
        reach(&engine, world.org, 1).await;
    }
    let entries = setup.number("select count(*) from timeline_a").await;
    assert_eq!(entries, i64::try_from(orgs).unwrap());
    let checkpoints = setup.number("select count(*) from checkpoints where position = 1").await;
    assert_eq!(checkpoints, i64::try_from(orgs).unwrap() * read_models().len() as i64);
    engine.stop().await;
}

/// Cuts every connection but ours.
async fn cut(setup: &Setup) -> i64 {
    let sql = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
        where datname = current_database() and pid <> pg_backend_pid()";
    setup.number(sql).await
}

#[tokio::test]
async fn an_engine_that_loses_its_connections_goes_on() {
    let setup = setup().await;
    let steps = history(300);
    let (begun, whole) = (World::after(1, &steps[..100]), World::after(1, &steps));
    setup.append(&begun).await;
    let engine = setup.engine();
    reach(&engine, begun.org, begun.head()).await;
    assert!(cut(&setup).await > 0);
    setup.append_after(&whole, begun.head()).await;
    cut(&setup).await;
    eventually(async || {
        let reached = engine.wait_for(whole.org, "journal", whole.head(), soon()).await;
        reached.ok()
    })
    .await;
    reach(&engine, whole.org, whole.head()).await;
    tables_are_the_fold(&setup, &whole).await;
    assert_eq!(engine.health().await.unwrap().parked, 0);
    engine.stop().await;
}

#[tokio::test]
async fn another_process_hears_the_bell() {
    let setup = setup().await;
    let world = World::new(1);
    setup.ledger.create_org(world.org, "Maple Chiropractic").await.unwrap();
    let other = open(&setup.database).await;
    let hour = std::time::Duration::from_secs(3_600);
    // It never looks by itself after its first look.
    let deaf =
        EngineOptions { scan_every: hour, compare_every: hour, ..models_only(&setup.database) };
    let theirs = Engine::start(other, deaf);
    let ours = setup.engine();
    let listening = "select count(*) from pg_stat_activity where query = 'listen daybook_events'";
    eventually(async || (setup.number(listening).await == 2).then_some(())).await;
    let actor = ledger::recorded::Actor("test".to_owned());
    let context = ledger::store::Context::fresh(&setup.ledger, world.org, actor);
    let invoice = ledger::values::InvoiceId::new(crate::world::id(1, 1));
    setup.ledger.execute(&context, invoice, world.line_on(1)).await.unwrap();
    // Nobody waits for a position there: the bell alone makes it look.
    let handled = "select count(*) from checkpoints where position = 2";
    let models = i64::try_from(read_models().len()).unwrap();
    eventually(async || (setup.number(handled).await == models).then_some(())).await;
    ours.stop().await;
    let context = ledger::store::Context::fresh(
        &setup.ledger,
        world.org,
        ledger::recorded::Actor("test".to_owned()),
    );
    let other_invoice = ledger::values::InvoiceId::new(crate::world::id(1, 2));
    setup.ledger.execute(&context, other_invoice, world.line_on(2)).await.unwrap();
    let owner = &setup.owner;
    let bell = "select pg_notify('daybook_events', $1)";
    owner.execute(bell, &[&world.org.to_string()]).await.unwrap();
    let handled = "select count(*) from checkpoints where position = 4";
    eventually(async || (setup.number(handled).await == models).then_some(())).await;
    theirs.stop().await;
}
