//! The loop: take what is there, decide it, append it, answer; never wait on purpose.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    future::{Future, poll_fn, ready},
    pin::Pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use tokio::{
    sync::{broadcast, mpsc},
    task::yield_now,
};

use super::{
    append::{APPEND, Ended, append},
    intake::Intake,
    job::Job,
    line::Line,
    loading::{Loaded, Loader, Request},
    org::Org,
    prepared::Prepared,
};
use crate::{
    store::{Clock, ExecuteError, Limits, StoreError, metrics::Counters},
    values::OrgId,
};

/// What the writer hears.
pub(super) enum Message {
    Job(Job),
    Loaded(OrgId, Result<Option<Loaded>, StoreError>),
}

/// What the writer is made of.
pub(in super::super) struct Parts {
    pub config: tokio_postgres::Config,
    pub loader: Loader,
    pub limits: Limits,
    pub counters: Arc<Counters>,
    pub doorbell: broadcast::Sender<(OrgId, i64)>,
    pub clock: Clock,
}

type Appending = Pin<Box<dyn Future<Output = (Line, Prepared, Ended)> + Send>>;

/// The writer's state.
pub(super) struct Writer {
    pub orgs: HashMap<OrgId, Org>,
    pub tick: u64,
    pub cache_bytes: i64,
    pub counters: Arc<Counters>,
    pub clock: Clock,
    pub doorbell: broadcast::Sender<(OrgId, i64)>,
    /// The way back to the look-up; weak, so that the writer ends when every handle is gone.
    pub lookups: mpsc::WeakUnboundedSender<Job>,
    /// Orgs with waiting commands, in turn.
    ring: VecDeque<OrgId>,
    /// Orgs of the append that is on its way.
    appending: HashSet<OrgId>,
    /// What was read of those orgs meanwhile.
    deferred: Vec<(OrgId, Result<Option<Loaded>, StoreError>)>,
    loader: Loader,
    pub limits: Limits,
    messages: mpsc::WeakUnboundedSender<Message>,
}

/// Starts the writer; it ends when every handle is gone.
pub(in super::super) fn start(parts: Parts) -> Intake {
    let (sender, receiver) = mpsc::unbounded_channel();
    let weak = sender.downgrade();
    let places = parts.limits.queue_jobs;
    let intake = Intake::start(&parts.config, places, sender, Arc::clone(&parts.counters));
    #[cfg(feature = "ablation")]
    let intake = intake.without(parts.limits.without);
    let line = Line::new(&parts.config, &APPEND);
    let writer = Writer {
        orgs: HashMap::new(),
        tick: 0,
        cache_bytes: 0,
        counters: parts.counters,
        clock: parts.clock,
        doorbell: parts.doorbell,
        lookups: intake.lookups(),
        ring: VecDeque::new(),
        appending: HashSet::new(),
        deferred: Vec::new(),
        loader: parts.loader,
        limits: parts.limits,
        messages: weak,
    };
    tokio::spawn(writer.run(line, receiver));
    intake
}

impl Writer {
    /// While one batch is on its way the next is decided on the heads it assumes, and goes out
    /// the moment the first is confirmed. If the first is not, the next was never sent: it is
    /// taken apart, and its commands are decided again.
    async fn run(mut self, line: Line, mut messages: mpsc::UnboundedReceiver<Message>) {
        let mut line = Some(line);
        let mut appending: Option<Appending> = None;
        let mut next = Prepared::default();
        let mut since = Instant::now();
        let mut open = true;
        while open || appending.is_some() || !self.ring.is_empty() || !next.is_empty() {
            while let Ok(message) = messages.try_recv() {
                self.hear(message);
            }
            #[cfg(feature = "ablation")]
            {
                next.without = self.limits.without;
            }
            self.form(&mut next);
            if !next.is_empty()
                && let Some(free) = line.take()
            {
                since = Instant::now();
                appending = Some(self.send(free, std::mem::take(&mut next)).await);
            }
            tokio::select! {
                message = messages.recv(), if open => match message {
                    Some(message) => self.hear(message),
                    None => open = false,
                },
                (free, prepared, ended) = finished(&mut appending) => {
                    appending = None;
                    let took = since.elapsed();
                    self.counters.committed(took, prepared.entries.len());
                    self.appending.clear();
                    self.evict(&next);
                    if !ended.is_complete() {
                        self.take_apart(std::mem::take(&mut next));
                    }
                    if next.is_empty() {
                        line = Some(free);
                    } else {
                        // Before anybody is answered: PostgreSQL works while we talk.
                        since = Instant::now();
                        appending = Some(self.send(free, std::mem::take(&mut next)).await);
                    }
                    self.finish(prepared, ended, took);
                    for (org, loaded) in std::mem::take(&mut self.deferred) {
                        self.loaded(org, loaded);
                    }
                    self.counters_of_cache();
                },
                else => {}
            }
        }
    }

