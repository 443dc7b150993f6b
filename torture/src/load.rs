//! Clients of several orgs who bill, collect and ask, and come back when they are put off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::dice::Dice;
use crate::http::{Answer, Client, Request};
use crate::notes::{Command, Heard, Notes};
use crate::service::Door;
use crate::tenants::Tenant;

/// How long the world may take to promise something again after a fault.
const PATIENCE: Duration = Duration::from_secs(90);

/// Whom clients ask, for whom, and where they note it.
#[derive(Debug, Clone)]
pub struct Clients {
    /// Nodes; each request goes to any of them that is there.
    pub doors: Vec<Door>,
    /// Orgs.
    pub tenants: Vec<Tenant>,
    /// What is heard.
    pub notes: Notes,
}

/// Clients at work.
#[derive(Debug)]
pub struct Load {
    notes: Notes,
    stop: Arc<AtomicBool>,
    gate: Arc<RwLock<()>>,
    workers: JoinSet<()>,
}

impl Load {
    /// So many clients begin, each of whom takes about so many milliseconds between commands.
    pub fn start(clients: &Clients, dice: &mut Dice, workers: usize, pace: u64) -> Self {
        let (stop, gate) = (Arc::new(AtomicBool::new(false)), Arc::new(RwLock::new(())));
        // No key is used by two loads of a run.
        let run = dice.between(0, u64::MAX);
        let count = Arc::new(AtomicU64::new(0));
        let mut set = JoinSet::new();
        for _ in 0..workers {
            let worker = Worker {
                client: Client::default(),
                clients: clients.clone(),
                count: Arc::clone(&count),
                dice: dice.split(),
                gate: Arc::clone(&gate),
                pace,
                run,
                stop: Arc::clone(&stop),
            };
            set.spawn(worker.work());
        }
        Self { notes: clients.notes.clone(), stop, gate, workers: set }
    }

    /// Waits until nobody has a question open; they go on when the guard is dropped.
    pub async fn quiet(&self) -> OwnedRwLockWriteGuard<()> {
        Arc::clone(&self.gate).write_owned().await
    }

    /// Waits until so many more promises were heard.
    ///
    /// # Errors
    /// When they are not: everything stands still.
    pub async fn hear(&self, more: usize) -> anyhow::Result<()> {
        let wanted = self.notes.acknowledged() + more;
        let deadline = Instant::now() + PATIENCE;
        while self.notes.acknowledged() < wanted {
            let heard = self.notes.acknowledged();
            let stalled = || format!("a stall: {heard} promises in {PATIENCE:?}, not {wanted}");
            (Instant::now() < deadline).then_some(()).with_context(stalled)?;
            sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// Lets them work.
    pub async fn for_a_while(&self, lasts: Duration) {
        sleep(lasts).await;
    }

    /// Everybody goes home.
    pub async fn stop(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        while self.workers.join_next().await.is_some() {}
    }
}

struct Worker {
    client: Client,
    clients: Clients,
    count: Arc<AtomicU64>,
    dice: Dice,
    gate: Arc<RwLock<()>>,
    pace: u64,
    run: u64,
    stop: Arc<AtomicBool>,
}

impl Worker {
    async fn work(mut self) {
        while !self.stop.load(Ordering::Relaxed) {
            let tenant = self.dice.index(self.clients.tenants.len());
            let Some(tenant) = self.clients.tenants.get(tenant).cloned() else { return };
            // What broke off stays noted as open.
            let _ended = match self.dice.between(0, 100) {
                0..50 => self.collect(&tenant).await,
                50..60 => self.collect_in_vain(&tenant).await,
                60..90 => self.activate(&tenant).await,
                _ => self.ask_a_patient(&tenant).await,
            };
        }
    }

    /// A charge, issued and paid, and looked at.
    async fn collect(&mut self, tenant: &Tenant) -> Option<()> {
        let cents = i64::try_from(self.dice.between(100, 99_999)).ok()?;
        let invoice = self.issued(tenant, cents).await?;
        let body = json!({"amount": amount(cents), "method": "check"});
        let paid = self.give(tenant, format!("{invoice}/payments"), body).await?;
        if self.dice.percent(50) {
            self.look(tenant, &invoice, paid.position?, cents).await;
        }
        Some(())
    }

    /// The same, but the payment fails, perhaps twice: the org is told once.
    async fn collect_in_vain(&mut self, tenant: &Tenant) -> Option<()> {
        let cents = i64::try_from(self.dice.between(100, 99_999)).ok()?;
        let invoice = self.issued(tenant, cents).await?;
        for _ in 0..=self.dice.between(0, 2) {
            let body = json!({"amount": amount(cents), "method": "card", "status": "failed"});
            self.give(tenant, format!("{invoice}/payments"), body).await?;
        }
        Some(())
    }

    async fn issued(&mut self, tenant: &Tenant, cents: i64) -> Option<String> {
        let body = json!({"amount": amount(cents)});
        let made = self.give(tenant, "/v1/billing/charges/one-off".to_owned(), body).await?;
        let invoice = format!("/v1/billing/invoices/{}", made.body["invoice_id"].as_str()?);
        self.give(tenant, format!("{invoice}/issue"), json!({})).await?;
        Some(invoice)
    }

    /// A patient of this cycle, whom a policy puts on the month's invoice.
    async fn activate(&mut self, tenant: &Tenant) -> Option<()> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let path = format!("/v1/billing/patients/p{:x}-{number}/activate", self.run);
        self.give(tenant, path, json!({"name": "Somebody"})).await.map(|_| ())
    }

    /// A statement, which policies send.
    async fn ask_a_patient(&mut self, tenant: &Tenant) -> Option<()> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let patient = format!("s{:x}-{number}", self.run);
        let body = json!({"patient_id": patient,
            "charges": [{"description": "Transport", "amount": "45.00"}],
            "contacts": {"email": format!("{patient}@patient.example")}});
        let path = "/v1/founder-billing/statements/generate".to_owned();
        self.give(tenant, path, body).await.map(|_| ())
    }

