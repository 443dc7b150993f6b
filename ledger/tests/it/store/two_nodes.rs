//! Several writers on one org: slower, never wrong.

use ledger::store::{ExecuteError, Ledger};
use schema::testing::Role;
use time::macros::date;

use super::support::{config, invoice, issue, line, setup};

/// What one node has acknowledged, the other must not deny: each invoice gets a line on one node
/// and is issued at once on the other, which would refuse an invoice without lines.
#[tokio::test]
async fn no_false_refusal_after_the_other_node_said_yes() {
    let setup = setup().await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    let nodes = [&setup.ledger, &other];
    for round in 0..400_u128 {
        let (one, two) = (
            nodes[usize::try_from(round % 2).unwrap()],
            nodes[1 - usize::try_from(round % 2).unwrap()],
        );
        // Both nodes have this org and this invoice in memory.
        let id = invoice(round / 2);
        one.execute(&setup.fresh(), id, line(round)).await.unwrap();
        if round % 2 == 1 {
            let issued = two.execute(&setup.fresh(), id, issue(date!(2026 - 03 - 01))).await;
            assert!(issued.is_ok(), "round {round}: {issued:?}");
        }
    }
    let misses = setup.ledger.metrics().cas_misses + other.metrics().cas_misses;
    assert!(misses > 100, "the nodes did get in each other's way: {misses}");
}

#[tokio::test]
async fn two_nodes_under_load_leave_no_gap() {
    let setup = setup().await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    let nodes = [setup.ledger.clone(), other];
    let work = (0..300_u128).map(|number| {
        let ledger = nodes[usize::try_from(number % 2).unwrap()].clone();
        let context = setup.fresh();
        async move { ledger.execute(&context, invoice(number % 5), line(number)).await.unwrap() }
    });
    futures_util::future::join_all(work).await;
    let events = setup.ledger.read(setup.org, 0, 1_000).await.unwrap();
    let positions: Vec<_> = events.iter().map(|event| event.position).collect();
    assert_eq!(positions, (1..=305).collect::<Vec<i64>>());
    let times: Vec<_> = events.iter().map(|event| event.recorded_at).collect();
    assert!(times.is_sorted(), "recorded_at never decreases along positions");
}

#[tokio::test]
async fn the_same_key_on_two_nodes_happens_once() {
    let setup = setup().await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    for round in 0..50_u128 {
        let key = format!("round {round}");
        let (left, right) = (setup.keyed(&key, 1), setup.keyed(&key, 1));
        let (left, right) = tokio::join!(
            setup.ledger.execute(&left, invoice(round), line(round)),
            other.execute(&right, invoice(round), line(round)),
        );
        let (left, right) = (left.unwrap(), right.unwrap());
        assert_eq!(left.events, right.events);
        assert!(left.replayed != right.replayed, "one of the two did it");
    }
    assert_eq!(setup.ledger.head(setup.org).await.unwrap(), Some(100));
}

/// The connection is cut while commands are under way: what was acknowledged is there, what was
/// not is done once under its id.
#[tokio::test]
async fn a_lost_connection_loses_nothing_and_doubles_nothing() {
    let setup = setup().await;
    let owner = setup.database.connect(Role::Owner).await;
    let cutter = async {
        for _ in 0..20 {
            owner
                .batch_execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity \
                     where application_name = 'daybook-writer' and datname = current_database()",
                )
                .await
                .unwrap();
            tokio::task::yield_now().await;
        }
    };
    let work = (0..300_u128).map(|number| {
        let ledger = setup.ledger.clone();
        let setup = &setup;
        async move {
            let key = format!("line {number}");
            // Failures of the world are the caller's to repeat, under the same key.
            for _ in 0..50 {
                let context = setup.keyed(&key, 1);
                match ledger.execute(&context, invoice(number % 5), line(number)).await {
                    Ok(outcome) => return outcome,
                    Err(ExecuteError::Store(_) | ExecuteError::Indeterminate { .. }) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            panic!("line {number} was never accepted")
        }
    });
    let (outcomes, ()) = tokio::join!(futures_util::future::join_all(work), cutter);
    let events = setup.ledger.read(setup.org, 0, 1_000).await.unwrap();
    assert_eq!(events.len(), 305);
    for event in outcomes.iter().flat_map(|outcome| &outcome.events) {
        let index = usize::try_from(event.position - 1).unwrap();
        assert_eq!(events[index].event_id, event.event_id, "acknowledged and there");
    }
}
