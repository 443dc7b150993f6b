//! Says the orders to the service and to the model.

use std::collections::BTreeMap;

use ledger::{store::tenants::Role, values::CycleKey};
use serde_json::{Value, json};

use super::{
    Manner, Order, Step, accounts, authorizations, claims, closing, invoices, look,
    requests::{Request, request},
    state::{Expected, Given, State, Subject, refused},
    statements,
};
use crate::support::{Answer, Tenant, World, unknown};

/// So many of a kind are enough for a history; claims share one authorization.
const fn enough(order: Order) -> usize {
    match order {
        Order::Authorization(_) => 1,
        Order::Claim(_) => 3,
        Order::Account(_) | Order::Invoice(_) | Order::Statement(_) => 2,
    }
}

/// A history under way.
pub(crate) struct Drive<'a> {
    pub(crate) world: &'a World,
    pub(crate) tenant: Tenant,
    pub(crate) state: State,
    /// What was true at a position, for questions about the past.
    pub(crate) past: Vec<(i64, State)>,
    /// As it was looked at last, with the version that it had.
    pub(crate) looked: BTreeMap<String, (Subject, i64)>,
}

/// Runs one history in an org of its own; another one sees nothing of it.
pub(crate) async fn history(world: &World, other: &Tenant, steps: Vec<Step>) {
    let tenant = world.tenant().await;
    let ask = world.as_role(&tenant, Role::Owner, "PUT", "/v1/founder-billing/config");
    let threshold = statements::THRESHOLD / 100;
    let settings = json!({"enabled": true, "ai_autonomous_approval_threshold": threshold});
    ask.json(settings).send().await.ok(200);
    let state = State::new(tenant.org, this_month(world));
    let (past, looked) = (Vec::new(), BTreeMap::new());
    let mut drive = Drive { world, tenant, state, past, looked };
    for step in &steps {
        drive.state.month = this_month(world);
        let many = drive.state.many(step.order);
        // What happens to few things happens to them often.
        if many >= enough(step.order) && makes(step.order) {
            continue;
        }
        // Now and then it is about nothing that there is.
        let place = step.which.index(many * 6 + 1) / 6;
        let given = Given { order: step.order, place: (place < many).then_some(place) };
        drive.step(step, given).await;
        look::after(&mut drive, given, step).await;
    }
    closing::at_everything(&drive, other).await;
}

fn this_month(world: &World) -> CycleKey {
    let now = world.ledger.clock().now();
    CycleKey { year: now.year().try_into().unwrap(), month: u8::from(now.month()) }
}

