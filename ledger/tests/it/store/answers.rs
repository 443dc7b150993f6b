//! What a command is answered, and when it is carried out.

use std::collections::HashSet;

use ledger::{
    invoice::{Invoice, InvoiceCommand, ReleaseCredit},
    store::ExecuteError,
};
use time::macros::date;

use super::support::{Setup, invoice, issue, line, opening, setup, usd};

async fn positions(setup: &Setup) -> Vec<i64> {
    let events = setup.ledger.read(setup.org, 0, 10_000).await.unwrap();
    events.iter().map(|stored| stored.position).collect()
}

#[tokio::test]
async fn a_command_answers_position_version_and_event_ids() {
    let setup = setup().await;
    let context = setup.fresh();
    let outcome = setup.ledger.execute(&context, invoice(1), line(1)).await.unwrap();
    assert_eq!((outcome.first_position, outcome.position), (1, 2));
    assert_eq!(outcome.stream_version, 2);
    let stored = setup.ledger.read(setup.org, 0, 10).await.unwrap();
    let ids: Vec<_> = stored.iter().map(|event| event.event_id).collect();
    assert_eq!(outcome.events.iter().map(|event| event.event_id).collect::<Vec<_>>(), ids);
    for event in &stored {
        assert_eq!(event.leaf(), event.leaf_hash, "every event carries its own hash");
        assert_eq!(event.event_base(), context.event_base);
    }
}

#[tokio::test]
async fn hundreds_of_commands_at_once_leave_no_gap_and_no_twin() {
    let setup = setup().await;
    let commands = (0..400_u128).map(|number| {
        let ledger = setup.ledger.clone();
        let context = setup.fresh();
        async move { ledger.execute(&context, invoice(number % 7), line(number)).await }
    });
    let outcomes = futures_util::future::join_all(commands).await;
    let mut seen = HashSet::new();
    for outcome in outcomes {
        for event in outcome.unwrap().events {
            assert!(seen.insert((event.position, event.event_id)));
        }
    }
    let positions = positions(&setup).await;
    assert_eq!(positions, (1..=407).collect::<Vec<i64>>());
    assert_eq!(seen.len(), 407);
    assert_eq!(setup.ledger.head(setup.org).await.unwrap(), Some(407));
}

#[tokio::test]
async fn the_same_key_again_is_answered_and_not_carried_out() {
    let setup = setup().await;
    let first = setup.ledger.execute(&setup.keyed("k", 1), invoice(1), line(1)).await.unwrap();
    let again = setup.ledger.execute(&setup.keyed("k", 1), invoice(1), line(1)).await.unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!(first.events, again.events);
    assert_eq!(first.decided, again.decided);
    assert_eq!(positions(&setup).await, [1, 2]);
    let other = setup.ledger.execute(&setup.keyed("k", 2), invoice(1), line(2)).await;
    assert!(matches!(other, Err(ExecuteError::KeyReused)), "{other:?}");
}

#[tokio::test]
async fn twins_in_flight_share_one_answer() {
    let setup = setup().await;
    let commands = (0..50).map(|_| {
        let ledger = setup.ledger.clone();
        let context = setup.keyed("same", 1);
        async move { ledger.execute(&context, invoice(1), line(1)).await.unwrap() }
    });
    let outcomes = futures_util::future::join_all(commands).await;
    assert_eq!(outcomes.iter().filter(|outcome| !outcome.replayed).count(), 1);
    assert_eq!(positions(&setup).await, [1, 2]);
}

#[tokio::test]
async fn a_no_op_is_remembered_and_a_refusal_is_not() {
    let setup = setup().await;
    let ledger = &setup.ledger;
    ledger.execute(&setup.keyed("open", 1), invoice(1), opening()).await.unwrap();
    let nothing = ledger.execute(&setup.keyed("again", 1), invoice(1), opening()).await.unwrap();
    assert!(nothing.events.is_empty());
    assert_eq!(nothing.position, 1);
    let replayed = ledger.execute(&setup.keyed("again", 1), invoice(1), opening()).await.unwrap();
    assert!(replayed.replayed && replayed.events.is_empty());
    // Nothing to issue yet: refused. With a line the same key goes through.
    let day = date!(2026 - 01 - 31);
    let refused = ledger.execute(&setup.keyed("issue", 1), invoice(1), issue(day)).await;
    assert!(matches!(refused, Err(ExecuteError::Refused(_))), "{refused:?}");
    ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    let issued = ledger.execute(&setup.keyed("issue", 1), invoice(1), issue(day)).await.unwrap();
    assert!(!issued.replayed && !issued.events.is_empty());
}

