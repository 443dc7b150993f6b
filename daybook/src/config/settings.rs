//! What the program works with.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use adapters::documents::PdfPress;
use adapters::mail::FolderCourier;
use ledger::contact::ContactRules;
use ledger::documents::{Issuer, Stationery};
use ledger::store::MasterKey;
use projections::engine::HistoryOptions;
use tokio_postgres::Config as PgConfig;

use super::address::database;
use super::checkpoints::{self, Checkpoints};
use super::doors;
use super::email::{self, Email};
use super::environment::Environment;
use super::exporting::{self, Exporting};
use super::guards;
use super::history;
use super::issuer;
use super::reader::{Problems, Reader, Shown};
use super::retention::{self, Retention};
use super::secret::Secret;
use super::telling::{self, Telling};
use super::words::{AppEnv, LogFormat};
use crate::jobs::{Patience, Post};

/// Where the three roles of the service connect.
#[derive(Debug, Clone)]
pub struct ServiceRoles {
    /// Reads, one org at a time.
    pub app: PgConfig,
    /// Appends.
    pub writer: PgConfig,
    /// Works across orgs.
    pub relay: PgConfig,
}

/// Which database.
#[derive(Debug, Clone)]
pub enum Database {
    /// A private PostgreSQL in the data folder.
    Embedded,
    /// Somebody's PostgreSQL.
    External {
        /// The owner's address, if it was given: `migrate` needs it, the service must not.
        owner: Option<Box<PgConfig>>,
        /// The service's own addresses, if they were given.
        service: Option<Box<ServiceRoles>>,
    },
}

/// Every setting, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// How careful to be.
    pub app_env: AppEnv,
    /// Where to serve.
    pub listen: SocketAddr,
    /// Where the private cluster and the keys lie.
    pub data: PathBuf,
    /// Which database.
    pub database: Database,
    /// Passwords that `migrate` gives the service's roles.
    pub role_passwords: Option<schema::RolePasswords>,
    /// The master key; otherwise a file in the data folder holds it.
    pub encryption_key: Option<MasterKey>,
    /// Who signs how far the logs go.
    pub checkpoints: Checkpoints,
    /// Opens the operator's routes.
    pub operator_token: Option<Secret>,
    /// Verify Stripe's webhooks; several while one is being replaced.
    pub stripe_webhook_secrets: Vec<Secret>,
    /// How e-mails leave.
    pub email: Email,
    /// Who writes invoices.
    pub issuer: Issuer,
    /// The wait after a first failed attempt.
    pub outbox_base_backoff: Duration,
    /// Attempts before a message is a dead letter.
    pub outbox_max_attempts: u32,
    /// Whether patients are left alone at night.
    pub quiet_hours: bool,
    /// Where exports go.
    pub exporting: Exporting,
    /// How long what is settled is kept.
    pub retention: Retention,
    /// What is kept of answers about the past.
    pub history: HistoryOptions,
    /// Whether metrics are served.
    pub metrics_enabled: bool,
    /// What metrics ask for.
    pub metrics_token: Option<Secret>,
    /// To whom traces are told.
    pub telling: Telling,
    /// From where somebody may come in.
    pub doors: api::Doors,
    /// Whether this says of itself that it is a test.
    pub testing: bool,
    /// Requests a minute and key.
    pub rate_limit_per_minute: u32,
    /// Whether readiness wants jobs alive.
    pub job_heartbeat_required: bool,
    /// How old a heartbeat may be.
    pub job_heartbeat_ttl: Duration,
    /// Whether `serve` runs the jobs.
    pub scheduler: bool,
    /// How long requests may finish when stopping.
    pub drain: Duration,
    /// What to log.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
}

impl Config {
    /// Reads and checks every setting; also answers them fit to be shown.
    ///
    /// # Errors
    /// [`Problems`] names everything that is wrong.
    pub fn read(environment: &Environment) -> Result<(Self, Vec<Shown>), Problems> {
        let mut reader = Reader::new(environment);
        let read = &mut reader;
        let app_env = read.value("APP_ENV", AppEnv::Dev, "dev, test or prod");
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        let data = PathBuf::from(read.value("DAYBOOK_DATA", ".daybook".to_owned(), "a folder"));
        let database = databases(read);
        // Whoever only migrates signs nothing.
        let signs = !matches!(database, Database::External { service: None, .. });
        let strict = app_env == AppEnv::Prod && signs;
        let config = Self {
            app_env,
            listen: read.value("DAYBOOK_LISTEN", listen, "an address such as 127.0.0.1:8080"),
            database,
            role_passwords: role_passwords(read),
            encryption_key: encryption_key(read, app_env),
            checkpoints: checkpoints::read(read, strict, &data),
            operator_token: read.secret("DAYBOOK_OPERATOR_TOKEN"),
            stripe_webhook_secrets: secrets(read, "STRIPE_WEBHOOK_SECRET"),
            email: email::read(read),
            issuer: issuer::read(read),
            outbox_base_backoff: seconds(read, "OUTBOX_BASE_BACKOFF_SECONDS", 60, 1..=86_400),
            outbox_max_attempts: attempts(read),
            quiet_hours: read.switch("DAYBOOK_QUIET_HOURS", true),
            exporting: exporting::read(read),
            retention: retention::read(read),
            history: history::read(read),
            metrics_enabled: read.switch("METRICS_ENABLED", false),
            metrics_token: read.secret("METRICS_TOKEN"),
            telling: telling::read(read, app_env),
            doors: doors::read(read, app_env),
            testing: read.switch("TESTING", false),
            rate_limit_per_minute: rate_limit(read),
            job_heartbeat_required: read.switch("JOB_HEARTBEAT_REQUIRED", false),
            job_heartbeat_ttl: seconds(read, "JOB_HEARTBEAT_TTL_SECONDS", 900, 10..=604_800),
            scheduler: read.switch("DAYBOOK_SCHEDULER", true),
            drain: seconds(read, "DAYBOOK_DRAIN_SECONDS", 30, 1..=3_600),
            log: log_filter(read),
            log_format: read.value("DAYBOOK_LOG_FORMAT", LogFormat::Auto, "text or json"),
            data,
        };
        guards::check(&config, read);
        reader.finish(config)
    }

