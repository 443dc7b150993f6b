//! The service: its parts, how they start and how they stop.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::web::{Data, ServiceConfig};
use adapters::stripe::{StripeStatement, StripeWebhook, WebhookSecret};
use anyhow::{Context, bail};
use api::{ApiLimits, AppState, MetricsAccess, OperatorToken, StateParts};
use ledger::ports::payments::WebhookProvider;
use ledger::store::Ledger;
use ledger::store::notary::Signers;
use projections::engine::{Engine, EngineOptions};

use super::notary::Notary;
use super::ready::probe;
use super::signals::Signals;
use crate::config::{AppEnv, Config, Database};
use crate::installation::{Installation, signers};
use crate::jobs::{Asked, Ground, Scheduler};

/// The parts that run; the API comes on top.
pub struct Service {
    config: Config,
    listener: TcpListener,
    installation: Installation,
    ledger: Ledger,
    engine: Arc<Engine>,
    signers: Signers,
}

/// `daybook serve`
///
/// # Errors
/// What kept it from starting or from stopping well.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    Service::start(config).await?.run().await
}

impl Service {
    /// Opens everything but the API.
    ///
    /// # Errors
    /// What kept it from starting.
    pub async fn start(config: Config) -> anyhow::Result<Self> {
        refuse_owner(&config)?;
        // What is wrong with a setting is said before anything starts.
        let _post = config.post()?;
        let _receiver = config.checkpoints.receiver()?;
        let listener = TcpListener::bind(config.listen).with_context(|| {
            format!("cannot listen on {} (DAYBOOK_LISTEN chooses another address)", config.listen)
        })?;
        let installation = Installation::open(&config).await?;
        let signers = match signers(&config.checkpoints) {
            Ok(signers) => signers,
            Err(error) => {
                installation.close().await?;
                return Err(error);
            }
        };
        let ledger = match open(&installation).await {
            Ok(ledger) => ledger,
            Err(error) => {
                installation.close().await?;
                return Err(error);
            }
        };
        let relay = Some(installation.roles().relay.clone());
        let options = EngineOptions { relay, ..EngineOptions::default() };
        let engine = Arc::new(Engine::start(ledger.clone(), options));
        Ok(Self { config, listener, installation, ledger, engine, signers })
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Read models and policies.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Where it answers, for people to paste.
    ///
    /// # Errors
    /// When the system does not know.
    pub fn base_url(&self) -> anyhow::Result<String> {
        let address = self.listener.local_addr().context("cannot read the own address")?;
        Ok(format!("http://{}", reachable(address)))
    }

    /// Answers until a signal comes, then stops everything in order.
    ///
    /// # Errors
    /// What kept it from serving or from stopping well.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut signals = Signals::listen()?;
        let ground = Ground::new(&self.config, self.ledger.clone(), self.engine.clone())?;
        let state = self.state(ground.clone());
        let every = self.config.checkpoints.every;
        let notary = Notary::start(self.ledger.clone(), self.signers.clone(), every);
        let scheduler = self.config.scheduler.then(|| Scheduler::start(ground));
        let url = self.base_url()?;
        tracing::info!(%url, docs = %format!("{url}/v1/docs"), "serving");
        let asked = async move {
            let name = signals.next().await;
            tracing::info!(signal = name, "stopping: no new requests");
            signals.end_at_once();
        };
        let listener = self.listener.try_clone().context("cannot share the listener")?;
        let served = answer(state, listener, asked, self.config.drain).await;
        if let Some(scheduler) = scheduler {
            scheduler.stop().await;
        }
        notary.stop().await;
        let stopped = self.stop().await;
        served.context("the API stopped by itself")?;
        stopped?;
        tracing::info!("stopped");
        Ok(())
    }

    /// Stops everything but the API, which is not running.
    ///
    /// # Errors
    /// What did not stop well.
    pub async fn stop(self) -> anyhow::Result<()> {
        let Self { installation, ledger, engine, .. } = self;
        // Policies give commands, so they rest before the ledger takes its last ones.
        match Arc::try_unwrap(engine) {
            Ok(engine) => engine.stop().await,
            Err(_shared) => tracing::debug!("a request still holds the engine"),
        }
        ledger.close().await;
        // Connections go before the database does.
        drop(ledger);
        installation.close().await
    }

    fn state(&self, ground: Ground) -> Data<AppState> {
        let config = &self.config;
        let secrets: Vec<WebhookSecret> = config
            .stripe_webhook_secrets
            .iter()
            .map(|secret| WebhookSecret::new(secret.reveal()))
            .collect();
        let stripe = (!secrets.is_empty())
            .then(|| Arc::new(StripeWebhook::new(secrets)) as Arc<dyn WebhookProvider>);
        let metrics = match (&config.metrics_token, config.metrics_enabled) {
            (_, false) => MetricsAccess::Off,
            (None, true) => MetricsAccess::Open,
            (Some(token), true) => MetricsAccess::Token(OperatorToken::new(token.reveal())),
        };
        let limits = ApiLimits {
            history: config.history.clone(),
            requests_per_minute: config.rate_limit_per_minute,
            ..ApiLimits::default()
        };
        Data::new(AppState::new(StateParts {
            ledger: self.ledger.clone(),
            engine: self.engine.clone(),
            stripe,
            statements: vec![Arc::new(StripeStatement)],
            stationery: config.stationery(),
            verifiers: self.signers.known(),
            operator: config.operator_token.as_ref().map(|text| OperatorToken::new(text.reveal())),
            metrics,
            doors: config.doors.clone(),
            ready: probe(&self.ledger, config),
            jobs: Arc::new(Asked::new(
                ground,
                config.job_heartbeat_required.then_some(config.job_heartbeat_ttl),
            )),
            limits,
        }))
    }
}

async fn open(installation: &Installation) -> anyhow::Result<Ledger> {
    let ledger = installation.ledger().await?;
    ledger.ready().await.context("the database is not ready for the service")?;
    Ok(ledger)
}

/// Serves until asked to stop, and not much longer than `drain` after that.
async fn answer(
    state: Data<AppState>,
    listener: TcpListener,
    asked: impl Future<Output = ()>,
    drain: std::time::Duration,
) -> anyhow::Result<()> {
    let (tell, mut told) = tokio::sync::watch::channel(false);
    let shutdown = async move {
        asked.await;
        tell.send_replace(true);
    };
    let patience = async move {
        // An error means that serving has ended already.
        let _told = told.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(drain).await;
    };
    let console = state.clone();
    let beside = move |config: &mut ServiceConfig| console::configure(console.clone(), config);
    tokio::select! {
        ended = api::serve(state, listener, beside, shutdown) => Ok(ended?),
        () = patience => {
            tracing::warn!("some requests did not end in time (DAYBOOK_DRAIN_SECONDS)");
            Ok(())
        }
    }
}

/// The service must not be able to change the schema or the log.
fn refuse_owner(config: &Config) -> anyhow::Result<()> {
    if let Database::External { owner: Some(_), service: Some(_) } = &config.database {
        let what = "the service does not need DATABASE_URL, the owner's address: leave it to \
                    `daybook migrate`";
        if config.app_env == AppEnv::Prod {
            bail!("{what}");
        }
        tracing::warn!("{what}");
    }
    Ok(())
}

/// An address that a browser on this machine can open.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port())
    } else {
        address
    }
}
