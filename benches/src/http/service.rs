//! The service as the program starts it, without what a request does not touch.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::web::Data;
use anyhow::ensure;
use api::{
    ApiLimits, AppState, Doors, MetricsAccess, StateParts,
    jobs::{Answering, JobFailed, JobStanding, Jobs, OrgJob},
};
use ledger::{
    documents::{InvoiceDocument, Issuer, StatementDocument, Stationery},
    ports::documents::{Press, Unprintable},
    store::Ledger,
    values::OrgId,
};
use projections::engine::{Engine, EngineOptions, HistoryOptions};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::ground::Database;

/// Who follows the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follow {
    /// Read models and policies.
    All,
    /// Read models alone: of a long log that policies have never seen.
    Models,
    /// Nobody.
    Nobody,
}

/// A running service.
pub(crate) struct Service {
    ledger: Ledger,
    engine: Arc<Engine>,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Service {
    pub(crate) async fn start(database: &Database, follow: Follow) -> anyhow::Result<Self> {
        let ledger = database.ledger().await?;
        let mut options = EngineOptions {
            relay: Some(database.config(schema::RELAY)),
            ..EngineOptions::default()
        };
        if follow != Follow::All {
            options.policies.clear();
        }
        if follow == Follow::Nobody {
            options.models.clear();
        }
        let engine = Arc::new(Engine::start(ledger.clone(), options));
        let state = state(&ledger, &engine);
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let shutdown = async { drop(stopped.await) };
            api::serve(state, listener, |_| {}, shutdown).await
        });
        Ok(Self { ledger, engine, address, stop, serving })
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops in the program's order.
    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        let Self { ledger, engine, stop, serving, address: _ } = self;
        // Nobody listening means that it has stopped by itself, and says so below.
        let _ = stop.send(());
        serving.await??;
        rest(engine).await?;
        ledger.close().await;
        Ok(())
    }
}

/// Stops an engine once nobody holds it: the server's workers let go of it a moment after it.
///
/// # Errors
/// When somebody holds it for ever.
pub(crate) async fn rest(mut engine: Arc<Engine>) -> anyhow::Result<()> {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        match Arc::try_unwrap(engine) {
            Ok(engine) => {
                engine.stop().await;
                return Ok(());
            }
            Err(held) => engine = held,
        }
        ensure!(Instant::now() < deadline, "somebody still holds the engine");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn state(ledger: &Ledger, engine: &Arc<Engine>) -> Data<AppState> {
    // Questions about the past of a long log wait here instead of asking again.
    let history = HistoryOptions { wait_events: i64::MAX, ..HistoryOptions::default() };
    let limits = ApiLimits {
        requests_per_minute: u32::MAX,
        request_timeout: Duration::from_secs(120),
        history,
        ..ApiLimits::default()
    };
    Data::new(AppState::new(StateParts {
        ledger: ledger.clone(),
        engine: engine.clone(),
        stripe: None,
        statements: Vec::new(),
        stationery: Stationery { issuer: Issuer::default(), press: Arc::new(NoPress) },
        verifiers: Vec::new(),
        operator: None,
        metrics: MetricsAccess::Off,
        jobs: Arc::new(NoJobs),
        doors: Doors::default(),
        ready: Arc::new(|| Box::pin(async { Vec::new() })),
        limits,
    }))
}

/// Nobody asks for papers here.
struct NoPress;

impl Press for NoPress {
    fn invoice(&self, _document: &InvoiceDocument) -> Result<Vec<u8>, Unprintable> {
        Err(Unprintable("there is no press".to_owned()))
    }

    fn statement(&self, _document: &StatementDocument) -> Result<Vec<u8>, Unprintable> {
        Err(Unprintable("there is no press".to_owned()))
    }
}

/// Nobody asks for jobs, either.
struct NoJobs;

impl Jobs for NoJobs {
    fn heartbeat(&self) -> Option<Duration> {
        None
    }

    fn standing(&self) -> Answering<'_, Vec<JobStanding>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn run(&self, _job: OrgJob, _org: OrgId) -> Answering<'_, usize> {
        Box::pin(async { Err(JobFailed("there are no jobs".to_owned())) })
    }
}