    /// Where the master key is kept when the environment does not hold it.
    pub fn master_key_file(&self) -> PathBuf {
        self.data.join("keys").join("master.key")
    }

    /// How messages leave the house.
    ///
    /// # Errors
    /// What is wrong with the mail server's name.
    pub fn post(&self) -> anyhow::Result<Post> {
        Ok(Post {
            mailer: self.email.mailer(&self.outgoing())?,
            stationery: self.stationery(),
            courier: Arc::new(FolderCourier::new(self.outgoing())),
            exports: self.exporting.receiver()?,
            patience: Patience {
                base_backoff: self.outbox_base_backoff,
                max_attempts: self.outbox_max_attempts,
            },
            export_patience: self.exporting.patience,
            rules: ContactRules { quiet_hours: self.quiet_hours, ..ContactRules::default() },
        })
    }

    /// Who writes papers and who prints them.
    pub fn stationery(&self) -> Stationery {
        Stationery { issuer: self.issuer.clone(), press: Arc::new(PdfPress) }
    }

    /// Where `EMAIL_MODE=folder` delivers.
    pub fn outgoing(&self) -> PathBuf {
        self.data.join("outgoing")
    }

    /// Where the service answers, for people to paste.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.listen)
    }
}

fn databases(read: &mut Reader<'_>) -> Database {
    let owner = database(read, "DATABASE_URL");
    let app = database(read, "DAYBOOK_APP_DATABASE_URL");
    let writer = database(read, "DAYBOOK_WRITER_DATABASE_URL");
    let relay = database(read, "DAYBOOK_RELAY_DATABASE_URL");
    let given = [&app, &writer, &relay].into_iter().flatten().count();
    if given != 0 && given != 3 {
        let what = "set DAYBOOK_APP_DATABASE_URL, DAYBOOK_WRITER_DATABASE_URL and \
                    DAYBOOK_RELAY_DATABASE_URL together";
        read.problem("DAYBOOK_*_DATABASE_URL", what);
    }
    let service = match (app, writer, relay) {
        (Some(app), Some(writer), Some(relay)) => {
            Some(Box::new(ServiceRoles { app, writer, relay }))
        }
        _ => None,
    };
    match (owner, service) {
        (None, None) => Database::Embedded,
        (owner, service) => Database::External { owner: owner.map(Box::new), service },
    }
}

fn role_passwords(read: &mut Reader<'_>) -> Option<schema::RolePasswords> {
    let app = read.secret("DAYBOOK_ROLE_PASSWORD_APP");
    let writer = read.secret("DAYBOOK_ROLE_PASSWORD_WRITER");
    let relay = read.secret("DAYBOOK_ROLE_PASSWORD_RELAY");
    match (app, writer, relay) {
        (Some(app), Some(writer), Some(relay)) => Some(schema::RolePasswords {
            app: app.reveal().to_owned(),
            writer: writer.reveal().to_owned(),
            relay: relay.reveal().to_owned(),
        }),
        (None, None, None) => None,
        _ => {
            let what = "set the passwords of APP, WRITER and RELAY together";
            read.problem("DAYBOOK_ROLE_PASSWORD_*", what);
            None
        }
    }
}

fn encryption_key(read: &mut Reader<'_>, app_env: AppEnv) -> Option<MasterKey> {
    let text = read.secret("ENCRYPTION_KEY")?;
    if app_env == AppEnv::Prod && guards::is_monotonous(text.reveal()) {
        read.problem("ENCRYPTION_KEY", "prod wants a random key: `openssl rand -hex 32`");
    }
    match MasterKey::parse(text.reveal()) {
        Ok(key) => Some(key),
        Err(error) => {
            read.problem("ENCRYPTION_KEY", error.to_string());
            None
        }
    }
}

fn secrets(read: &mut Reader<'_>, name: &'static str) -> Vec<Secret> {
    let given = read.secret(name);
    let parts = given.as_ref().map_or("", Secret::reveal).split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(Secret::new).collect()
}

fn rate_limit(read: &mut Reader<'_>) -> u32 {
    let limit = read.number("RATE_LIMIT_PER_MINUTE", 600, 1..=1_000_000);
    u32::try_from(limit).unwrap_or(600)
}

fn attempts(read: &mut Reader<'_>) -> u32 {
    u32::try_from(read.number("OUTBOX_MAX_ATTEMPTS", 8, 1..=100)).unwrap_or(8)
}

fn seconds(
    read: &mut Reader<'_>,
    name: &'static str,
    default: u64,
    bounds: std::ops::RangeInclusive<u64>,
) -> Duration {
    Duration::from_secs(read.number(name, default, bounds))
}

fn log_filter(read: &mut Reader<'_>) -> String {
    let filter = read.value("DAYBOOK_LOG", "info".to_owned(), "a filter such as info");
    if tracing_subscriber::EnvFilter::try_new(&filter).is_err() {
        read.problem("DAYBOOK_LOG", "a filter such as `info,projections=debug` is expected");
    }
    filter
}
