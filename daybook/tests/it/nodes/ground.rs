//! A database, orgs in it, and as many nodes on it as a test wants.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use api::onboarding::{NewOrg, create_org, draw_org};
use daybook::config::{Config, Environment};
use daybook::jobs::{Ground, JobName, Post, Ran, run_now};
use ledger::correspondence::Letter;
use ledger::invoice::InvoiceEvent;
use ledger::patient_activation::{
    Activate, PatientActivation, PatientActivationCommand, PatientActivationEvent,
};
use ledger::ports::mail::{Carrying, Mailer};
use ledger::recorded::{Actor, LedgerEvent};
use ledger::store::{Context, Ledger, Limits, MasterKey, StoreConfig, account_id};
use ledger::subscription::{Subscription, SubscriptionError, SubscriptionEvent};
use ledger::values::{CycleRule, OrgId};
use projections::engine::{Engine, EngineOptions};
use schema::testing::{Role, TestDatabase, database};
use time::OffsetDateTime;
use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

/// Patients of each org.
pub(super) const PATIENTS: usize = 5;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A database that several nodes share.
pub(super) struct Shared {
    database: TestDatabase,
    pub(super) mail: Arc<Postbox>,
}

/// Counts letters by their id.
#[derive(Default)]
pub(super) struct Postbox {
    pub(super) carried: AtomicUsize,
}

impl Mailer for Postbox {
    fn name(&self) -> &'static str {
        "postbox"
    }

    fn carry<'a>(&'a self, _: Uuid, _: &'a Letter) -> Carrying<'a> {
        self.carried.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(()) })
    }
}

/// What an org's log says was done, how often.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// Cycles begun.
    pub(super) begun: BTreeMap<String, usize>,
    /// Patients billed, by cycle.
    pub(super) billed: BTreeMap<(String, String), usize>,
    /// Lines, by what they are for.
    pub(super) lines: usize,
    /// Invoices issued.
    pub(super) issued: BTreeMap<Uuid, usize>,
}

impl Done {
    /// Nothing was done more than once, and every patient of a cycle stands on its invoice.
    #[track_caller]
    pub(super) fn is_whole(&self, cycles: usize) {
        assert_eq!(self.begun.len(), cycles, "{self:?}");
        assert!(self.begun.values().all(|times| *times == 1), "{self:?}");
        assert_eq!(self.billed.len(), cycles * PATIENTS, "{self:?}");
        assert!(self.billed.values().all(|times| *times == 1), "{self:?}");
        assert_eq!(self.lines, cycles * PATIENTS, "{self:?}");
        assert!(self.issued.values().all(|times| *times == 1), "{self:?}");
    }
}

impl Shared {
    pub(super) async fn new() -> Self {
        Self { database: database().await, mail: Arc::default() }
    }

    /// A node: its own connections, its own read models' engine, the house's one postbox.
    pub(super) async fn node(&self) -> Ground {
        let ledger = Ledger::open(StoreConfig {
            app: self.database.config(Role::App),
            writer: self.database.config(Role::Writer),
            relay: self.database.config(Role::Relay),
            master_key: MasterKey::from_bytes([7; 32]),
            limits: Limits { app_connections: 4, ..Limits::default() },
        });
        let ledger = ledger.await.unwrap();
        let relay = Some(self.database.config(Role::Relay));
        let options = EngineOptions { relay, ..EngineOptions::default() };
        let engine = Arc::new(Engine::start(ledger.clone(), options));
        let environment = Environment::of([("EMAIL_MODE", "off"), ("DAYBOOK_DATA", "/nowhere")]);
        let (config, _) = Config::read(&environment).unwrap();
        let ground = Ground::new(&config, ledger, engine).unwrap();
        let mailer: Arc<dyn Mailer> = self.mail.clone();
        Ground { post: Post { mailer: Some(mailer), ..ground.post.clone() }, ..ground }
    }

    /// An org whose account began two full months ago, with patients since then; nothing has run.
    pub(super) async fn org(&self, node: &Ground) -> OrgId {
        self.org_at(node, "UTC").await
    }

