//! Rebuilding equals living, while everybody reads on.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use projections::{
    engine::{
        Engine, Outdated, RebuildOptions, Slot, Snapshot, outdated, parked, read_models, rebuild,
    },
    invoices::Invoices,
};
use schema::testing::Role;

use crate::{
    live::history,
    support::{Setup, models_only, reach, setup},
    world::World,
};

pub(crate) fn options(setup: &Setup) -> RebuildOptions {
    RebuildOptions { relay: Some(setup.database.config(Role::Relay)), ..RebuildOptions::default() }
}

/// Rows of both slots are the same, org by org.
async fn slots_are_the_same(setup: &Setup) {
    for model in read_models() {
        let name = model.name();
        let (a, b) =
            (setup.table(&format!("{name}_a")).await, setup.table(&format!("{name}_b")).await);
        assert_eq!(a, b, "{name}");
        assert!(!a.is_empty(), "the history says nothing about {name}");
    }
}

pub(crate) async fn answering(setup: &Setup, world: &World) -> String {
    let snapshot = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    snapshot.model::<Invoices>().await.unwrap().table
}

#[tokio::test]
async fn a_rebuilt_model_equals_the_live_one_and_answers_afterwards() {
    let setup = setup().await;
    let steps = history(400);
    let begun = World::after(1, &steps[..150]);
    let (one, two) = (World::after(1, &steps), World::after(2, &steps));
    setup.append(&begun).await;
    setup.append(&two).await;
    let engine = setup.engine();
    reach(&engine, begun.org, begun.head()).await;
    reach(&engine, two.org, two.head()).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = told.clone();
    let options = RebuildOptions {
        on_progress: Some(Arc::new(move |progress| telling.lock().unwrap().push(progress))),
        ..options(&setup)
    };
    let report = rebuild(&setup.ledger, &[], options).await.unwrap();
    assert_eq!((&report.differences, &report.failures), (&vec![], &vec![]));
    let tables = 2 * read_models().len();
    assert_eq!((report.rebuilt, report.compared, report.switched), (tables, tables, tables));
    let last = *told.lock().unwrap().last().unwrap();
    assert_eq!((last.orgs_done, last.orgs), (2, 2));
    slots_are_the_same(&setup).await;
    assert_eq!(answering(&setup, &one).await, "invoices_b");

    // Live work goes on in the new tables, and only there.
    setup.append_after(&one, begun.head()).await;
    reach(&engine, one.org, one.head()).await;
    assert_ne!(setup.table("timeline_a").await, setup.table("timeline_b").await);

    // Resuming catches the old tables up and switches back.
    let back = RebuildOptions { resume: true, ..self::options(&setup) };
    let report = rebuild(&setup.ledger, &[], back).await.unwrap();
    assert_eq!((&report.differences, report.events_read), (&vec![], 0));
    assert_eq!(report.switched, tables);
    slots_are_the_same(&setup).await;
    assert_eq!(answering(&setup, &one).await, "invoices_a");
    engine.stop().await;
}

#[tokio::test]
async fn a_rebuild_alone_gives_an_org_its_rows() {
    let setup = setup().await;
    let world = World::after(1, &history(200));
    setup.append(&world).await;
    let report = rebuild(&setup.ledger, &[], options(&setup)).await.unwrap();
    assert_eq!(report.failures, vec![]);
    assert_eq!(report.switched, read_models().len());
    let snapshot = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    assert_eq!(snapshot.model::<Invoices>().await.unwrap().position, world.head());
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    let again = rebuild(&setup.ledger, &[], options(&setup)).await.unwrap();
    assert_eq!(again.differences, vec![]);
    engine.stop().await;
}

#[tokio::test]
async fn a_rebuild_that_may_hold_next_to_nothing_gives_the_same_rows() {
    let setup = setup().await;
    let world = World::after(1, &history(400));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    for held_rows in [0, 7] {
        let options = RebuildOptions { held_rows, ..options(&setup) };
        let report = rebuild(&setup.ledger, &[], options).await.unwrap();
        assert_eq!((&report.differences, &report.failures), (&vec![], &vec![]));
        assert_eq!(report.compared, read_models().len());
        slots_are_the_same(&setup).await;
    }
    engine.stop().await;
}

