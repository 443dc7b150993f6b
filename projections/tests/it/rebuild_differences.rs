//! A rebuilt table that says something else than the live one is found, waits, and is accepted.

use ledger::{
    recorded::{Actor, Recorded},
    switch::{Switch, switch_id},
};
use projections::{
    engine::{
        Acceptance, ReadModel, RebuildOptions, check, checks, due_checks, folding, read_models,
        rebuild, rederive,
    },
    invoices::Invoices,
};

use crate::{
    live::history,
    rebuild::{answering, options},
    support::{reach, setup},
    world::World,
};

fn acceptance() -> Acceptance {
    Acceptance { actor: Actor("cli".to_owned()), reason_code: "row_repaired".parse().unwrap() }
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