    /// The same, in a time zone.
    pub(super) async fn org_at(&self, node: &Ground, zone: &str) -> OrgId {
        let (ledger, org) = (&node.ledger, draw_org());
        let opened_at = began(ledger.clock().now());
        let cycle = CycleRule::new(1, zone.parse().unwrap()).unwrap();
        let currency = "USD".parse().unwrap();
        let plan = "standard".parse().unwrap();
        let new = NewOrg {
            auto_issue: true,
            contact_email: Some("desk@practice.example".to_owned()),
            opened_at: Some(opened_at),
            ..NewOrg::usual("A Practice".to_owned(), currency, cycle, plan)
        };
        create_org(ledger, org, Actor("test".to_owned()), new).await.unwrap();
        for number in 0..PATIENTS {
            self.activate(ledger, org, &format!("patient-{number}"), opened_at).await;
        }
        org
    }

    async fn activate(&self, ledger: &Ledger, org: OrgId, patient: &str, at: OffsetDateTime) {
        let context = Context::fresh(ledger, org, Actor("test".to_owned()));
        let names = ledger.names();
        let (id, reference) = (names.patient(org, patient), names.anonymous_ref(org, patient));
        let subject = names.subject(org, "patient", patient);
        let sealed = ledger.keyring().seal(&context, subject, "patient_id", patient).await.unwrap();
        let name = format!("The one called {patient}");
        let name = ledger.keyring().seal(&context, subject, "name", &name).await.unwrap();
        let activation = ledger.batch(context).then_from::<PatientActivation, Subscription>(
            id,
            account_id(org),
            move |account| {
                let refused =
                    |error: SubscriptionError| -> Box<dyn ledger::Refusal> { Box::new(error) };
                Ok(PatientActivationCommand::Activate(Activate {
                    activated_at: at,
                    billing: account.charge_for_activation(at).map_err(refused)?,
                    name: Some(name.clone()),
                    patient: reference.clone(),
                    patient_id: sealed.clone(),
                }))
            },
        );
        activation.run().await.unwrap();
    }

    /// As who may do anything.
    pub(super) async fn owner(&self) -> tokio_postgres::Client {
        self.database.connect(Role::Owner).await
    }

    /// As if the leases' time had passed.
    pub(super) async fn leases_run_out(&self) {
        let owner = self.owner().await;
        let text = "update job_runs set lease_until = now() - interval '1 second', \
                    started_at = now() - interval '2 days' where holder is not null";
        owner.execute(text, &[]).await.unwrap();
    }

    /// As if the time had come for every message of an org.
    pub(super) async fn messages_are_due(&self, org: OrgId) {
        let text = format!(
            "begin; set local app.current_org_id = '{org}'; \
             update outbox_events set next_attempt_at = now(); commit"
        );
        self.database.connect(Role::App).await.batch_execute(&text).await.unwrap();
    }

    /// What the log says, once policies have had their say.
    pub(super) async fn done(&self, node: &Ground, org: OrgId) -> Done {
        let head = node.ledger.head(org).await.unwrap().unwrap();
        let deadline = Instant::now() + PATIENCE;
        assert!(node.engine.wait_settled(org, head, deadline).await.unwrap().settled);
        let mut done = Done::default();
        for stored in node.ledger.read(org, 0, 100_000).await.unwrap() {
            let recorded = stored.decode().unwrap();
            match recorded.event {
                LedgerEvent::Subscription(SubscriptionEvent::CycleStarted(started)) => {
                    *done.begun.entry(started.cycle.to_string()).or_default() += 1;
                }
                LedgerEvent::PatientActivation(PatientActivationEvent::CycleBilled(billed)) => {
                    let what = (billed.cycle.to_string(), billed.patient.0);
                    *done.billed.entry(what).or_default() += 1;
                }
                LedgerEvent::Invoice(InvoiceEvent::LineAdded(_)) => done.lines += 1,
                LedgerEvent::Invoice(InvoiceEvent::Issued(_)) => {
                    *done.issued.entry(recorded.aggregate_id).or_default() += 1;
                }
                _ => {}
            }
        }
        done
    }
}

/// The first of the month before last.
fn began(now: OffsetDateTime) -> OffsetDateTime {
    let mut day = now.date().replace_day(1).unwrap();
    for _ in 0..2 {
        day = day.previous_day().unwrap().replace_day(1).unwrap();
    }
    day.midnight().assume_utc()
}

/// Runs a job now, which must succeed: how much it changed, or `None` where another node has it.
pub(super) async fn run(node: &Ground, job: JobName) -> Option<usize> {
    let (_never, stop) = watch::channel(false);
    match run_now(node, job, &stop).await.unwrap() {
        Ran::Done(summary) => Some(summary.changed),
        Ran::Elsewhere => None,
    }
}