impl Drive<'_> {
    async fn step(&mut self, step: &Step, given: Given) {
        if let (Order::Claim(claims::Verb::Settle(_)), Some(place)) = (step.order, given.place) {
            self.state.asks = look::statement_of(self, &self.state.claims[place].id).await;
        }
        let Some(request) = request(&self.state, given) else { return };
        let expected = self.state.clone().tell(given, "unseen");
        let key = unknown();
        // Nothing but a payment to a void invoice goes elsewhere.
        let known = self.state.subject(given).filter(|_| has_version(step.order));
        let known = known.filter(|_| expected.status != 202);
        match step.manner {
            Manner::Dry => {
                let answer = self.say(&request, &key, None, true).await;
                let seen = if expected.code.is_none() { 200 } else { expected.status };
                return check(&answer, Expected { status: seen, ..expected }, step);
            }
            Manner::Stale if known.is_some() => {
                let answer = self.say(&request, &key, Some("\"0\""), false).await;
                return check(&answer, STALE, step);
            }
            Manner::Plainly | Manner::Twice | Manner::KeyReused | Manner::Fresh | Manner::Stale => {
            }
        }
        let version = match known.filter(|_| step.manner == Manner::Fresh) {
            Some(subject) => {
                Some(look::shown(self, &subject, None).await.header("etag").to_owned())
            }
            None => None,
        };
        let answer = self.say(&request, &key, version.as_deref(), false).await;
        check(&answer, expected, step);
        if expected.code.is_none() {
            let said = answer.json();
            let before = self.state.account.billed();
            self.state.tell(given, &new_id(step.order, &said));
            let charged = self.state.account.billed() - before;
            assert_eq!(
                usize::from(said["charge"]["cycle"].is_string()),
                charged,
                "{step:?} {said}"
            );
        }
        match step.manner {
            Manner::Twice => self.again(&request, &key, (expected, &answer), step).await,
            Manner::KeyReused if expected.code.is_none() && expected.status != 200 => {
                self.otherwise(request, &key, step).await;
            }
            _ => {}
        }
    }

    /// The same by the same key is done once, and answered alike.
    async fn again(
        &self,
        request: &Request,
        key: &str,
        (expected, first): (Expected, &Answer),
        step: &Step,
    ) {
        let again = self.say(request, key, None, false).await;
        check(&again, expected, step);
        if expected.code.is_some() {
            return;
        }
        assert_eq!(again.position(), first.position(), "{step:?}");
        let (first, again) = (first.json(), again.json());
        for id in [
            "id",
            "invoice_id",
            "payment_id",
            "claim_id",
            "write_off_id",
            "auth_id",
            "appeal_id",
            "dispute_id",
            "plan_id",
        ] {
            assert_eq!(again[id], first[id], "{step:?}");
        }
    }

    /// Something else by the same key is refused.
    async fn otherwise(&self, mut request: Request, key: &str, step: &Step) {
        for field in ["amount", "paid", "patient_id", "units"] {
            if !request.body[field].is_null() {
                request.body[field] = json!("77");
                let answer = self.say(&request, key, None, false).await;
                return check(&answer, refused(422, "idempotency_key_reused"), step);
            }
        }
    }

    async fn say(
        &self,
        Request { role, path, body }: &Request,
        key: &str,
        version: Option<&str>,
        dry: bool,
    ) -> Answer {
        let joint = if path.contains('?') { '&' } else { '?' };
        let path = if dry { format!("{path}{joint}dry_run=true") } else { path.clone() };
        let method = if body.is_null() { "DELETE" } else { "POST" };
        let mut ask = self.world.as_role(&self.tenant, *role, method, &path).keyed(key);
        if !body.is_null() {
            ask = ask.json(body.clone());
        }
        if let Some(version) = version {
            ask = ask.header("if-match", version);
        }
        ask.send().await
    }
}

/// Whether an order makes something new.
const fn makes(order: Order) -> bool {
    matches!(
        order,
        Order::Authorization(authorizations::Verb::Request(_))
            | Order::Claim(claims::Verb::Draft { .. })
            | Order::Invoice(invoices::Verb::Draft(_))
            | Order::Statement(statements::Verb::Generate(..))
    )
}

/// Whether an order is bound to the version of what it is about.
const fn has_version(order: Order) -> bool {
    let elsewhere = matches!(
        order,
        Order::Account(accounts::Verb::Pause(_) | accounts::Verb::Resume)
            | Order::Claim(
                claims::Verb::Answer(_) | claims::Verb::TakeBack(_) | claims::Verb::Settle(_)
            )
    );
    !elsewhere && !makes(order)
}

/// What an answer tells of a new id.
fn new_id(order: Order, said: &Value) -> String {
    let name = match order {
        Order::Account(_) => return String::new(),
        Order::Authorization(_) => "auth_id",
        Order::Claim(claims::Verb::GiveUp { .. }) => "write_off_id",
        Order::Claim(claims::Verb::Appeal) => "appeal_id",
        Order::Claim(_) => "claim_id",
        Order::Invoice(invoices::Verb::Draft(_)) => "invoice_id",
        Order::Invoice(invoices::Verb::Dispute(..)) => "dispute_id",
        Order::Statement(statements::Verb::Generate(..)) => "id",
        Order::Statement(statements::Verb::Offer(_)) => "plan_id",
        Order::Invoice(_) | Order::Statement(_) => "payment_id",
    };
    said[name].as_str().unwrap_or_default().to_owned()
}

const STALE: Expected = refused(412, "version_mismatch");

#[track_caller]
fn check(answer: &Answer, expected: Expected, step: &Step) {
    assert_eq!(answer.status.as_u16(), expected.status, "{step:?} {}", answer.text);
    if let Some(code) = expected.code {
        assert_eq!(answer.json()["code"], code, "{step:?}");
    } else if expected.status < 300 && answer.header("daybook-dry-run").is_empty() {
        assert_eq!(answer.header("daybook-settled"), "true", "{step:?}");
    }
}
