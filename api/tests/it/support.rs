//! A service of the test's own: database, ledger, engine, HTTP.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::web::Data;
use adapters::documents::PdfPress;
use adapters::stripe::{StripeStatement, StripeWebhook, WebhookSecret};
use api::{ApiLimits, AppState, Doors, MetricsAccess, OperatorToken, StateParts, onboarding};
use ledger::{
    documents::{Issuer, Party, Stationery},
    proof::CheckpointKey,
    recorded::Actor,
    store::{
        Ledger, Limits, MasterKey, StoreConfig,
        notary::Signers,
        tenants::{KeyRequest, Role, mint_key},
    },
    values::{CycleRule, OrgId},
};
use projections::engine::{Engine, EngineOptions};
use reqwest::{Method, StatusCode, header::HeaderMap};
use schema::testing::{Role as DatabaseRole, TestDatabase, database};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::jobs::NotedJobs;

/// The operator's token in tests; no secret.
pub(crate) const OPERATOR: &str = "operator-token-of-a-test-and-of-nothing-else";
/// The metrics token in tests; no secret.
pub(crate) const METRICS: &str = "metrics-token-of-a-test-and-of-nothing-else";
/// Stripe's webhook secret in tests; no secret.
pub(crate) const WEBHOOK: &str = "whsec_of_a_test_and_of_nothing_else";

/// A running service.
pub(crate) struct World {
    pub(crate) base: String,
    pub(crate) ledger: Ledger,
    pub(crate) jobs: Arc<NotedJobs>,
    http: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    database: TestDatabase,
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
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn position(&self) -> i64 {
        self.header("daybook-position").parse().unwrap()
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub(crate) fn ok(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }

    /// A problem with this status and code.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{}", self.text);
        assert_eq!(problem["status"], status);
        problem
    }
}

/// A request under way.
pub(crate) struct Ask<'a> {
    builder: reqwest::RequestBuilder,
    _world: &'a World,
}

