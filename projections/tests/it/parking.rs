//! A model that cannot digest an event parks itself in that org, and nothing else stops.

use std::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicI64, Ordering},
};

use ledger::{recorded::Recorded, values::OrgId};
use projections::{
    columns,
    engine::{Engine, EngineOptions, ReadModel, Snapshot, folding, parked, read_models},
    timeline::Timeline,
};

use crate::{
    live::history,
    support::{Setup, eventually, models_only, reach, setup, soon},
    world::World,
};

/// Which event the test model stumbles over, and how.
static STUMBLES_AT: AtomicI64 = AtomicI64::new(0);
static HOW: AtomicI64 = AtomicI64::new(0);
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

const HEARING: i64 = 1;
const FOLDING: i64 = 2;
const SAVING: i64 = 3;

columns! {
    /// One event.
    pub struct Step {
        key {
            /// Which.
            position: i64,
        }
        /// The row before it.
        previous: i64,
    }
}

/// Remembers each event, and stumbles when told to.
struct Stumbler;

impl ReadModel for Stumbler {
    const NAME: &'static str = "stumbler";
    const VERSION: i32 = 1;
    type Key = i64;
    type Change = i64;
    type Row = Step;

    fn hear(event: &Recorded, out: &mut impl Extend<(i64, i64)>) {
        assert!(!stumbles(event.position, HEARING), "cannot hear");
        out.extend([(event.position, event.position)]);
    }

    fn fold(row: &mut Option<Step>, position: i64) {
        assert!(!stumbles(position, FOLDING), "cannot fold");
        // The table refuses what is below zero.
        let previous = if stumbles(position, SAVING) { -1 } else { position - 1 };
        *row = Some(Step { position, previous });
    }
}

fn stumbles(position: i64, how: i64) -> bool {
    HOW.load(Ordering::SeqCst) == how && STUMBLES_AT.load(Ordering::SeqCst) == position
}

/// Tests of this file share the switch above.
fn alone() -> MutexGuard<'static, ()> {
    let guard = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    HOW.store(0, Ordering::SeqCst);
    guard
}

async fn with_stumbler() -> (Setup, EngineOptions) {
    let setup = setup().await;
    let table = "create table stumbler_a (org_id uuid not null, position bigint not null, \
        previous bigint not null check (previous >= 0), as_of_position bigint not null, \
        primary key (org_id, position)); select finish_read_model('stumbler')";
    setup.owner.batch_execute(table).await.unwrap();
    let mut options = models_only(&setup.database);
    options.models.push(folding::<Stumbler>());
    (setup, options)
}

async fn stumbled(setup: &Setup, org: OrgId) -> projections::engine::Parked {
    eventually(async || parked(&setup.ledger, Some(org)).await.unwrap().pop()).await
}

#[expect(clippy::await_holding_lock, reason = "tests of this file share a switch")]
async fn parks_and_goes_on(how: i64) {
    let _guard = alone();
    let (setup, options) = with_stumbler().await;
    let (one, two) = (World::after(1, &history(400)), World::after(2, &history(8)));
    assert!(one.head() > 40 && two.head() < 40, "only one org comes across the stumbling block");
    STUMBLES_AT.store(40, Ordering::SeqCst);
    HOW.store(how, Ordering::SeqCst);
    setup.append(&one).await;
    setup.append(&two).await;
    let engine = Engine::start(setup.ledger.clone(), options);
    let parked = stumbled(&setup, one.org).await;
    assert_eq!((parked.position, &*parked.follower), (40, Stumbler::NAME), "{parked:?}");
    // The other org, and the other models of this one, go on.
    engine.wait_for(two.org, Stumbler::NAME, two.head(), soon()).await.unwrap();
    reach(&engine, one.org, one.head()).await;
    reach(&engine, two.org, two.head()).await;
    assert_eq!(engine.health().await.unwrap().parked, 1);
    let before = setup.number("select count(*) from stumbler_a where org_id::text like '%001'");
    assert_eq!(before.await, 39);

    HOW.store(0, Ordering::SeqCst);
    assert!(engine.unpark(one.org, Stumbler::NAME).await.unwrap());
    engine.wait_for(one.org, Stumbler::NAME, one.head(), soon()).await.unwrap();
    let rows = setup.number("select count(*) from stumbler_a where org_id::text like '%001'");
    assert_eq!(rows.await, one.head());
    assert_eq!(engine.health().await.unwrap().parked, 0);
    engine.stop().await;
}

#[tokio::test]
async fn a_model_that_cannot_hear_an_event_waits_there_alone() {
    parks_and_goes_on(HEARING).await;
}

#[tokio::test]
async fn a_model_that_cannot_fold_an_event_waits_there_alone() {
    parks_and_goes_on(FOLDING).await;
}

#[tokio::test]
async fn a_model_whose_row_the_database_refuses_waits_there_alone() {
    parks_and_goes_on(SAVING).await;
}

/// Puts one more event into the log, of any name and with any payload.
async fn append_raw(setup: &Setup, world: &World, name: &str, payload: &[u8]) {
    let sql = "insert into events select org_id, $2::bigint, aggregate_id, 1000000 + $2::bigint, \
        gen_random_uuid(), correlation_id, causation_id, command_id, occurred_at, recorded_at, 1, \
        aggregate_type, $3, actor, $4, metadata, leaf_hash from events \
        where org_id = $1 and position = 1";
    let position = world.head() + 1;
    setup.owner.execute(sql, &[&world.org.0, &position, &name, &payload]).await.unwrap();
    setup.move_head(world.org, position).await;
}

#[tokio::test]
async fn a_damaged_payload_parks_those_who_hear_it() {
    let setup = setup().await;
    let world = World::after(1, &history(60));
    setup.append(&world).await;
    append_raw(&setup, &world, "billing.invoice.issued", b"{\"damaged\":true}").await;
    let engine = setup.engine();
    // Who does not hear invoices passes it.
    engine.wait_for(world.org, "patients", world.head() + 1, soon()).await.unwrap();
    engine.wait_for(world.org, "invoice_lines", world.head() + 1, soon()).await.unwrap();
    let expected =
        read_models().iter().filter(|model| model.hears("billing.invoice.issued")).count();
    eventually(async || {
        (parked(&setup.ledger, None).await.unwrap().len() == expected).then_some(())
    })
    .await;
    for parked in parked(&setup.ledger, Some(world.org)).await.unwrap() {
        assert_eq!(parked.position, world.head() + 1);
        let model = read_models().into_iter().find(|model| model.name() == parked.follower);
        assert!(model.unwrap().hears("billing.invoice.issued"));
    }
    let snapshot = Snapshot::open(setup.ledger.app_pool(), world.org).await.unwrap();
    assert_eq!(snapshot.model::<Timeline>().await.unwrap().position, world.head());
    engine.stop().await;
}

#[tokio::test]
async fn an_event_of_a_newer_program_is_waited_for() {
    let setup = setup().await;
    let world = World::after(1, &history(60));
    setup.append(&world).await;
    append_raw(&setup, &world, "billing.invoice.teleported", b"{}").await;
    let engine = setup.engine();
    reach(&engine, world.org, world.head()).await;
    eventually(async || (engine.health().await.unwrap().needs_upgrade == 1).then_some(())).await;
    let health = engine.health().await.unwrap();
    assert_eq!((health.parked, health.orgs_behind), (0, 1));
    assert!(health.oldest_unprocessed.is_some());
    engine.stop().await;
}
