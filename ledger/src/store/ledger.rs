//! The handle on the ledger that everybody else holds.

use std::sync::Arc;

use deadpool_postgres::{Client, Pool};
use time::OffsetDateTime;
use tokio::sync::broadcast;
use uuid::Uuid;

use super::{
    Batch, Clock, Context, ExecuteError, Keyring, Names, StoreConfig, StoreError, WriterMetrics,
    erased::{Stream, typed},
    metrics::Counters,
    pools::pool,
    sharing::Sharing,
    told,
    writer::{Answer, Intake, Known, Loader, Parts, Request, Verdict, owned, start},
};
use crate::{
    decide::Decider,
    recorded::LedgerEvent,
    subject::SubjectCommand,
    values::{Code, Id, OrgId, SubjectId, SubjectRef, SubscriptionId},
};

/// Room for commits that nobody has heard of yet; who lags reads the heads instead.
const DOORBELL: usize = 4_096;
const RELAY_CONNECTIONS: usize = 4;

/// The stream of an org's one account.
pub fn account_id(org: OrgId) -> SubscriptionId {
    SubscriptionId::derived(org, "subscription", "account")
}

/// An appended event, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRef {
    /// Unique id.
    pub event_id: Uuid,
    /// Place in the org's log.
    pub position: i64,
    /// Stored name.
    pub name: &'static str,
    /// Its stream.
    pub aggregate_id: Uuid,
    /// Place in the stream.
    pub sequence: i64,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Whose ledger.
    pub org: OrgId,
    /// Of the last event, or the head at which nothing had to change.
    pub position: i64,
    /// Of the first event.
    pub first_position: i64,
    /// The addressed stream's version now.
    pub stream_version: i64,
    /// The appended events; none when nothing had to change or on a dry run.
    pub events: Vec<EventRef>,
    /// Whether this is the answer of an earlier command of the same id.
    pub replayed: bool,
    /// Whether nothing was appended because nothing was to be.
    pub dry_run: bool,
    /// When it was learned.
    pub recorded_at: OffsetDateTime,
    /// The events themselves; on a dry run those that would be appended.
    pub decided: Vec<LedgerEvent>,
    /// The stream of each of them.
    pub subjects: Vec<Uuid>,
}

/// Everything that appends goes through it. Cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    inner: Arc<Inner>,
}

struct Inner {
    app: Pool,
    relay: Pool,
    intake: Intake,
    loader: Loader,
    sharing: Sharing,
    keyring: Keyring,
    names: Names,
    counters: Arc<Counters>,
    doorbell: broadcast::Sender<(OrgId, i64)>,
    places: usize,
}

