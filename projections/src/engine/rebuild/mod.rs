//! Rebuilding read models while everybody reads on: the idle table of each model is filled from
//! the log, org by org, compared with the one that answers, and switched in by one row.
//!
//! - `options.rs`, `report.rs`: what it is told and what it tells.
//! - `plan.rs`: which table is filled, and how far. `links.rs`: connections.
//! - `fill.rs`, `reading.rs`, `bulk.rs`: one pass over a log, folded in memory, written as one
//!   stream.
//! - `advance.rs`, `compare.rs`, `finish.rs`: catching up, comparing, switching.
//! - `outdated.rs`: what a raised version has left behind.
//! - `rederive.rs`, `checks.rs`: the same comparison without any table that stays, in turn for all.
//! - `record.rs`, `standing.rs`: what was asked for, how far it is, and the wish that it stop.
//!
//! A table that says something else than the live one, at the same position and by the same
//! version, waits until a person accepts it; the log keeps who and why (`ledger::switch`). The old
//! table stays as it was: a rebuild that resumes catches it up and switches back.

mod advance;
mod bulk;
mod checks;
mod compare;
mod fill;
mod finish;
mod links;
mod options;
mod outdated;
mod plan;
mod reading;
mod record;
mod rederive;
mod report;
mod standing;

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use ledger::{store::Ledger, values::OrgId};

use self::{links::Links, plan::Target};
use super::{EngineError, Projector};

pub(crate) use bulk::{Bulk, HELD_ROWS, bulk, hear};
pub use checks::{Checks, check, checks, due_checks};
pub use compare::{Difference, Disagreement, MoneyMoved};
pub use options::{Acceptance, Progress, RebuildOptions};
pub use outdated::{Outdated, outdated};
pub(crate) use reading::Reading;
pub use record::{Asked, ask_to_stop};
pub use rederive::{Rederived, rederive};
pub use report::{Ended, RebuildFailure, RebuildReport};
pub use standing::{LastRebuild, Standing, standing};

/// A rebuild on its way.
pub(crate) struct Run {
    ledger: Ledger,
    models: Vec<Arc<dyn Projector>>,
    options: RebuildOptions,
    orgs: Vec<(OrgId, i64)>,
    next: AtomicUsize,
    done: AtomicUsize,
    events_read: AtomicU64,
    report: Mutex<RebuildReport>,
}

/// Rebuilds read models by name; none named means all.
///
/// # Errors
///
/// As [`begin`]. What fails later is in the report.
pub async fn rebuild(
    ledger: &Ledger,
    models: &[&str],
    options: RebuildOptions,
) -> Result<RebuildReport, EngineError> {
    begin(ledger, models, options).await?.run().await
}

/// A rebuild that has been written down and waits to be run.
pub struct Rebuilding(Arc<Run>);

/// Chooses what is to be rebuilt, and writes that down where it was asked for.
///
/// # Errors
///
/// [`EngineError::UnknownModel`]; [`EngineError::Contended`] while somebody else is at one of
/// these models; a failure to list the orgs.
pub async fn begin(
    ledger: &Ledger,
    models: &[&str],
    options: RebuildOptions,
) -> Result<Rebuilding, EngineError> {
    let mut chosen = Vec::new();
    for name in models {
        let model = options.models.iter().find(|model| model.name() == *name);
        let unknown = || EngineError::UnknownModel { model: (*name).to_owned() };
        chosen.push(model.ok_or_else(unknown)?.clone());
    }
    if models.is_empty() {
        chosen.clone_from(&options.models);
    }
    let report = RebuildReport {
        models: chosen.iter().map(|model| model.name().to_owned()).collect(),
        ..RebuildReport::default()
    };
    let mut run = Run {
        ledger: ledger.clone(),
        models: chosen,
        options,
        orgs: Vec::new(),
        next: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        events_read: AtomicU64::new(0),
        report: Mutex::new(report),
    };
    run.orgs = plan::orgs(&run, run.options.org).await?;
    if let Some((org, asked)) = run.written() {
        record::begin(&run, org, asked).await?;
    }
    Ok(Rebuilding(Arc::new(run)))
}

impl Rebuilding {
    /// Runs it to its end.
    ///
    /// # Errors
    ///
    /// [`EngineError`] when its end could not be written down. What fails before is in the report.
    pub async fn run(self) -> Result<RebuildReport, EngineError> {
        let run = self.0;
        if let Some((org, asked)) = run.written() {
            tokio::select! {
                () = run.clone().all() => {}
                () = record::keep(&run, org, asked) => {}
            }
            record::end(&run, org, asked).await?;
        } else {
            run.clone().all().await;
        }
        let mut report = run.report().clone();
        report.orgs = run.orgs.len();
        report.events_read = run.events_read.load(Ordering::Relaxed);
        report.aborted = run.options.abort.load(Ordering::Relaxed);
        report
            .differences
            .sort_by(|a, b| (a.org, &a.model, &a.key).cmp(&(b.org, &b.model, &b.key)));
        report.disagreements.sort_by(|a, b| (a.org, &a.model).cmp(&(b.org, &b.model)));
        report.ended.sort_by(|a, b| (a.org, &a.model).cmp(&(b.org, &b.model)));
        Ok(report)
    }
}

