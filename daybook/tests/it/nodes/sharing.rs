//! Nodes that all do their best at the same moment.

use std::sync::atomic::Ordering;

use daybook::jobs::{JobName, Scheduler};
use futures_util::future::join_all;
use ledger::policies::payment_failed;
use ledger::store::operating::job_runs;
use ledger::store::outbox::enqueue;

use super::ground::{Shared, run};
use crate::support::wait_until_async;

#[tokio::test(flavor = "multi_thread")]
async fn missed_cycles_are_caught_up_once_and_nodes_at_the_same_moment_double_nothing() {
    let shared = Shared::new().await;
    let nodes = [shared.node().await, shared.node().await, shared.node().await];
    let org = shared.org(&nodes[0]).await;
    // Until one of them found nothing left to do, whoever had the lease each time.
    for job in [JobName::MonthlyInvoices, JobName::MonthlyInvoices, JobName::Overdue] {
        let ran = join_all(nodes.iter().map(|node| run(node, job))).await;
        assert!(ran.iter().any(Option::is_some), "{job:?}: {ran:?}");
    }
    shared.done(&nodes[0], org).await;
    run(&nodes[1], JobName::MonthlyInvoices).await;
    assert_eq!(run(&nodes[2], JobName::MonthlyInvoices).await, Some(0), "all is caught up");
    let done = shared.done(&nodes[0], org).await;
    done.is_whole(3);
    assert_eq!(done.issued.len(), 2, "the two cycles that have ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn schedulers_of_several_nodes_do_every_job_and_send_every_letter_once() {
    let shared = Shared::new().await;
    let nodes = [shared.node().await, shared.node().await, shared.node().await];
    let org = shared.org(&nodes[0]).await;
    for _ in 0..2 {
        run(&nodes[0], JobName::MonthlyInvoices).await.unwrap();
        shared.done(&nodes[0], org).await;
    }
    let issued = shared.done(&nodes[0], org).await.issued;
    assert_eq!(issued.len(), 2);
    let now = nodes[0].ledger.clock().now();
    for invoice in issued.keys() {
        let message = payment_failed(*invoice, now);
        assert!(enqueue(&nodes[0].ledger, org, &message).await.unwrap());
    }
    let schedulers: Vec<_> = nodes.iter().cloned().map(Scheduler::start).collect();
    wait_until_async("every job has succeeded", async || {
        let runs = job_runs(&nodes[0].ledger).await.unwrap();
        let succeeded = runs.iter().filter(|run| run.last_success_at.is_some()).count();
        succeeded == JobName::ALL.len() && runs.iter().all(|run| run.holder.is_none())
    })
    .await;
    for scheduler in schedulers {
        scheduler.stop().await;
    }
    shared.done(&nodes[0], org).await.is_whole(3);
    assert_eq!(shared.mail.carried.load(Ordering::Relaxed), issued.len());
    let runs = job_runs(&nodes[0].ledger).await.unwrap();
    assert!(runs.iter().all(|run| run.errors_total == 0), "{runs:?}");
}
