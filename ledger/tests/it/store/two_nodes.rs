//! Several writers on one org: slower, never wrong.

use ledger::store::{ExecuteError, Ledger};
use schema::testing::Role;
use time::macros::date;

use super::{
    cutting::relay,
    support::{config, invoice, issue, line, opening, setup},
};

/// What one node has acknowledged, the other must not deny. The second node has the invoice in
/// memory without a line and refuses to issue it; then the first node adds a line, and the second
/// must know at once.
#[tokio::test]
async fn no_false_refusal_after_the_other_node_said_yes() {
    let setup = setup().await;
    let other = Ledger::open(config(&setup.database)).await.unwrap();
    let day = date!(2026 - 03 - 01);
    for round in 0..300_u128 {
        let (one, two) =
            if round % 2 == 0 { (&setup.ledger, &other) } else { (&other, &setup.ledger) };
        let id = invoice(round);
        one.execute(&setup.fresh(), id, opening()).await.unwrap();
        let early = two.execute(&setup.fresh(), id, issue(day)).await;
        assert!(matches!(early, Err(ExecuteError::Refused(_))), "round {round}: {early:?}");
        one.execute(&setup.fresh(), id, line(round)).await.unwrap();
        let issued = two.execute(&setup.fresh(), id, issue(day)).await;
        assert!(issued.is_ok(), "round {round}: {issued:?}");
    }
    let misses = setup.ledger.metrics().cas_misses + other.metrics().cas_misses;
    assert!(misses >= 200, "the nodes did get in each other's way: {misses}");
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

/// The same, while others work on the org: what was read for one of them while an append was on
/// its way that then lost its race must not stand in for what the other node wrote.
#[tokio::test(flavor = "multi_thread")]
async fn no_false_refusal_while_others_work_on_the_same_org() {
    let setup = setup().await;
    let nodes = [setup.ledger.clone(), Ledger::open(config(&setup.database)).await.unwrap()];
    let day = date!(2026 - 03 - 01);
    let desks = (0..8_u128).map(|desk| {
        let (nodes, setup) = (&nodes, &setup);
        async move {
            for round in 0..60_u128 {
                let one = usize::try_from((desk + round) % 2).unwrap();
                let (one, two) = (&nodes[one], &nodes[1 - one]);
                let number = desk * 1_000 + round;
                let id = invoice(number);
                one.execute(&setup.fresh(), id, opening()).await.unwrap();
                let early = two.execute(&setup.fresh(), id, issue(day)).await;
                assert!(matches!(early, Err(ExecuteError::Refused(_))), "{number}: {early:?}");
                one.execute(&setup.fresh(), id, line(number)).await.unwrap();
                let issued = two.execute(&setup.fresh(), id, issue(day)).await;
                assert!(issued.is_ok(), "{number}: {issued:?}");
            }
        }
    });
    futures_util::future::join_all(desks).await;
}

/// A client that had no answer in time asks the other node, while the first is still at it: what
/// its own command did must not be what refuses it. A node that was late to look the id up and
/// early to see what came of it would say so.
#[tokio::test]
async fn a_command_is_not_refused_for_what_it_did_on_the_other_node() {
    let setup = setup().await;
    let mut other = Ledger::open(config(&setup.database)).await.unwrap();
    let day = date!(2026 - 03 - 01);
    for round in 0..150_u128 {
        let id = invoice(round);
        setup.ledger.execute(&setup.fresh(), id, opening()).await.unwrap();
        setup.ledger.execute(&setup.fresh(), id, line(round)).await.unwrap();
        if round % 2 == 0 {
            // It knows nothing yet, and reads everything while the first node appends.
            other = Ledger::open(config(&setup.database)).await.unwrap();
        }
        let key = format!("round {round}");
        let (left, right) = (setup.keyed(&key, 1), setup.keyed(&key, 1));
        let late = std::time::Duration::from_micros(u64::try_from(round * 23 % 2_500).unwrap());
        let (left, right) = tokio::join!(setup.ledger.execute(&left, id, issue(day)), async {
            tokio::time::sleep(late).await;
            other.execute(&right, id, issue(day)).await
        });
        let (left, right) = (left.unwrap(), right.unwrap());
        assert_eq!(left.events, right.events, "round {round}");
    }
}

/// The line is cut while appends are under way, before the statement arrives and after it was
/// carried out: every command is answered as if nothing had happened, and happens once.
#[tokio::test]
async fn a_lost_connection_loses_nothing_and_doubles_nothing() {
    let setup = setup().await;
    let relay = relay(&setup.database.config(Role::Writer));
    let mut through = config(&setup.database);
    through.writer = relay.config.clone();
    let ledger = Ledger::open(through).await.unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..12_u128 {
        let work = (0..25_u128).map(|number| {
            let (ledger, context) = (ledger.clone(), setup.fresh());
            let number = round * 25 + number;
            async move { ledger.execute(&context, invoice(number % 5), line(number)).await }
        });
        acknowledged.extend(futures_util::future::join_all(work).await);
    }
    let events = setup.ledger.read(setup.org, 0, 1_000).await.unwrap();
    assert_eq!(events.len(), 305, "300 lines on 5 invoices, each once");
    for outcome in acknowledged {
        let outcome = outcome.unwrap();
        assert!(!outcome.events.is_empty());
        for event in outcome.events {
            let index = usize::try_from(event.position - 1).unwrap();
            assert_eq!(events[index].event_id, event.event_id, "acknowledged and there");
        }
    }
    let lost =
        |count: &std::sync::atomic::AtomicU32| count.load(std::sync::atomic::Ordering::Relaxed);
    assert!(lost(&relay.cuts.answers_lost) > 2, "{:?}", relay.cuts);
    assert!(lost(&relay.cuts.statements_lost) > 2, "{:?}", relay.cuts);
}

/// The server ends the session itself: callers hear of it and repeat under the same key.
#[tokio::test]
async fn a_terminated_session_is_the_callers_to_repeat() {
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
    let work = (0..100_u128).map(|number| {
        let setup = &setup;
        async move {
            let key = format!("line {number}");
            for _ in 0..50 {
                let context = setup.keyed(&key, 1);
                match setup.ledger.execute(&context, invoice(number % 5), line(number)).await {
                    Ok(_) => return,
                    Err(ExecuteError::Store(_)) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            panic!("line {number} was never accepted")
        }
    });
    tokio::join!(futures_util::future::join_all(work), cutter);
    assert_eq!(setup.ledger.read(setup.org, 0, 1_000).await.unwrap().len(), 105);
}