#[tokio::test]
async fn a_rebuild_under_load_equals_live() {
    let setup = setup().await;
    let steps = history(400);
    let whole = World::after(1, &steps);
    let engine = setup.engine();
    let mut head = 0;
    let done = Arc::new(AtomicBool::new(false));
    let rebuilding = {
        let (ledger, options, done) = (setup.ledger.clone(), options(&setup), done.clone());
        tokio::spawn(async move {
            let mut reports = Vec::new();
            while !done.load(Ordering::SeqCst) {
                reports.push(rebuild(&ledger, &[], options.clone()).await.unwrap());
            }
            reports
        })
    };
    while head < whole.head() {
        let mut cut = World::after(1, &[]);
        let until = whole.head().min(head + 20);
        cut.events = whole.events[..usize::try_from(until).unwrap()].to_vec();
        setup.append_after(&cut, head).await;
        head = until;
    }
    reach(&engine, whole.org, whole.head()).await;
    done.store(true, Ordering::SeqCst);
    for report in rebuilding.await.unwrap() {
        assert_eq!(report.differences, vec![]);
    }
    let last = rebuild(&setup.ledger, &[], options(&setup)).await.unwrap();
    assert_eq!((&last.differences, &last.failures), (&vec![], &vec![]));
    assert_eq!(last.compared, read_models().len());
    slots_are_the_same(&setup).await;
    engine.stop().await;
}

#[tokio::test]
async fn what_a_newer_program_keeps_is_left_alone() {
    let setup = setup().await;
    let world = World::after(1, &history(100));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    engine.stop().await;
    let newer = "update active_slots set version = 99, slot = 'b' where model = 'invoices'";
    setup.owner.execute(newer, &[]).await.unwrap();
    let report = rebuild(&setup.ledger, &["invoices"], options(&setup)).await.unwrap();
    assert_eq!((report.rebuilt, report.failures.len()), (0, 1));
    let snapshot = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    assert!(snapshot.model::<Invoices>().await.is_err());
    // The live engine writes neither table.
    let before = setup.table("invoices_a").await;
    let engine = Engine::start(setup.ledger.clone(), models_only(&setup.database));
    let mut more = World::after(1, &history(100));
    more.step(0, 5, 100);
    more.step(0, 4, 101);
    setup.append_after(&more, world.head()).await;
    let others = read_models().into_iter().filter(|model| model.name() != "invoices");
    for model in others {
        engine.wait_for(more.org, model.name(), more.head(), crate::support::soon()).await.unwrap();
    }
    assert_eq!(setup.table("invoices_a").await, before);
    assert!(setup.table("invoices_b").await.is_empty());
    assert!(parked(&setup.ledger, None).await.unwrap().is_empty());
    engine.stop().await;
}

#[tokio::test]
async fn a_model_of_an_older_version_is_found_and_rebuilt() {
    let setup = setup().await;
    let world = World::after(1, &history(100));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    engine.stop().await;
    assert_eq!(outdated(&setup.ledger, &read_models()).await.unwrap(), vec![]);
    let older = "update active_slots set version = 0 where model = 'invoices'; \
        update checkpoints set version = 0 where projector = 'invoices'";
    setup.owner.batch_execute(older).await.unwrap();
    let found = outdated(&setup.ledger, &read_models()).await.unwrap();
    assert_eq!(found, vec![Outdated { model: "invoices".to_owned(), orgs: 1 }]);
    let report = rebuild(&setup.ledger, &["invoices"], options(&setup)).await.unwrap();
    assert_eq!((&report.differences, report.switched), (&vec![], 1));
    assert_eq!(outdated(&setup.ledger, &read_models()).await.unwrap(), vec![]);
    assert_eq!(answering(&setup, &world).await, "invoices_b");
}

#[tokio::test]
async fn an_engine_renews_what_an_older_version_filled_and_only_that() {
    let setup = setup().await;
    let (world, other) = (World::after(1, &history(100)), World::after(2, &history(100)));
    setup.append(&world).await;
    setup.append(&other).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    reach(&engine, other.org, other.head()).await;
    engine.stop().await;
    let older = format!(
        "update active_slots set version = 0 where model = 'invoices' and org_id = '{0}'; \
         update checkpoints set version = 0 where projector = 'invoices' and org_id = '{0}'",
        world.org.0
    );
    setup.owner.batch_execute(&older).await.unwrap();
    let engine = setup.engine();
    crate::support::eventually(async || {
        let left = outdated(&setup.ledger, &read_models()).await.unwrap();
        left.is_empty().then_some(())
    })
    .await;
    reach(&engine, world.org, world.head()).await;
    assert_eq!(answering(&setup, &world).await, "invoices_b");
    assert_eq!(answering(&setup, &other).await, "invoices_a");
    engine.stop().await;
}

#[tokio::test]
async fn a_rebuild_can_be_stopped() {
    let setup = setup().await;
    let world = World::after(1, &history(100));
    setup.append(&world).await;
    let options = options(&setup);
    options.abort.store(true, Ordering::SeqCst);
    let report = rebuild(&setup.ledger, &[], options).await.unwrap();
    assert!(report.aborted);
    assert_eq!((report.rebuilt, report.switched), (0, 0));
    assert_eq!(Slot::A.other(), Slot::B);
}
