//! Live work: read models and policies follow the log.
//!
//! - `doorbell.rs`: who says that an org has something new (this process, other processes).
//! - `scan.rs`: finding dirty orgs by comparing positions, so that no bell needs to be trusted.
//! - `dirty.rs`: the set of dirty orgs. `places.rs`: where followers stand.
//! - `work.rs`, `unit.rs`, `step.rs`: one transaction of work for several orgs.
//! - `blame.rs`: which follower an unexpected failure belongs to. `parking.rs`: parking by hand.
//! - `renew.rs`: rebuilding what a raised version has left behind.
//! - `health.rs`, `wait.rs`: how far behind; waiting for a position. `told.rs`: its spans.

mod blame;
mod dirty;
mod doorbell;
mod followers;
mod health;
mod parking;
mod places;
mod renew;
mod scan;
mod step;
mod told;
mod unit;
mod wait;
mod work;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use ledger::{store::Ledger, values::OrgId};
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

use self::{
    dirty::Dirty,
    unit::{KnownPoison, Poison},
    work::{Done, Portion},
};
use super::{EngineError, follow};

pub use health::Health;
pub use parking::{Parked, parked, unpark};
pub use wait::{NotReached, Settled};

pub(crate) use doorbell::look_again;
pub(crate) use followers::Followers;
pub(crate) use work::set_org;

/// How the engine runs.
#[derive(Clone)]
pub struct EngineOptions {
    /// How the relay role connects, for the connection that listens to other processes. Without
    /// it only the scan finds what they append.
    pub relay: Option<tokio_postgres::Config>,
    /// Tasks that move read models on.
    pub workers: usize,
    /// Orgs that share a transaction; one on Citus.
    pub orgs_per_transaction: usize,
    /// Events of one org in a transaction.
    pub events_per_org: i64,
    /// Time between two looks at the heads.
    pub scan_every: Duration,
    /// Time between two comparisons of all heads with all checkpoints.
    pub compare_every: Duration,
    /// Read models to keep; [`read_models`](super::read_models) unless said otherwise.
    pub models: Vec<Arc<dyn super::Projector>>,
    /// Policies to carry out.
    pub policies: Vec<Arc<dyn follow::Follower>>,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self {
            relay: None,
            workers: 2,
            orgs_per_transaction: 32,
            events_per_org: 1_000,
            scan_every: Duration::from_secs(1),
            compare_every: Duration::from_secs(60),
            models: super::read_models(),
            policies: super::policies(),
        }
    }
}

/// What all tasks of the engine share.
pub(crate) struct Shared {
    pub ledger: Ledger,
    pub followers: Followers,
    pub options: EngineOptions,
    pub dirty: Dirty,
    /// Orgs with work for a policy.
    pub reacting: Dirty,
    /// Rung after every commit, for those who wait for a position.
    pub progress: Notify,
    poison: Mutex<KnownPoison>,
    unknown: Mutex<HashMap<OrgId, i64>>,
    polled_at: AtomicI64,
    stop: watch::Receiver<bool>,
}

impl Shared {
    pub(crate) fn known_poison(&self) -> KnownPoison {
        self.poison.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn remember_poison(&self, org: OrgId, follower: usize, poison: Poison) {
        let mut known = self.poison.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert((org, follower), poison);
    }

    pub(crate) fn forget_poison(&self, org: OrgId) {
        let mut known = self.poison.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(of, _), _| *of != org);
    }

    fn polled(&self) {
        let now = self.ledger.clock().now().unix_timestamp();
        self.polled_at.store(now, Ordering::Relaxed);
    }

    pub(crate) fn stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Waits, but not longer than until the engine is told to stop.
    pub(crate) async fn pause(&self, duration: Duration) {
        let mut stop = self.stop.clone();
        let stopped = stop.wait_for(|stop| *stop);
        let _either = tokio::time::timeout(duration, stopped).await;
    }