impl Ledger {
    /// Connects and starts the writer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if pools cannot be built. The database itself is needed from the first
    /// command on; [`Ledger::ready`] asks it.
    pub async fn open(config: StoreConfig) -> Result<Self, StoreError> {
        let app = pool(&config.app, config.limits.app_connections)?;
        let relay = pool(&config.relay, RELAY_CONNECTIONS)?;
        let loader = Loader::new(&config.app)?;
        let counters = Arc::new(Counters::default());
        let (doorbell, _) = broadcast::channel(DOORBELL);
        let places = config.limits.queue_jobs;
        let intake = start(Parts {
            config: config.writer,
            loader: loader.clone(),
            limits: config.limits,
            counters: Arc::clone(&counters),
            doorbell: doorbell.clone(),
            clock: Clock,
        });
        let keyring = Keyring::new(app.clone(), &config.master_key);
        let names = Names::new(&config.master_key);
        let sharing = Sharing::default();
        let inner = Inner {
            app,
            relay,
            intake,
            loader,
            sharing,
            keyring,
            names,
            counters,
            doorbell,
            places,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Lets what is inside finish; new commands hear that the ledger is closing.
    pub async fn close(&self) {
        self.inner.intake.drain(self.inner.places).await;
    }

    /// Tells the time.
    pub fn clock(&self) -> Clock {
        Clock
    }

    /// Connections under row-level security.
    pub fn app_pool(&self) -> &Pool {
        &self.inner.app
    }

    /// Connections that see all orgs.
    pub fn relay_pool(&self) -> &Pool {
        &self.inner.relay
    }

    /// Seals and opens.
    pub fn keyring(&self) -> &Keyring {
        &self.inner.keyring
    }

    /// Names what must not be named.
    pub fn names(&self) -> &Names {
        &self.inner.names
    }

    /// Rings with (org, head) after every append of this process. Lagging is harmless.
    pub fn doorbell(&self) -> broadcast::Receiver<(OrgId, i64)> {
        self.inner.doorbell.subscribe()
    }

    /// What the writer did.
    pub fn metrics(&self) -> WriterMetrics {
        let mut metrics = self.inner.counters.snapshot();
        metrics.queue_depth =
            i64::try_from(self.inner.intake.depth(self.inner.places)).unwrap_or(i64::MAX);
        metrics
    }

    /// One command to one stream.
    ///
    /// # Errors
    ///
    /// [`ExecuteError`].
    pub async fn execute<A: Decider>(
        &self,
        context: &Context,
        id: Id<A>,
        command: A::Command,
    ) -> Result<Outcome, ExecuteError> {
        self.batch(context.clone()).then(id, command).run().await
    }

    /// Begins a batch: several commands, expected versions, dry runs.
    pub fn batch(&self, context: Context) -> Batch {
        Batch::new(self.clone(), context)
    }

    /// An aggregate as of the head, with its version; 0 where nothing happened yet.
    ///
    /// # Errors
    ///
    /// [`ExecuteError::UnknownOrg`], [`ExecuteError::NeedsUpgrade`], [`ExecuteError::Store`].
    pub async fn load<A: Decider>(&self, org: OrgId, id: Id<A>) -> Result<(A, i64), ExecuteError> {
        let request = Request {
            org,
            streams: vec![Stream::of(id)],
            series: std::collections::HashSet::new(),
            since: None,
        };
        let loaded = self.inner.loader.load(&request).await?.ok_or(ExecuteError::UnknownOrg)?;
        let (aggregate, version) = loaded.single()?;
        let state: &A = typed(aggregate.as_ref())
            .ok_or_else(|| StoreError::Damaged("a stream was read as another kind".to_owned()))?;
        Ok((state.clone(), version))
    }

    /// The same with the head that it was read at, sharing the reading with whoever asks at the
    /// same time: for what every command asks, such as an org's account.
    ///
    /// # Errors
    ///
    /// As [`Ledger::load`].
    pub async fn load_shared<A: Decider>(
        &self,
        org: OrgId,
        id: Id<A>,
    ) -> Result<(A, i64, i64), ExecuteError> {
        let read = self.inner.sharing.read(&self.inner.loader, org, Stream::of(id)).await?;
        let state: &A = typed(read.aggregate.as_ref())
            .ok_or_else(|| StoreError::Damaged("a stream was read as another kind".to_owned()))?;
        Ok((state.clone(), read.version, read.head))
    }

    /// Erases a person: the event first, then the keys, for good. Safe to repeat.
    ///
    /// # Errors
    ///
    /// [`ExecuteError`]; repeat until it succeeds.
    pub async fn erase(
        &self,
        context: &Context,
        subject: SubjectRef,
        reason_code: Code,
    ) -> Result<Outcome, ExecuteError> {
        let command = SubjectCommand::Erase { subject, reason_code };
        let outcome = self.execute(context, SubjectId::new(subject.0), command).await?;
        self.keyring().destroy(context.org, subject).await?;
        Ok(outcome)
    }

    pub(super) async fn app(&self) -> Result<Client, StoreError> {
        self.inner.app.get().await.map_err(StoreError::pool("reading"))
    }

    pub(super) async fn run(&self, batch: Arc<Batch>) -> Result<Outcome, ExecuteError> {
        if batch.targets.is_empty() {
            return Err(StoreError::Configuration("a batch without commands".to_owned()).into());
        }
        let org = batch.context.org;
        let span = told::command(&batch);
        let receiver = self.inner.intake.submit(batch, span.clone())?;
        let answer: Answer = receiver.await.unwrap_or(Err(ExecuteError::Closed));
        told::answered(&span, &answer);
        match answer? {
            Verdict::Done(outcome) => Ok(owned(outcome)),
            Verdict::Known(known) => self.recall(org, known).await,
        }
    }

    /// The answer of a command that was accepted before, from its record and the log.
    async fn recall(&self, org: OrgId, known: Known) -> Result<Outcome, ExecuteError> {
        let mut outcome = Outcome {
            org,
            position: known.last_position,
            first_position: known.first_position,
            stream_version: known.stream_version,
            events: Vec::new(),
            replayed: true,
            dry_run: false,
            recorded_at: known.recorded_at,
            decided: Vec::new(),
            subjects: Vec::new(),
        };
        if known.changed {
            let count = known.last_position - known.first_position + 1;
            for stored in self.read(org, known.first_position - 1, count).await? {
                let event = stored.event().map_err(StoreError::from)?;
                outcome.events.push(EventRef {
                    event_id: stored.event_id,
                    position: stored.position,
                    name: event.name(),
                    aggregate_id: stored.aggregate_id,
                    sequence: stored.sequence,
                });
                outcome.decided.push(event);
                outcome.subjects.push(stored.aggregate_id);
            }
        }
        Ok(outcome)
    }
}