impl Run {
    /// Whose rebuild is written down, and for whom.
    fn written(&self) -> Option<(OrgId, &Asked)> {
        self.options.org.zip(self.options.asked.as_ref())
    }

    /// Works on all orgs, several at a time.
    async fn all(self: Arc<Self>) {
        let run = self;
        let tasks = if run.options.relay.is_some() { run.options.parallel.max(1) } else { 1 };
        let mut working = tokio::task::JoinSet::new();
        for _ in 0..tasks.min(run.orgs.len()) {
            let run = run.clone();
            working.spawn(async move { run.work().await });
        }
        while let Some(ended) = working.join_next().await {
            if let Err(error) = ended {
                run.fail(OrgId(uuid::Uuid::nil()), None, &error);
            }
        }
    }

    /// Takes org after org until all are done.
    async fn work(&self) {
        let mut links = None;
        while let Some((org, head)) = self.orgs.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            if self.go_on().is_err() {
                return;
            }
            if links.is_none() {
                match Links::open(&self.ledger, self.options.relay.as_ref()).await {
                    Ok(opened) => links = Some(opened),
                    Err(error) => self.fail(*org, None, &error),
                }
            }
            if let Some(open) = &mut links
                && let Err(error) = self.one(open, *org, *head).await
            {
                // The connections may be what broke; the next org gets new ones.
                links = None;
                self.fail(*org, None, &error);
            }
            self.done.fetch_add(1, Ordering::Relaxed);
            self.tell();
        }
    }

    /// Rebuilds the chosen models of one org.
    async fn one(&self, links: &mut Links, org: OrgId, head: i64) -> Result<(), EngineError> {
        let mut anew: Vec<Target> = Vec::new();
        let mut ready: Vec<(Target, i64)> = Vec::new();
        for target in plan::targets(self, org).await? {
            match target {
                Ok(target) if self.options.outdated_only && !target.is_outdated() => {}
                Ok(target) => match target.filled.filter(|_| self.options.resume) {
                    Some(position) => ready.push((target, position)),
                    None => anew.push(target),
                },
                Err(error) => self.fail(org, None, &error),
            }
        }
        if !anew.is_empty() {
            let filled = fill::fill(self, links, org, head, &anew).await?;
            for (target, filled) in anew.into_iter().zip(filled) {
                match filled {
                    Ok(position) => ready.push((target, position)),
                    Err(error) => self.fail(org, Some(target.model.name()), &error),
                }
            }
        }
        for (target, position) in ready {
            self.go_on()?;
            match finish::finish(self, org, &target, position).await {
                Ok(finished) => {
                    let mut report = self.report();
                    report.ended.push(Ended {
                        org,
                        model: target.model.name().to_owned(),
                        position: finished.position,
                        switched: finished.switched,
                        waiting: finished.waiting,
                    });
                    report.rebuilt += 1;
                    report.compared += usize::from(finished.compared);
                    report.switched += usize::from(finished.switched);
                    report.waiting += usize::from(finished.waiting);
                    report.differences.extend(finished.differences);
                    report.disagreements.extend(finished.disagreement);
                }
                Err(error) => self.fail(org, Some(target.model.name()), &error),
            }
        }
        Ok(())
    }

    fn report(&self) -> std::sync::MutexGuard<'_, RebuildReport> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, org: OrgId, model: Option<&str>, error: &(dyn std::error::Error + 'static)) {
        let error = super::log::describe(error);
        tracing::warn!(%org, model, error, "not rebuilt");
        let model = model.map(str::to_owned);
        self.report().failures.push(RebuildFailure { org, model, error });
    }

    /// Stops when told to.
    fn go_on(&self) -> Result<(), EngineError> {
        if self.options.abort.load(Ordering::Relaxed) { Err(EngineError::Aborted) } else { Ok(()) }
    }

    fn read_events(&self, count: u64) {
        self.events_read.fetch_add(count, Ordering::Relaxed);
        self.tell();
    }

    fn tell(&self) {
        if let Some(on_progress) = &self.options.on_progress {
            let events: i64 = self.orgs.iter().map(|(_, head)| *head).sum();
            on_progress(Progress {
                orgs_done: self.done.load(Ordering::Relaxed),
                orgs: self.orgs.len(),
                events_read: self.events_read.load(Ordering::Relaxed),
                events: u64::try_from(events).unwrap_or(0),
            });
        }
    }
}