    /// Takes note of finished work.
    fn finish(&self, done: Done) {
        let Done { org, places, more, policies, unknown_at } = done;
        {
            let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
            match unknown_at {
                Some(position) => {
                    tracing::warn!(%org, position, "an event of a newer program: waiting");
                    unknown.insert(org, position);
                }
                None => {
                    unknown.remove(&org);
                }
            }
        }
        self.dirty.done(org, places, more);
        if policies {
            self.reacting.ring(org, i64::MAX);
        }
    }
}

/// The engine: keeps read models up to date and carries out policies until it is stopped.
pub struct Engine {
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Engine {
    /// Starts the tasks. They go on until [`Engine::stop`], whatever happens to the database.
    pub fn start(ledger: Ledger, options: EngineOptions) -> Self {
        let (stop, stopping) = watch::channel(false);
        let followers =
            Followers { models: options.models.clone(), policies: options.policies.clone() };
        let shared = Arc::new(Shared {
            ledger,
            followers,
            options,
            dirty: Dirty::default(),
            reacting: Dirty::default(),
            progress: Notify::new(),
            poison: Mutex::default(),
            unknown: Mutex::default(),
            polled_at: AtomicI64::new(0),
            stop: stopping,
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(doorbell::hear_own(shared.clone()));
        tasks.spawn(doorbell::exchange(shared.clone()));
        tasks.spawn(scan::scan(shared.clone()));
        tasks.spawn(renew::renew(shared.clone()));
        for _ in 0..shared.options.workers.max(1) {
            tasks.spawn(run(shared.clone()));
        }
        if !shared.followers.policies.is_empty() {
            tasks.spawn(follow::run(shared.clone()));
        }
        Self { shared, stop, tasks }
    }

    /// Lets the tasks finish what they have in hand, and ends them.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a task of the engine failed");
            }
        }
    }

    /// How a rebuild runs beside this engine: its models, its way to connect.
    pub fn rebuild_options(&self) -> super::RebuildOptions {
        let EngineOptions { models, relay, .. } = &self.shared.options;
        let (models, relay) = (models.clone(), relay.clone());
        super::RebuildOptions { models, relay, ..super::RebuildOptions::default() }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

/// Takes dirty orgs and moves their followers on.
async fn run(shared: Arc<Shared>) {
    let mut stop = shared.stop.clone();
    let portion = Portion { events: shared.options.events_per_org, only: None };
    let mut backoff = Backoff::default();
    while !shared.stopping() {
        shared.polled();
        let orgs = shared.dirty.take(shared.options.orgs_per_transaction.max(1));
        if orgs.is_empty() {
            tokio::select! {
                () = shared.dirty.rung() => {}
                _ = stop.changed() => {}
                () = tokio::time::sleep(Duration::from_secs(5)) => {}
            }
            continue;
        }
        match work::work(&shared, &orgs, portion).await {
            Ok(done) => {
                backoff = Backoff::default();
                done.into_iter().for_each(|done| shared.finish(done));
                shared.progress.notify_waiters();
            }
            Err(EngineError::Poison { .. }) => again(&shared, &orgs),
            Err(error) if error.is_transient() => {
                tracing::warn!(error = super::log::describe(&error), "will be tried again");
                again(&shared, &orgs);
                shared.pause(backoff.next()).await;
            }
            Err(error) => {
                tracing::error!(error = super::log::describe(&error), "looking for the cause");
                blame::each_alone(&shared, &orgs, &mut backoff).await;
            }
        }
    }
}

fn again(shared: &Shared, orgs: &[(OrgId, Option<dirty::Places>)]) {
    for (org, _) in orgs {
        shared.dirty.done(*org, None, true);
    }
}

/// How long to wait before the next attempt: 50 ms, doubling, at most 5 s.
#[derive(Default)]
pub(crate) struct Backoff {
    attempts: u32,
}

impl Backoff {
    pub(crate) fn next(&mut self) -> Duration {
        let wait = Duration::from_millis(50 << self.attempts.min(7));
        self.attempts += 1;
        wait.min(Duration::from_secs(5))
    }
}
