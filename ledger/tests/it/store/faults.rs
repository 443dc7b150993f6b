//! What others do wrong must not hurt those who do right.

use std::time::{Duration, Instant};

use cqrs_es::{Aggregate, event_sink::EventSink};
use ledger::{
    decide::Decider,
    invoice::Invoice,
    recorded::LedgerEvent,
    store::{ExecuteError, Ledger, Limits},
    subject::{SubjectError, SubjectEvent},
    values::Id,
};
use schema::testing::Role;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::support::{config, invoice, line, org, setup};

/// An aggregate with a bug.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Buggy;

impl Decider for Buggy {
    fn decide(&self, text: String) -> Result<Vec<SubjectEvent>, SubjectError> {
        panic!("{text}")
    }
}

impl Aggregate for Buggy {
    const TYPE: &'static str = "buggy";
    type Command = String;
    type Event = SubjectEvent;
    type Error = SubjectError;
    type Services = ();

    async fn handle(
        &mut self,
        command: String,
        _services: &(),
        _sink: &EventSink<Self>,
    ) -> Result<(), SubjectError> {
        self.decide(command).map(|_| ())
    }

    fn apply(&mut self, _event: SubjectEvent) {}
}

#[tokio::test]
async fn a_decision_that_panics_harms_no_neighbour() {
    let setup = setup().await;
    let bug = Id::<Buggy>::new(Uuid::from_u128(1));
    let (bad, good) = (setup.fresh(), setup.fresh());
    let (bad, good) = tokio::join!(
        setup.ledger.execute(&bad, bug, "on purpose".to_owned()),
        setup.ledger.execute(&good, invoice(1), line(1)),
    );
    assert!(matches!(bad, Err(ExecuteError::Panicked)), "{bad:?}");
    assert!(good.is_ok());
    assert_eq!(setup.ledger.metrics().panics, 1);
}

#[tokio::test]
async fn a_full_queue_says_so_and_loses_nothing() {
    let setup = setup().await;
    let mut small = config(&setup.database);
    small.limits = Limits { queue_jobs: 4, ..small.limits };
    let ledger = Ledger::open(small).await.unwrap();
    let commands = (0..64_u128).map(|number| {
        let (ledger, context) = (ledger.clone(), setup.fresh());
        async move { ledger.execute(&context, invoice(1), line(number)).await }
    });
    let answers = futures_util::future::join_all(commands).await;
    let accepted = answers.iter().filter(|answer| answer.is_ok()).count();
    let busy =
        answers.iter().filter(|answer| matches!(answer, Err(ExecuteError::Busy { .. }))).count();
    assert_eq!(accepted + busy, 64);
    assert!(busy > 0 && accepted >= 4, "{accepted} accepted, {busy} busy");
    let (_, version) = setup.ledger.load::<Invoice>(setup.org, invoice(1)).await.unwrap();
    assert_eq!(version, i64::try_from(accepted).unwrap() + 1);
}

#[tokio::test]
async fn a_session_that_holds_a_head_delays_only_its_org() {
    let setup = setup().await;
    let quick = org(2);
    setup.ledger.create_org(quick, "Birch Dental").await.unwrap();
    let mut owner = setup.database.connect(Role::Owner).await;
    let held = owner.transaction().await.unwrap();
    held.execute("select 1 from org_heads where org_id = $1 for update", &[&setup.org.0])
        .await
        .unwrap();
    let stuck = setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await;
    assert!(matches!(stuck, Err(ExecuteError::Busy { .. })), "{stuck:?}");
    let since = Instant::now();
    for number in 0..20 {
        let mut context = setup.fresh();
        context.org = quick;
        setup.ledger.execute(&context, invoice(1), line(number)).await.unwrap();
        let stuck = setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await;
        assert!(matches!(stuck, Err(ExecuteError::Busy { .. })), "{stuck:?}");
    }
    let bound = Duration::from_millis(900);
    assert!(since.elapsed() < bound, "nobody waits a second time for the held head");
    held.rollback().await.unwrap();
    // The org comes back by itself.
    let deadline = Instant::now() + Duration::from_secs(20);
    while setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.is_err() {
        assert!(Instant::now() < deadline);
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_missing_policy_is_no_lost_race() {
    let setup = setup().await;
    setup.ledger.execute(&setup.fresh(), invoice(1), line(1)).await.unwrap();
    setup.ledger.ready().await.unwrap();
    let owner = setup.database.connect(Role::Owner).await;
    owner.batch_execute("drop policy org_heads_writer on org_heads").await.unwrap();
    let answer = setup.ledger.execute(&setup.fresh(), invoice(1), line(2)).await;
    let Err(ExecuteError::Store(error)) = answer else { panic!("{answer:?}") };
    assert!(error.to_string().contains("policy"), "{error}");
    assert!(setup.ledger.ready().await.is_err());
}

#[tokio::test]
async fn a_small_cache_forgets_and_stays_right() {
    let setup = setup().await;
    let mut small = config(&setup.database);
    small.limits = Limits { cache_bytes: 4_096, ..small.limits };
    let ledger = Ledger::open(small).await.unwrap();
    for number in 0..120_u128 {
        let outcome =
            ledger.execute(&setup.fresh(), invoice(number % 40), line(number)).await.unwrap();
        assert_eq!(outcome.stream_version, i64::try_from(number / 40).unwrap() + 2);
    }
    let metrics = ledger.metrics();
    assert!(metrics.evictions > 40 && metrics.cache_bytes <= 4_096, "{metrics:?}");
}

/// cqrs-es 0.5's snapshot stores apply an event twice (`cqrs_snapshot_defect`): the cached state
/// here hears each event once, and equals the state read from the log.
#[tokio::test]
async fn the_cached_aggregate_heard_each_event_once() {
    let setup = setup().await;
    for number in 0..5 {
        setup.ledger.execute(&setup.fresh(), invoice(1), line(number)).await.unwrap();
    }
    let issue = super::support::issue(time::macros::date!(2026 - 01 - 31));
    let issued = setup.ledger.execute(&setup.fresh(), invoice(1), issue).await.unwrap();
    let total = issued.decided.iter().find_map(|event| match event {
        LedgerEvent::Invoice(ledger::invoice::InvoiceEvent::Issued(issued)) => {
            Some(issued.totals.total)
        }
        _ => None,
    });
    assert_eq!(total, Some(super::support::usd(1_000)), "five lines of two dollars");
    let (read, version) = setup.ledger.load::<Invoice>(setup.org, invoice(1)).await.unwrap();
    assert_eq!((read.balance(), version), (total, 7));
}