impl Ask<'_> {
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.builder = self.builder.header(name, value.as_ref());
        self
    }

    pub(crate) fn json(mut self, body: Value) -> Self {
        self.builder = self.builder.json(&body);
        self
    }

    pub(crate) fn body(mut self, body: impl Into<reqwest::Body>) -> Self {
        self.builder = self.builder.body(body);
        self
    }

    pub(crate) fn keyed(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) async fn send(self) -> Answer {
        let response = self.builder.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) async fn stream(self) -> reqwest::Response {
        self.builder.send().await.unwrap()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A world with other bounds.
    pub(crate) async fn with(change: impl FnOnce(&mut ApiLimits)) -> Self {
        Self::behind(Doors::default(), change).await
    }

    /// A world that not everybody may enter.
    pub(crate) async fn behind(doors: Doors, change: impl FnOnce(&mut ApiLimits)) -> Self {
        let database = database().await;
        let ledger = Ledger::open(StoreConfig {
            app: database.config(DatabaseRole::App),
            writer: database.config(DatabaseRole::Writer),
            relay: database.config(DatabaseRole::Relay),
            master_key: MasterKey::from_bytes([7; 32]),
            limits: Limits { app_connections: 8, ..Limits::default() },
        });
        let ledger = ledger.await.unwrap();
        let engine = Arc::new(Engine::start(ledger.clone(), EngineOptions::default()));
        let mut limits =
            ApiLimits { requests_per_minute: 1_000_000, workers: 1, ..ApiLimits::default() };
        limits.wait = Duration::from_secs(20);
        change(&mut limits);
        let jobs = Arc::new(NotedJobs::default());
        let state = Data::new(AppState::new(StateParts {
            ledger: ledger.clone(),
            engine,
            stripe: Some(Arc::new(StripeWebhook::new(vec![WebhookSecret::new(WEBHOOK)]))),
            statements: vec![Arc::new(StripeStatement)],
            stationery: Stationery {
                issuer: Issuer {
                    party: Party { name: "Daybook".to_owned(), address: Vec::new() },
                    contact: None,
                },
                press: Arc::new(PdfPress),
            },
            verifiers: signers().known(),
            operator: Some(OperatorToken::new(OPERATOR)),
            metrics: MetricsAccess::Token(OperatorToken::new(METRICS)),
            jobs: jobs.clone(),
            doors,
            ready: Arc::new(|| Box::pin(async { Vec::new() })),
            limits,
        }));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(async move {
            let shutdown = async { drop(stopped.await) };
            api::serve(state, listener, |_| {}, shutdown).await.unwrap();
        });
        // A test sees what the service answers, not where that leads.
        let still = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().no_proxy().redirect(still).build().unwrap();
        Self { base, ledger, jobs, http, stop: Some(stop), database }
    }

    /// Does to the database what nobody may.
    pub(crate) async fn damage(&self, sql: &str) {
        let owner = self.database.connect(DatabaseRole::Owner).await;
        owner.batch_execute(sql).await.unwrap();
    }

    /// Tells the service to stop.
    pub(crate) fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// A new org in dollars, cycles from the first of the month in UTC.
    pub(crate) async fn tenant(&self) -> Tenant {
        let cycle = CycleRule::new(1, "UTC".parse().unwrap()).unwrap();
        let mut new = onboarding::NewOrg::usual(
            "A Practice".to_owned(),
            "USD".parse().unwrap(),
            cycle,
            "standard".parse().unwrap(),
        );
        new.setup_fee = Some(ledger::values::Money::parse("99.00", new.currency).unwrap());
        let opened_at = time::macros::datetime!(2025-01-01 00:00 UTC);
        new.opened_at = Some(opened_at);
        let (org, actor) = (onboarding::draw_org(), Actor("test".to_owned()));
        let made = onboarding::create_org(&self.ledger, org, actor, new).await.unwrap();
        let mut keys = vec![(Role::Owner, made.owner_key.text)];
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
            let request = KeyRequest {
                role,
                label: role.to_string(),
                expires_at: None,
                rate_limit_per_minute: None,
            };
            keys.push((role, mint_key(&self.ledger, org, request).await.unwrap().text));
        }
        Tenant { org, keys }
    }

    /// A request without a credential.
    pub(crate) fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("{}{path}", self.base);
        Ask { builder: self.http.request(method, url), _world: self }
    }

    pub(crate) fn as_role(&self, tenant: &Tenant, role: Role, method: &str, path: &str) -> Ask<'_> {
        self.ask(method, path).header("authorization", format!("Bearer {}", tenant.key(role)))
    }

    /// As finance.
    pub(crate) fn get(&self, tenant: &Tenant, path: &str) -> Ask<'_> {
        self.as_role(tenant, Role::Finance, "GET", path)
    }

    /// As finance, with an idempotency key of its own.
    pub(crate) fn post(&self, tenant: &Tenant, path: &str, body: Value) -> Ask<'_> {
        let key = unknown();
        self.as_role(tenant, Role::Finance, "POST", path).keyed(&key).json(body)
    }

    /// A one-off charge, issued: its invoice's id.
    pub(crate) async fn issued(&self, tenant: &Tenant, amount: &str) -> String {
        let id = self.draft(tenant, amount).await;
        let path = format!("/v1/billing/invoices/{id}/issue");
        self.post(tenant, &path, json!({})).send().await.ok(200);
        id
    }

    /// A one-off charge, still a draft: its invoice's id.
    pub(crate) async fn draft(&self, tenant: &Tenant, amount: &str) -> String {
        let body = json!({"amount": amount});
        let charged = self.post(tenant, "/v1/billing/charges/one-off", body).send().await.ok(201);
        charged["invoice_id"].as_str().unwrap().to_owned()
    }

    /// Pays on an invoice: the payment's id.
    pub(crate) async fn paid(&self, tenant: &Tenant, invoice: &str, amount: &str) -> String {
        let path = format!("/v1/billing/invoices/{invoice}/payments");
        let paid = self.post(tenant, &path, json!({"amount": amount})).send().await.ok(201);
        paid["payment_id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn invoice(&self, tenant: &Tenant, id: &str) -> Value {
        let head = self.ledger.head(tenant.org).await.unwrap().unwrap();
        self.get(tenant, &format!("/v1/billing/invoices/{id}"))
            .header("daybook-min-position", head.to_string())
            .send()
            .await
            .ok(200)
    }
}

/// Who signs checkpoints in tests; no secret.
pub(crate) fn signers() -> Signers {
    let key = CheckpointKey::from_seed("ledger.example.org", &[3; 32]).unwrap();
    Signers { key, retired: Vec::new() }
}

/// An id that nobody has.
#[expect(clippy::disallowed_methods, reason = "tests draw ids that nobody has")]
pub(crate) fn unknown() -> String {
    uuid::Uuid::now_v7().to_string()
}
