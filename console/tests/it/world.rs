//! A service of the test's own, looked at as a browser would.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::web::Data;
use adapters::documents::PdfPress;
use api::{
    ApiLimits, AppState, Doors, MetricsAccess, StateParts,
    jobs::{Answering, JobStanding, Jobs, OrgJob},
    onboarding,
};
use ledger::{
    documents::{Issuer, Party, Stationery},
    proof::CheckpointKey,
    recorded::Actor,
    store::{
        Ledger, Limits, MasterKey, StoreConfig,
        notary::{Signers, sign_head},
        tenants::{KeyRequest, Role, mint_key},
    },
    values::{CycleRule, OrgId},
};
use projections::engine::{Engine, EngineOptions};
use reqwest::{Method, redirect::Policy};
use schema::testing::{Role as DatabaseRole, TestDatabase, database};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// A running service.
pub(crate) struct World {
    base: String,
    pub(crate) ledger: Ledger,
    http: reqwest::Client,
    _stop: oneshot::Sender<()>,
    _database: TestDatabase,
}

/// An org with a key for every role.
pub(crate) struct Tenant {
    pub(crate) org: OrgId,
    keys: Vec<(Role, String)>,
}

impl Tenant {
    pub(crate) fn key(&self, role: Role) -> &str {
        &self.keys.iter().find(|(of, _)| *of == role).unwrap().1
    }
}

/// An answer, read.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) cookie: String,
    pub(crate) disposition: String,
    pub(crate) text: String,
}

impl Answer {
    /// The page, which must be one.
    #[track_caller]
    pub(crate) fn page(self) -> String {
        assert_eq!(self.status, 200, "{} {}", self.location, self.text);
        assert!(!self.text.contains("style=\"") && !self.text.contains(" onclick"), "inline");
        self.text
    }
}

/// Somebody who signed in.
pub(crate) struct Visitor<'a> {
    world: &'a World,
    cookie: String,
}

impl Visitor<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.world.send("GET", path, &[("cookie", &self.cookie)], "").await
    }

    /// Sends a form as the browser does from one of our pages.
    pub(crate) async fn post(&self, path: &str, form: &str) -> Answer {
        self.post_from("same-origin", path, form).await
    }

    pub(crate) async fn post_from(&self, site: &str, path: &str, form: &str) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("sec-fetch-site", site), FORM];
        self.world.send("POST", path, &headers, form).await
    }

    /// An answer that goes on.
    pub(crate) async fn open(&self, path: &str, last_event_id: Option<i64>) -> reqwest::Response {
        let url = format!("{}{path}", self.world.base);
        let mut ask = self.world.http.get(url).header("cookie", &self.cookie);
        if let Some(last) = last_event_id {
            ask = ask.header("last-event-id", last.to_string());
        }
        ask.send().await.unwrap()
    }
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

struct NoJobs;

impl Jobs for NoJobs {
    fn heartbeat(&self) -> Option<Duration> {
        None
    }

    fn standing(&self) -> Answering<'_, Vec<JobStanding>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn run(&self, _: OrgJob, _: OrgId) -> Answering<'_, usize> {
        Box::pin(async { Ok(0) })
    }
}

/// Who signs checkpoints in tests; no secret.
pub(crate) fn signers() -> Signers {
    let key = CheckpointKey::from_seed("ledger.example.org", &[3; 32]).unwrap();
    Signers { key, retired: Vec::new() }
}

impl World {
    pub(crate) async fn new() -> Self {
        let database = database().await;
        let ledger = Ledger::open(StoreConfig {
            app: database.config(DatabaseRole::App),
            writer: database.config(DatabaseRole::Writer),
            relay: database.config(DatabaseRole::Relay),
            master_key: MasterKey::from_bytes([7; 32]),
            limits: Limits { app_connections: 8, ..Limits::default() },
        });
        let ledger = ledger.await.unwrap();
        let limits = ApiLimits {
            requests_per_minute: 1_000_000,
            workers: 1,
            wait: Duration::from_secs(20),
            ..ApiLimits::default()
        };
        let party = Party { name: "Daybook".to_owned(), address: Vec::new() };
        let state = Data::new(AppState::new(StateParts {
            ledger: ledger.clone(),
            engine: Arc::new(Engine::start(ledger.clone(), EngineOptions::default())),
            stripe: None,
            statements: Vec::new(),
            stationery: Stationery {
                issuer: Issuer { party, contact: None },
                press: Arc::new(PdfPress),
            },
            verifiers: signers().known(),
            operator: None,
            metrics: MetricsAccess::Open,
            jobs: Arc::new(NoJobs),
            doors: Doors::default(),
            ready: Arc::new(|| Box::pin(async { Vec::new() })),
            limits,
        }));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let console = state.clone();
        tokio::spawn(async move {
            let shutdown = async { drop(stopped.await) };
            let beside = move |config: &mut _| console::configure(console.clone(), config);
            api::serve(state, listener, beside, shutdown).await.unwrap();
        });
        let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Self { base, ledger, http, _stop: stop, _database: database }
    }

