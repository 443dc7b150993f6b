//! Where commands come in: twins are joined, known ids are answered from their record.

use std::{collections::HashMap, sync::Arc};

use tokio::sync::{Semaphore, TryAcquireError, mpsc, oneshot};
use tokio_postgres::Row;
use tracing::Span;
use uuid::Uuid;

use super::{
    closed_periods::books,
    job::{Answer, InFlight, Job, Known, Registered, Reply, Tries, Verdict},
    line::Line,
    task::Message,
};
use crate::{
    store::{Batch, ExecuteError, StoreError, metrics::Counters},
    values::OrgId,
};

const LOOKUP: &str = include_str!("lookup.sql");
/// Ids in one look-up.
const AT_ONCE: usize = 512;

/// The writer's front door.
#[derive(Clone)]
pub(in super::super) struct Intake {
    in_flight: InFlight,
    places: Arc<Semaphore>,
    lookups: mpsc::UnboundedSender<Job>,
    ready: mpsc::UnboundedSender<Message>,
    counters: Arc<Counters>,
    /// Ids are not looked up, to see what that costs.
    #[cfg(feature = "ablation")]
    unseen: bool,
}

impl Intake {
    #[cfg(feature = "ablation")]
    pub(super) fn without(mut self, part: Option<crate::store::Ablation>) -> Self {
        self.unseen = part == Some(crate::store::Ablation::Lookup);
        self
    }

    pub(super) fn start(
        config: &tokio_postgres::Config,
        places: usize,
        ready: mpsc::UnboundedSender<Message>,
        counters: Arc<Counters>,
    ) -> Self {
        let (lookups, incoming) = mpsc::unbounded_channel();
        tokio::spawn(look_up(Line::new(config, LOOKUP), incoming, ready.clone()));
        Self {
            in_flight: InFlight::default(),
            places: Arc::new(Semaphore::new(places)),
            lookups,
            ready,
            counters,
            #[cfg(feature = "ablation")]
            unseen: false,
        }
    }

    /// Takes a command; the answer comes through the receiver.
    pub(in super::super) fn submit(
        &self,
        batch: Arc<Batch>,
        span: Span,
    ) -> Result<oneshot::Receiver<Answer>, ExecuteError> {
        let permit = Arc::clone(&self.places).try_acquire_owned().map_err(|error| match error {
            TryAcquireError::NoPermits => ExecuteError::Busy { retry_after_seconds: 1 },
            TryAcquireError::Closed => ExecuteError::Closed,
        })?;
        let (sender, receiver) = oneshot::channel();
        let context = &batch.context;
        let key = (context.org, context.command_id);
        // A dry run leaves no trace, so it neither joins nor is joined.
        if batch.dry_run {
            let reply = Reply::new(sender, None, self.in_flight.clone(), permit);
            self.forward(&self.ready, Message::Job(job(batch, reply, span)));
            return Ok(receiver);
        }
        let mut slot = None;
        match self.in_flight.register(key, context.fingerprint, sender, &mut slot) {
            Registered::First => {
                if let Some(sender) = slot {
                    let reply = Reply::new(sender, Some(key), self.in_flight.clone(), permit);
                    #[cfg(feature = "ablation")]
                    if self.unseen {
                        self.forward(&self.ready, Message::Job(job(batch, reply, span)));
                        return Ok(receiver);
                    }
                    self.forward(&self.lookups, job(batch, reply, span));
                }
            }
            Registered::Joined => {}
            Registered::Reused(sender) => {
                let _ = sender.send(Err(ExecuteError::KeyReused));
            }
        }
        Ok(receiver)
    }

    /// How many commands are inside.
    pub(in super::super) fn depth(&self, places: usize) -> usize {
        places.saturating_sub(self.places.available_permits())
    }

    /// Waits until all commands inside are answered, and lets no more in.
    pub(in super::super) async fn drain(&self, places: usize) {
        let all = u32::try_from(places).unwrap_or(u32::MAX);
        if let Ok(permits) = self.places.acquire_many(all).await {
            permits.forget();
        }
        self.places.close();
    }

    /// The look-up's channel, for commands that go round again.
    pub(super) fn lookups(&self) -> mpsc::WeakUnboundedSender<Job> {
        self.lookups.downgrade()
    }

    fn forward<T>(&self, channel: &mpsc::UnboundedSender<T>, message: T) {
        // A closed channel drops the job, and the job says so to its caller.
        let _ = channel.send(message);
        Counters::add(&self.counters.commands, 1);
    }
}

fn job(batch: Arc<Batch>, reply: Reply, span: Span) -> Job {
    let books = books(batch.context.org);
    Job { batch, reply, span, tries: Tries::default(), refused: None, books }
}

async fn look_up(
    mut line: Line,
    mut incoming: mpsc::UnboundedReceiver<Job>,
    ready: mpsc::UnboundedSender<Message>,
) {
    let mut jobs = Vec::new();
    while incoming.recv_many(&mut jobs, AT_ONCE).await > 0 {
        match known(&mut line, &jobs).await {
            Ok(mut known) => {
                for mut job in jobs.drain(..) {
                    match (known.remove(&(job.org(), job.command_id())), job.refused.take()) {
                        (Some(record), _) => answer_known(job, record),
                        (None, Some(refusal)) => job.reply.answer(Err(refusal)),
                        (None, None) => {
                            let _ = ready.send(Message::Job(job));
                        }
                    }
                }
            }
            Err(error) => {
                line.drop_connection();
                for job in jobs.drain(..) {
                    job.reply.answer(Err(ExecuteError::Store(error.clone())));
                }
            }
        }
    }
}

/// Answers from the record: the same command as before, or another one under its id.
pub(super) fn answer_known(job: Job, record: Known) {
    let same = record.fingerprint == job.batch.context.fingerprint;
    job.reply.answer(if same { Ok(Verdict::Known(record)) } else { Err(ExecuteError::KeyReused) });
}

async fn known(line: &mut Line, jobs: &[Job]) -> Result<HashMap<(OrgId, Uuid), Known>, StoreError> {
    let (client, statement) = line.ready().await?;
    let orgs: Vec<Uuid> = jobs.iter().map(|job| job.org().0).collect();
    let ids: Vec<Uuid> = jobs.iter().map(Job::command_id).collect();
    let rows = client
        .query(&statement, &[&orgs, &ids])
        .await
        .map_err(StoreError::database("looking up command ids"))?;
    Ok(rows.iter().map(record).collect())
}

/// Reads a row of `lookup.sql`.
pub(super) fn record(row: &Row) -> ((OrgId, Uuid), Known) {
    let known = Known {
        fingerprint: row.get(2),
        changed: row.get::<_, i16>(3) == 1,
        first_position: row.get(4),
        last_position: row.get(5),
        stream_version: row.get(6),
        recorded_at: row.get(7),
    };
    ((OrgId(row.get(0)), row.get(1)), known)
}