    /// Gives a command, mostly until it is answered; whoever gives up leaves it open.
    async fn give(&mut self, tenant: &Tenant, path: String, body: Value) -> Option<Answer> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let key = format!("{:x}-{number}", self.run);
        let command = Command { tenant: tenant.clone(), method: "POST", path, body, key };
        let wait = self.dice.percent(15);
        sleep(Duration::from_millis(self.dice.between(0, 2 * self.pace + 1))).await;
        loop {
            match self.ask(&command.request(wait), Some(&command)).await? {
                Heard::Done(answer) => return Some(answer),
                Heard::Wrong(_) => return None,
                Heard::Later(_) | Heard::Lost if self.dice.percent(15) => return None,
                Heard::Later(_) | Heard::Lost => {
                    let pause = self.dice.between(20, 200);
                    sleep(Duration::from_millis(pause)).await;
                }
            }
        }
    }

    /// What was paid is seen as paid by whoever names the position, on any node.
    async fn look(&mut self, tenant: &Tenant, invoice: &str, position: i64, cents: i64) {
        let id = invoice.rsplit('/').next().unwrap_or_default();
        let request = Request {
            method: "GET",
            path: format!("/v1/billing/payment-status/{id}"),
            bearer: tenant.secret.clone(),
            headers: vec![("daybook-min-position", position.to_string())],
            body: None,
        };
        self.ask(&request, None).await.into_iter().for_each(|heard| {
            if let Heard::Done(answer) = heard
                && (answer.position < Some(position) || answer.body["amount_paid_cents"] != cents)
            {
                let body = &answer.body;
                let what = format!("a stale answer: {id} at {position}: {cents} paid, {body}");
                self.clients.notes.open().wrong.push(what);
            }
        });
    }

    /// One question to any node; nothing when everybody goes home.
    async fn ask(&mut self, request: &Request, command: Option<&Command>) -> Option<Heard> {
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            let here: Vec<_> = self.clients.doors.iter().filter_map(Door::address).collect();
            let Some(to) = here.get(self.dice.index(here.len())) else {
                sleep(Duration::from_millis(20)).await;
                continue;
            };
            let gate = Arc::clone(&self.gate);
            let _open = gate.read().await;
            if let Some(command) = command {
                // Noted before it is sent: whatever becomes of us, it may have happened.
                self.clients.notes.open().open.insert(command.id(), command.clone());
                let answered = self.client.ask(*to, request).await;
                return Some(self.clients.notes.hear(command, answered));
            }
            let answered = self.client.ask(*to, request).await;
            return Some(read(&self.clients.notes, request, answered));
        }
    }
}

/// A read is answered, or put off with a reason.
pub(crate) fn read(notes: &Notes, request: &Request, answered: anyhow::Result<Answer>) -> Heard {
    let mut noted = notes.open();
    let Ok(answer) = answered else {
        noted.lost += 1;
        return Heard::Lost;
    };
    match answer.status {
        200 => {
            noted.reads += 1;
            Heard::Done(answer)
        }
        429 | 503 if answer.retry_after => {
            let what = format!("{} {}", answer.status, answer.code());
            *noted.put_off.entry(what).or_default() += 1;
            Heard::Later(answer)
        }
        status => {
            let what = format!("GET {}: {status} {}", request.path, answer.body);
            noted.wrong.push(what.clone());
            Heard::Wrong(what)
        }
    }
}

/// Minor units as the API writes money.
pub(crate) fn amount(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
