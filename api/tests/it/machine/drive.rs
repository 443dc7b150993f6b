//! Says the orders to the service and to the model.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use super::{
    Manner, Step, Verb,
    look::{self, Seen},
    model::{self, Expected, Invoice},
};
use crate::support::{Answer, Tenant, World, unknown};

/// A history under way.
pub(crate) struct Drive<'a> {
    pub(crate) world: &'a World,
    pub(crate) tenant: Tenant,
    pub(crate) invoices: Vec<Invoice>,
    /// Money that fits no invoice.
    pub(crate) held: i64,
    /// Money that came, and money that went back.
    pub(crate) received: i64,
    /// What was true at a position, for questions about the past.
    pub(crate) past: Vec<Seen>,
}

/// Runs one history in an org of its own.
pub(crate) async fn history(world: &World, steps: Vec<Step>) {
    let tenant = world.tenant().await;
    let (invoices, past) = (Vec::new(), Vec::new());
    let mut drive = Drive { world, tenant, invoices, held: 0, received: 0, past };
    for step in steps {
        drive.step(&step).await;
        look::at_invoices(&mut drive, step.which, step.back).await;
    }
    look::at_everything(&drive).await;
}

pub(crate) fn money(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}

impl Drive<'_> {
    async fn step(&mut self, step: &Step) {
        // One in so many is about an invoice that is not there.
        let which = step.which.index(self.invoices.len() + 1);
        let known = self.invoices.get(which).cloned();
        let id = known.as_ref().map_or_else(unknown, |invoice| invoice.id.clone());
        let (path, body) = self.request(step.verb, &id, known.as_ref());
        let expected = match &known {
            Some(invoice) => invoice.clone().tell(step.verb, "unseen"),
            None => model::of_nothing(step.verb),
        };
        let key = unknown();
        match step.manner {
            Manner::Dry => {
                let answer = self.say(&format!("{path}?dry_run=true"), &body, &key, None).await;
                let seen = if expected.code.is_none() { 200 } else { expected.status };
                check(&answer, Expected { status: seen, ..expected }, step);
                return;
            }
            Manner::Stale if known.is_some() && !matches!(step.verb, Verb::Draft(_)) => {
                // Nothing but a payment to a void invoice goes elsewhere.
                if expected.status != 202 {
                    let answer = self.say(&path, &body, &key, Some("\"0\"")).await;
                    check(&answer, STALE, step);
                }
                return;
            }
            Manner::Plainly | Manner::Twice | Manner::KeyReused | Manner::Fresh | Manner::Stale => {
            }
        }
        let version = match (step.manner, &known) {
            (Manner::Fresh, Some(_)) if expected.status != 202 => Some(self.version(&id).await),
            _ => None,
        };
        let version = version.filter(|_| !matches!(step.verb, Verb::Draft(_)));
        let answer = self.say(&path, &body, &key, version.as_deref()).await;
        check(&answer, expected, step);
        self.learn(step.verb, which, &answer);
        if matches!(step.manner, Manner::Twice) {
            let again = self.say(&path, &body, &key, None).await;
            check(&again, expected, step);
            if expected.code.is_none() {
                let new = |answer: &Answer| answer.json()["payment_id"].clone();
                assert_eq!(new(&again), new(&answer), "{step:?}");
            }
        }
        let appended = expected.code.is_none() && expected.status != 200;
        if matches!(step.manner, Manner::KeyReused) && appended {
            let other = json!({"amount": "77.77", "reason_code": "something_else"});
            let answer = self.say(&path, &other, &key, None).await;
            assert_eq!(answer.status.as_u16(), 422, "{step:?} {}", answer.text);
        }
    }

    fn request(&self, verb: Verb, id: &str, known: Option<&Invoice>) -> (String, Value) {
        let at = |rest: &str| format!("/v1/billing/invoices/{id}/{rest}");
        let reason = json!({"reason_code": "machine"});
        match verb {
            Verb::Draft(minor) => {
                ("/v1/billing/charges/one-off".to_owned(), json!({"amount": money(minor)}))
            }
            Verb::Line(minor) => (at("lines"), json!({"amount": money(minor)})),
            Verb::Issue => (at("issue"), json!({})),
            Verb::Pay(minor) => (at("payments"), json!({"amount": money(minor)})),
            Verb::Refund(which, minor) => {
                let payments = known.map_or(&[][..], |invoice| &invoice.payments);
                let payment = match payments.is_empty() {
                    true => unknown(),
                    false => which.get(payments).id.clone(),
                };
                let amount = money(minor);
                let body =
                    json!({"payment_id": payment, "amount": amount, "reason_code": "machine"});
                (at("refunds"), body)
            }
            Verb::Note(minor) => {
                let mut body = reason;
                if let Some(minor) = minor {
                    body["amount"] = json!(money(minor));
                }
                (at("credit-notes"), body)
            }
            Verb::WriteOff => (at("write-off"), reason),
            Verb::Unwrite => (at("write-off/reverse"), reason),
            Verb::Cancel => (at("cancel"), reason),
        }
    }

    async fn say(&self, path: &str, body: &Value, key: &str, version: Option<&str>) -> Answer {
        let ask = self.world.as_role(&self.tenant, Role::Finance, "POST", path);
        let mut ask = ask.keyed(key).json(body.clone());
        if let Some(version) = version {
            ask = ask.header("if-match", version);
        }
        ask.send().await
    }

    async fn version(&self, id: &str) -> String {
        let shown = self.world.invoice(&self.tenant, id).await;
        format!("\"{}\"", shown["version"])
    }

    /// What the answer tells of new ids, and what the order came to.
    fn learn(&mut self, verb: Verb, which: usize, answer: &Answer) {
        if !answer.status.is_success() {
            return;
        }
        let said = answer.json();
        if let Verb::Draft(minor) = verb {
            let id = said["invoice_id"].as_str().unwrap().to_owned();
            self.invoices.push(Invoice::draft(id, minor));
            return;
        }
        let new = said["payment_id"].as_str().unwrap_or_default();
        if let Some(invoice) = self.invoices.get_mut(which) {
            invoice.tell(verb, new);
        }
        match verb {
            Verb::Pay(minor) => {
                self.received += minor;
                if answer.status.as_u16() == 202 {
                    self.held += minor;
                }
            }
            Verb::Refund(_, minor) => self.received -= minor,
            Verb::Draft(_)
            | Verb::Line(_)
            | Verb::Issue
            | Verb::Note(_)
            | Verb::WriteOff
            | Verb::Unwrite
            | Verb::Cancel => {}
        }
    }
}

const STALE: Expected = Expected { status: 412, code: Some("version_mismatch") };

#[track_caller]
fn check(answer: &Answer, expected: Expected, step: &Step) {
    assert_eq!(answer.status.as_u16(), expected.status, "{step:?} {}", answer.text);
    if let Some(code) = expected.code {
        assert_eq!(answer.json()["code"], code, "{step:?}");
    }
}