#[tokio::test]
async fn a_dry_run_tells_everything_and_leaves_nothing() {
    let setup = setup().await;
    let context = setup.keyed("dry", 1);
    let batch = setup.ledger.batch(context.clone()).then(invoice(1), line(1)).dry_run(true);
    let foretold = batch.run().await.unwrap();
    assert!(foretold.dry_run && foretold.events.is_empty());
    assert_eq!(foretold.stream_version, 2);
    assert!(positions(&setup).await.is_empty());
    let real = setup.ledger.execute(&context, invoice(1), line(1)).await.unwrap();
    assert_eq!(foretold.decided, real.decided, "preview equals result");
    assert!(!real.replayed);
}

#[tokio::test]
async fn an_expected_version_that_has_passed_is_refused() {
    let setup = setup().await;
    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    let expecting = |version| {
        let batch = setup.ledger.batch(setup.fresh()).then(invoice(1), line(2));
        batch.expect(invoice(1), version).run()
    };
    let stale = expecting(1).await;
    assert!(
        matches!(stale, Err(ExecuteError::VersionMismatch { expected: 1, actual: 2 })),
        "{stale:?}"
    );
    expecting(2).await.unwrap();
}

#[tokio::test]
async fn several_streams_change_together_or_not_at_all() {
    let setup = setup().await;
    let both = setup
        .ledger
        .batch(setup.fresh())
        .then(invoice(1), line(1))
        .then(invoice(2), line(2))
        .run()
        .await
        .unwrap();
    assert_eq!(both.events.len(), 4);
    // The second is refused (no credit to release), so the first does not happen either.
    let release = InvoiceCommand::ReleaseCredit(ReleaseCredit { amount: usd(1), to: invoice(1) });
    let none = setup
        .ledger
        .batch(setup.fresh())
        .then(invoice(1), line(3))
        .then(invoice(2), release)
        .run()
        .await;
    assert!(matches!(none, Err(ExecuteError::Refused(_))), "{none:?}");
    assert_eq!(positions(&setup).await.len(), 4);
    let (_, version) = setup.ledger.load::<Invoice>(setup.org, invoice(1)).await.unwrap();
    assert_eq!(version, 2);
    // And the cached state did not keep what was refused.
    let next = setup.ledger.execute(&setup.fresh(), invoice(1), line(3)).await.unwrap();
    assert_eq!((next.position, next.stream_version), (5, 3));
}

#[tokio::test]
async fn an_unknown_org_is_said_to_be_unknown() {
    let mut setup = setup().await;
    setup.org = super::support::org(99);
    let answer = setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await;
    assert!(matches!(answer, Err(ExecuteError::UnknownOrg)), "{answer:?}");
}

#[tokio::test]
async fn closing_lets_commands_finish_and_no_more_in() {
    let setup = setup().await;
    let inside = setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await;
    assert!(inside.is_ok());
    setup.ledger.close().await;
    let late = setup.ledger.execute(&setup.fresh(), invoice(1), line(2)).await;
    assert!(matches!(late, Err(ExecuteError::Closed)), "{late:?}");
}

/// As it must be where a transaction may touch one org only (Citus).
#[tokio::test]
async fn one_org_an_append_serves_all_orgs_alike() {
    let setup = setup().await;
    let mut confined = super::support::config(&setup.database);
    confined.limits.batch_orgs = 1;
    let ledger = ledger::store::Ledger::open(confined).await.unwrap();
    let orgs: Vec<_> = (1..=4).map(super::support::org).collect();
    for org in &orgs[1..] {
        ledger.create_org(*org, "Birch Dental").await.unwrap();
    }
    let commands = (0..200_u128).map(|number| {
        let mut context = setup.fresh();
        context.org = orgs[usize::try_from(number % 4).unwrap()];
        let ledger = ledger.clone();
        async move { ledger.execute(&context, invoice(1), line(number)).await.unwrap() }
    });
    futures_util::future::join_all(commands).await;
    for org in orgs {
        assert_eq!(ledger.head(org).await.unwrap(), Some(51), "50 lines on a new invoice");
    }
    let batches = ledger.metrics().batches;
    assert!(batches < 200, "commands of one org still share an append: {batches}");
}
