//! Rebuilding equals living, while everybody reads on.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use ledger::{
    recorded::{Actor, Recorded},
    switch::{Switch, switch_id},
};
use projections::{
    engine::{
        Acceptance, Engine, Outdated, ReadModel, RebuildOptions, Slot, Snapshot, check, checks,
        due_checks, folding, outdated, parked, read_models, rebuild, rederive,
    },
    invoices::Invoices,
};
use schema::testing::Role;

use crate::{
    live::history,
    support::{Setup, models_only, reach, setup},
    world::World,
};

fn acceptance() -> Acceptance {
    Acceptance { actor: Actor("cli".to_owned()), reason_code: "row_repaired".parse().unwrap() }
}

fn options(setup: &Setup) -> RebuildOptions {
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

async fn answering(setup: &Setup, world: &World) -> String {
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
async fn a_damaged_live_row_is_found_and_put_right() {
    let setup = setup().await;
    let world = World::after(1, &history(400));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    let damage = "update invoices_a set balance_minor = balance_minor + 1 where invoice_id in \
        (select invoice_id from invoices_a limit 1)";
    assert_eq!(setup.owner.execute(damage, &[]).await.unwrap(), 1);
    setup.owner.execute("delete from tax_snapshot_a", &[]).await.unwrap();
    let report = rebuild(&setup.ledger, &["invoices", "tax_snapshot"], options(&setup)).await;
    let report = report.unwrap();
    let of =
        |name: &str| report.differences.iter().filter(|one| one.model == name).collect::<Vec<_>>();
    assert_eq!(of("invoices").len(), 1);
    assert_eq!(of("invoices")[0].column, "balance_minor");
    let missing = of("tax_snapshot");
    assert!(!missing.is_empty());
    assert!(missing.iter().all(|one| one.live.is_none() && one.column == "*"));
    assert_eq!((report.switched, report.waiting), (0, 2));
    let summed = &report.disagreements[0];
    assert_eq!((&*summed.model, summed.rows, summed.explained), ("invoices", 1, false));
    assert_eq!((&*summed.money[0].column, &*summed.money[0].minor), ("balance_minor", "-1"));
    assert_eq!(answering(&setup, &world).await, "invoices_a");

    // What was looked at is what is accepted, and the log keeps it.
    let accept = RebuildOptions { resume: true, accept: Some(acceptance()), ..options(&setup) };
    let accepted = rebuild(&setup.ledger, &["invoices"], accept.clone()).await.unwrap();
    assert_eq!((accepted.switched, accepted.waiting, &accepted.failures), (1, 0, &vec![]));
    assert_eq!(accepted.disagreements[0].digest, summed.digest);
    let (switch, _) =
        setup.ledger.load::<Switch>(world.org, switch_id(world.org, "invoices")).await.unwrap();
    let forced = switch.last().unwrap();
    assert_eq!((forced.differences, forced.digest.0), (1, summed.digest));
    assert_eq!((forced.position, forced.slot.as_str()), (world.head(), "b"));
    assert_eq!(answering(&setup, &world).await, "invoices_b");

    // And back, by the same rule.
    let back = rebuild(&setup.ledger, &["invoices"], accept).await.unwrap();
    assert_eq!((back.switched, back.disagreements.len()), (1, 1));
    assert_eq!(answering(&setup, &world).await, "invoices_a");
    engine.stop().await;
}

/// Invoices by somebody who forgot payments.
struct Forgetful;

impl ReadModel for Forgetful {
    const NAME: &'static str = Invoices::NAME;
    const VERSION: i32 = Invoices::VERSION;
    type Key = <Invoices as ReadModel>::Key;
    type Change = <Invoices as ReadModel>::Change;
    type Row = <Invoices as ReadModel>::Row;

    fn hears(event_type: &str) -> bool {
        event_type != "billing.invoice.payment_succeeded" && Invoices::hears(event_type)
    }

    fn hear(event: &Recorded, out: &mut impl Extend<(Self::Key, Self::Change)>) {
        Invoices::hear(event, out);
    }

    fn fold(row: &mut Option<Self::Row>, change: Self::Change) {
        Invoices::fold(row, change);
    }
}

#[tokio::test]
async fn a_fault_in_a_projector_is_caught_before_the_switch() {
    let setup = setup().await;
    let world = World::after(1, &history(400));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    let faulty = RebuildOptions { models: vec![folding::<Forgetful>()], ..options(&setup) };
    let report = rebuild(&setup.ledger, &[], faulty).await.unwrap();
    assert_eq!((report.rebuilt, report.switched, report.waiting), (1, 0, 1));
    let found = &report.disagreements[0];
    assert!(found.money.iter().any(|moved| moved.column == "paid_minor"), "{found:?}");
    assert_eq!(answering(&setup, &world).await, "invoices_a");
    let right = rebuild(&setup.ledger, &["invoices"], options(&setup)).await.unwrap();
    assert_eq!((right.switched, right.disagreements.len()), (1, 0));
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

#[tokio::test]
async fn working_it_out_once_more_finds_what_was_damaged_and_leaves_all_as_it_is() {
    let setup = setup().await;
    let world = World::after(1, &history(400));
    setup.append(&world).await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    let sound = rederive(&setup.ledger, world.org, &read_models()).await.unwrap();
    assert_eq!((sound.models, sound.position), (read_models().len(), world.head()));
    assert_eq!(sound.disagreements, vec![]);
    let damage = "update invoices_a set balance_minor = balance_minor + 1 where invoice_id in \
        (select invoice_id from invoices_a limit 1)";
    assert_eq!(setup.owner.execute(damage, &[]).await.unwrap(), 1);
    let found = rederive(&setup.ledger, world.org, &read_models()).await.unwrap();
    assert_eq!(found.disagreements.len(), 1);
    let one = &found.disagreements[0];
    assert_eq!((&*one.model, one.rows, &*one.money[0].minor), ("invoices", 1, "-1"));
    // In turn, and kept.
    assert_eq!(checks(&setup.ledger).await.unwrap().unchecked, 1);
    assert_eq!(due_checks(&setup.ledger, 5).await.unwrap(), vec![world.org]);
    check(&setup.ledger, world.org, &read_models()).await.unwrap();
    let known = checks(&setup.ledger).await.unwrap();
    assert_eq!((known.differing, known.unchecked), (1, 0));
    assert_eq!(known.last_position, world.head());
    assert!(setup.table("invoices_b").await.is_empty(), "nothing was written");
    engine.stop().await;
}
