//! Nodes that die: another goes on where they stopped, once their lease has run out.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use daybook::jobs::{Ground, JobName};
use ledger::store::operating::{Lease, Run, job_runs};

use super::ground::{Shared, run};

/// Work that is polled so many times and never again, like that of a process that is killed.
struct Mortal<F> {
    work: Option<Pin<Box<F>>>,
    left: usize,
}

impl<F: Future> Future for Mortal<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(work) = &mut self.work else { return Poll::Ready(None) };
        let polled = work.as_mut().poll(context);
        if let Poll::Ready(output) = polled {
            return Poll::Ready(Some(output));
        }
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => self.work = None,
        }
        if self.work.is_none() { Poll::Ready(None) } else { Poll::Pending }
    }
}

/// Runs a job until it is done or has been polled so many times: whether it was done.
async fn killed_after(node: &Ground, job: JobName, polls: usize) -> bool {
    let work = Some(Box::pin(run(node, job)));
    Mortal { work, left: polls }.await.is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_of_a_node_that_died_holds_until_it_runs_out() {
    let shared = Shared::new().await;
    let (dead, alive) = (shared.node().await, shared.node().await);
    shared.org(&dead).await;
    let due = Run { every: Duration::ZERO, lease: Duration::from_secs(120) };
    let name = JobName::MonthlyInvoices.as_str();
    let lease = Lease::take(&dead.ledger, name, "dead", due).await.unwrap().unwrap();
    assert_eq!(run(&alive, JobName::MonthlyInvoices).await, None, "it may be alive yet");
    shared.leases_run_out().await;
    assert!(run(&alive, JobName::MonthlyInvoices).await.unwrap() > 0);
    // It was not dead after all: it has lost its lease, and cannot end another's.
    assert!(!lease.renew().await.unwrap());
    let other = Lease::take(&alive.ledger, name, "alive", due).await.unwrap().unwrap();
    lease.finish(Some("late")).await.unwrap();
    assert!(other.renew().await.unwrap());
    let runs = job_runs(&alive.ledger).await.unwrap();
    let run = runs.iter().find(|run| run.job == name).unwrap();
    assert_eq!((run.errors_total, run.holder.as_deref()), (0, Some("alive")));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dies_at_whatever_step_the_next_one_doubles_nothing() {
    let shared = Shared::new().await;
    let (mortal, alive) = (shared.node().await, shared.node().await);
    let mut died = 0;
    for polls in [0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40] {
        let org = shared.org(&alive).await;
        for _ in 0..2 {
            died += usize::from(!killed_after(&mortal, JobName::MonthlyInvoices, polls).await);
            shared.leases_run_out().await;
            run(&alive, JobName::MonthlyInvoices).await.unwrap();
        }
        // An invoice is issued once its charges are on it.
        shared.done(&alive, org).await;
        run(&alive, JobName::MonthlyInvoices).await.unwrap();
        let done = shared.done(&alive, org).await;
        done.is_whole(3);
        assert_eq!(done.issued.len(), 2, "after {polls} polls");
    }
    assert!(died >= 5, "only {died} of the runs were cut short");
}