    pub(crate) async fn tenant(&self, name: &str) -> Tenant {
        let cycle = CycleRule::new(1, "UTC".parse().unwrap()).unwrap();
        let currency = "USD".parse().unwrap();
        let plan = "standard".parse().unwrap();
        let mut new = onboarding::NewOrg::usual(name.to_owned(), currency, cycle, plan);
        new.opened_at = Some(time::macros::datetime!(2025-01-01 00:00 UTC));
        let (org, actor) = (onboarding::draw_org(), Actor("test".to_owned()));
        let made = onboarding::create_org(&self.ledger, org, actor, new).await.unwrap();
        let mut keys = vec![(Role::Owner, made.owner_key.text)];
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
            let label = role.to_string();
            let request = KeyRequest { role, label, expires_at: None, rate_limit_per_minute: None };
            keys.push((role, mint_key(&self.ledger, org, request).await.unwrap().text));
        }
        Tenant { org, keys }
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut ask = self.http.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            ask = ask.header(*name, *value);
        }
        let response = ask.body(body.to_owned()).send().await.unwrap();
        let header = |name: &str| {
            let value = response.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (location, cookie) = (header("location"), header("set-cookie"));
        let (status, disposition) = (response.status().as_u16(), header("content-disposition"));
        Answer { status, location, cookie, disposition, text: response.text().await.unwrap() }
    }

    /// Signs in.
    pub(crate) async fn visitor(&self, tenant: &Tenant, role: Role) -> Visitor<'_> {
        let form = format!("key={}", tenant.key(role));
        let entered = self.send("POST", "/console/sign-in", &[FORM], &form).await;
        assert_eq!(entered.status, 303, "{}", entered.text);
        let cookie = entered.cookie.split(';').next().unwrap().to_owned();
        Visitor { world: self, cookie }
    }

    /// A command of finance.
    pub(crate) async fn command(&self, tenant: &Tenant, path: &str, body: Value) -> Value {
        let credential = format!("Bearer {}", tenant.key(Role::Finance));
        let once = once();
        let json = ("content-type", "application/json");
        let headers = [("authorization", credential.as_str()), ("idempotency-key", &once), json];
        let answer = self.send("POST", path, &headers, &body.to_string()).await;
        assert!(answer.status < 300, "{path}: {}", answer.text);
        serde_json::from_str(&answer.text).unwrap()
    }

    /// An issued invoice.
    pub(crate) async fn issued(&self, tenant: &Tenant, amount: &str) -> String {
        let charge = "/v1/billing/charges/one-off";
        let charged = self.command(tenant, charge, json!({"amount": amount})).await;
        let id = charged["invoice_id"].as_str().unwrap().to_owned();
        self.command(tenant, &format!("/v1/billing/invoices/{id}/issue"), json!({})).await;
        id
    }

    /// An invoice that says paid although its payment bounced.
    pub(crate) async fn bounced(&self, tenant: &Tenant, amount: &str) -> String {
        let id = self.issued(tenant, amount).await;
        let payments = format!("/v1/billing/invoices/{id}/payments");
        let paid = self.command(tenant, &payments, json!({"amount": amount})).await;
        let reverse = format!("{payments}/{}/reverse", paid["payment_id"].as_str().unwrap());
        self.command(tenant, &reverse, json!({"reason_code": "bounced"})).await;
        id
    }

    pub(crate) async fn sign(&self, tenant: &Tenant) {
        sign_head(&self.ledger, tenant.org, &signers()).await.unwrap().unwrap();
    }
}

/// A name that no command has had.
#[expect(clippy::disallowed_methods, reason = "tests draw names that nobody has")]
pub(crate) fn once() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The value of a field of the first form that has it.
#[track_caller]
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let begins = format!("name=\"{name}\" value=\"");
    let rest = page.split(&begins).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap().to_owned()
}
