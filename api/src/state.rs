//! What every request can reach.

use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use ledger::{
    documents::Stationery,
    ports::{payments::WebhookProvider, statements::StatementReader},
    proof::VerifierKey,
    store::Ledger,
};
use projections::engine::{Engine, History, HistoryOptions};
use tokio::sync::{Semaphore, watch};

use crate::{
    credentials::{KeyCache, KeyLimiter, OperatorToken},
    doors::Doors,
    jobs::Jobs,
    resources::metrics::Metrics,
};

/// A check of the program's own for `/readyz` (the schema's version, heartbeats): what is wrong,
/// one sentence each.
pub type ReadyProbe =
    Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Vec<String>> + Send>> + Send + Sync>;

/// Who may read `/v1/metrics`.
#[derive(Clone)]
pub enum MetricsAccess {
    /// Nobody: it is not served (`METRICS_ENABLED=false`).
    Off,
    /// Anybody who reaches the port.
    Open,
    /// Bearers of this token (`METRICS_TOKEN`).
    Token(OperatorToken),
}

/// Bounds of the HTTP surface.
#[derive(Debug, Clone)]
pub struct ApiLimits {
    /// Bytes of a command's body.
    pub body_bytes: usize,
    /// Connections of one worker.
    pub connections: usize,
    /// What is kept of the past.
    pub history: HistoryOptions,
    /// Events behind before `/readyz` says no.
    pub lag_events: i64,
    /// Seconds the oldest unprocessed event may wait before `/readyz` says no.
    pub lag_seconds: i64,
    /// Requests a minute of a key that has no limit of its own (`RATE_LIMIT_PER_MINUTE`).
    pub requests_per_minute: u32,
    /// How long an answer may take.
    pub request_timeout: Duration,
    /// How long a request may wait for a position or for policies.
    pub wait: Duration,
    /// Bytes of a provider's statement.
    pub statement_bytes: usize,
    /// Answers without an end in sight at a time, each of which holds a connection.
    pub long_answers: usize,
    /// Live event streams of this process.
    pub streams: usize,
    /// Bytes of a webhook's body.
    pub webhook_bytes: usize,
    /// Threads that answer.
    pub workers: usize,
}

impl Default for ApiLimits {
    fn default() -> Self {
        Self {
            body_bytes: 256 << 10,
            connections: 4_096,
            history: HistoryOptions::default(),
            lag_events: 100_000,
            lag_seconds: 60,
            requests_per_minute: 60_000,
            request_timeout: Duration::from_secs(30),
            wait: Duration::from_secs(2),
            statement_bytes: 16 << 20,
            long_answers: 4,
            streams: 256,
            webhook_bytes: 1 << 20,
            workers: 2,
        }
    }
}

/// What the program gives.
pub struct StateParts {
    /// The ledger.
    pub ledger: Ledger,
    /// Read models and policies.
    pub engine: Arc<Engine>,
    /// Stripe's webhook, if a secret is configured.
    pub stripe: Option<Arc<dyn WebhookProvider>>,
    /// Providers whose statements can be read.
    pub statements: Vec<Arc<dyn StatementReader>>,
    /// Who writes papers and who prints them.
    pub stationery: Stationery,
    /// Public keys of those who sign checkpoints, the present one first.
    pub verifiers: Vec<VerifierKey>,
    /// The operator's token, if one is configured.
    pub operator: Option<OperatorToken>,
    /// Who may read metrics.
    pub metrics: MetricsAccess,
    /// Whoever runs the jobs.
    pub jobs: Arc<dyn Jobs>,
    /// From where somebody may come in.
    pub doors: Doors,
    /// More to check for `/readyz`.
    pub ready: ReadyProbe,
    /// Bounds.
    pub limits: ApiLimits,
}

/// What every request can reach; shared by all workers.
pub struct AppState {
    pub(crate) ledger: Ledger,
    pub(crate) engine: Arc<Engine>,
    pub(crate) history: History,
    pub(crate) stripe: Option<Arc<dyn WebhookProvider>>,
    pub(crate) statements: Vec<Arc<dyn StatementReader>>,
    pub(crate) stationery: Stationery,
    pub(crate) verifiers: Vec<VerifierKey>,
    pub(crate) operator: Option<OperatorToken>,
    pub(crate) metrics_access: MetricsAccess,
    pub(crate) jobs: Arc<dyn Jobs>,
    pub(crate) doors: Doors,
    pub(crate) ready: ReadyProbe,
    pub(crate) limits: ApiLimits,
    pub(crate) keys: KeyCache,
    pub(crate) limiter: KeyLimiter,
    pub(crate) metrics: Metrics,
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) long_answers: Arc<Semaphore>,
    pub(crate) stopping: watch::Sender<bool>,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(parts: StateParts) -> Self {
        let StateParts {
            ledger,
            engine,
            stripe,
            statements,
            stationery,
            verifiers,
            operator,
            metrics,
            jobs,
            doors,
            ready,
            limits,
        } = parts;
        let streams = Arc::new(Semaphore::new(limits.streams));
        let long_answers = Arc::new(Semaphore::new(limits.long_answers));
        let (stopping, _) = watch::channel(false);
        let history = History::new(ledger.clone(), limits.history.clone());
        Self {
            ledger,
            engine,
            history,
            stripe,
            statements,
            stationery,
            verifiers,
            operator,
            metrics_access: metrics,
            jobs,
            doors,
            ready,
            limits,
            keys: KeyCache::default(),
            limiter: KeyLimiter::default(),
            metrics: Metrics::default(),
            streams,
            long_answers,
            stopping,
        }
    }

    /// A key of the installation's own for sealing what a browser keeps and must not read.
    pub fn session_key(&self) -> [u8; 32] {
        self.ledger.names().sign("console.session.v1", b"")
    }

    /// Now, by the ledger's clock.
    pub fn now(&self) -> time::OffsetDateTime {
        self.ledger.clock().now()
    }

    /// When a request that starts waiting now gives up.
    pub(crate) fn deadline(&self) -> tokio::time::Instant {
        tokio::time::Instant::now() + self.limits.wait
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AppState").field("limits", &self.limits).finish_non_exhaustive()
    }
}