    /// Sends a batch, and comes back when it is on its way.
    async fn send(&mut self, line: Line, batch: Prepared) -> Appending {
        self.appending = batch.parts.iter().map(|part| part.org).collect();
        let resolve_for = Duration::from_secs(self.limits.resolve_seconds);
        let mut appending: Appending = Box::pin(append(line, batch, resolve_for));
        let begun = poll_fn(|context| Poll::Ready(appending.as_mut().poll(context))).await;
        match begun {
            Poll::Ready(ended) => Box::pin(ready(ended)),
            Poll::Pending => {
                // The connection is a task of its own; now it is its turn.
                yield_now().await;
                appending
            }
        }
    }

    fn hear(&mut self, message: Message) {
        match message {
            Message::Job(job) => self.queue(job),
            // What was read while an append is on its way cannot be placed before it ended.
            Message::Loaded(org, loaded) if self.appending.contains(&org) => {
                self.deferred.push((org, loaded));
            }
            Message::Loaded(org, loaded) => self.loaded(org, loaded),
        }
    }

    pub(super) fn queue(&mut self, job: Job) {
        let org_id = job.org();
        let org = self.orgs.entry(org_id).or_default();
        org.queue.push_back(job);
        if !org.in_ring {
            org.in_ring = true;
            self.ring.push_back(org_id);
        }
    }

    /// One command of each org in turn, until the batch is full: one org's bulk import is not
    /// everyone's latency.
    fn form(&mut self, prepared: &mut Prepared) {
        while !prepared.alone && !self.is_full(prepared) {
            let Some(org_id) = self.next_org(prepared) else { return };
            let Some(org) = self.orgs.get_mut(&org_id) else { continue };
            let alone = org.queue.front().is_some_and(|job| job.tries.alone);
            if alone && !prepared.is_empty() {
                self.ring.push_front(org_id);
                return;
            }
            let job = org.queue.pop_front();
            if org.queue.is_empty() {
                org.in_ring = false;
            } else {
                self.ring.push_back(org_id);
            }
            if let Some(job) = job {
                self.decide_into(prepared, org_id, job);
                prepared.alone = alone && !prepared.is_empty();
            }
        }
    }

    /// Whose turn it is; once the batch holds as many orgs as it may, only theirs.
    fn next_org(&mut self, prepared: &Prepared) -> Option<OrgId> {
        if prepared.parts.len() < self.limits.batch_orgs {
            return self.ring.pop_front();
        }
        let inside = self.ring.iter().position(|org| prepared.part_of.contains_key(org))?;
        self.ring.remove(inside)
    }

    fn is_full(&self, prepared: &Prepared) -> bool {
        prepared.events.position.len() >= self.limits.batch_events
            || prepared.entries.len() >= self.limits.batch_events
            || prepared.bytes >= self.limits.batch_bytes
    }

    /// Undoes a batch that was not sent: its commands go back to their queues.
    fn take_apart(&mut self, next: Prepared) {
        self.undo(&next, |_| true);
        for entry in next.entries {
            self.queue(entry.job);
        }
    }

    /// Reads what the org's waiting commands need; one reading at a time.
    pub(super) fn load(&mut self, org_id: OrgId) {
        let Some(org) = self.orgs.get_mut(&org_id) else { return };
        if org.loading {
            return;
        }
        org.loading = true;
        let mut streams = std::mem::take(&mut org.wanted_streams);
        streams.sort_by_key(super::super::erased::Stream::key);
        streams.dedup_by_key(|stream| stream.key());
        let request = Request {
            org: org_id,
            streams,
            series: std::mem::take(&mut org.wanted_series),
            since: org.known.then_some(org.proved),
        };
        Counters::add(&self.counters.loads, 1);
        let loader = self.loader.clone();
        let messages = self.messages.clone();
        tokio::spawn(async move {
            let loaded = loader.load(&request).await;
            if let Some(messages) = messages.upgrade() {
                let _ = messages.send(Message::Loaded(org_id, loaded));
            }
        });
    }

    fn loaded(&mut self, org_id: OrgId, loaded: Result<Option<Loaded>, StoreError>) {
        let Some(org) = self.orgs.get_mut(&org_id) else { return };
        org.loading = false;
        // Whoever still wants something asks again. A want that outlived its wish would be read
        // while what it names is in memory already, and newer there.
        org.wanted_streams.clear();
        org.wanted_series.clear();
        let mut loaded = match loaded {
            Ok(Some(loaded)) => loaded,
            Ok(None) => {
                self.fail_waiting(org_id, &ExecuteError::UnknownOrg);
                self.orgs.remove(&org_id);
                return;
            }
            Err(error) => {
                self.fail_waiting(org_id, &ExecuteError::Store(error));
                return;
            }
        };
        let failed = std::mem::take(&mut loaded.failed);
        if loaded.head > org.head {
            org.phantoms = 0;
        }
        self.tick += 1;
        self.cache_bytes += org.take_in(loaded, self.tick);
        let waiting = std::mem::take(&mut org.waiting);
        for job in waiting {
            let org = self.orgs.entry(org_id).or_default();
            let broken = org.missing(&job).iter().find_map(|stream| failed.get(&stream.key()));
            match broken {
                Some(error) => job.reply.answer(Err(error.clone())),
                None => self.queue(job),
            }
        }
    }
}

async fn finished(appending: &mut Option<Appending>) -> (Line, Prepared, Ended) {
    match appending {
        Some(appending) => appending.await,
        None => std::future::pending().await,
    }
}
