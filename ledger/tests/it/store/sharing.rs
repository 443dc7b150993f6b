//! Readings that several callers share, and states that commands of one batch leave behind.

use futures_util::future::join_all;
use ledger::{
    invoice::Invoice,
    store::{Context, ExecuteError},
    values::OrgId,
};
use uuid::Uuid;

use super::support::{invoice, line, setup};

#[tokio::test]
async fn a_shared_reading_knows_everything_that_was_acknowledged_before_it_was_asked_for() {
    let setup = setup().await;
    let asked = (0..16_u128).map(|reader| {
        let setup = &setup;
        async move {
            for number in 0..12 {
                let context = setup.fresh();
                let added = line(1_000 * reader + number);
                let outcome = setup.ledger.execute(&context, invoice(1), added).await.unwrap();
                let shared = setup.ledger.load_shared::<Invoice>(setup.org, invoice(1)).await;
                let (_, version, head) = shared.unwrap();
                assert!(version >= outcome.stream_version, "{version} {outcome:?}");
                assert!(head >= outcome.position, "{head} {outcome:?}");
            }
        }
    });
    join_all(asked).await;
    let shared = setup.ledger.load_shared::<Invoice>(setup.org, invoice(1)).await.unwrap();
    let (state, version) = setup.ledger.load::<Invoice>(setup.org, invoice(1)).await.unwrap();
    assert_eq!((shared.0, shared.1), (state, version));
}

#[tokio::test]
async fn who_shares_a_reading_shares_its_refusal() {
    let setup = setup().await;
    let nobody = OrgId(Uuid::from_u128(77));
    let asked = (0..8).map(|_| setup.ledger.load_shared::<Invoice>(nobody, invoice(1)));
    for answer in join_all(asked).await {
        assert!(matches!(answer, Err(ExecuteError::UnknownOrg)), "{answer:?}");
    }
}

#[tokio::test]
async fn what_one_batch_did_to_several_streams_is_what_the_next_command_is_decided_on() {
    let setup = setup().await;
    let steps = [(1, 11), (2, 21), (1, 12), (2, 22), (1, 13), (3, 31)];
    let fresh = || -> Context { setup.fresh() };
    let batch = steps.iter().fold(setup.ledger.batch(fresh()), |batch, (of, number)| {
        batch.then(invoice(*of), line(*number))
    });
    let head = batch.run().await.unwrap().position;
    // Had one of them been forgotten or heard twice, the same again would not be refused.
    for (of, number) in steps {
        let again = setup.ledger.execute(&fresh(), invoice(of), line(number)).await;
        assert!(again.is_err() || again.unwrap().events.is_empty(), "{of} {number}");
    }
    assert_eq!(setup.ledger.head(setup.org).await.unwrap(), Some(head));
    let next = setup.ledger.execute(&fresh(), invoice(1), line(14)).await.unwrap();
    let (_, version) = setup.ledger.load::<Invoice>(setup.org, invoice(1)).await.unwrap();
    assert_eq!(next.stream_version, version);
}
