//! How an order is said over HTTP.

use ledger::store::tenants::Role;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::{
    Order, accounts, authorizations, claims, invoices,
    state::{Given, State, Subject},
    statements,
};
use crate::{
    claims::{asked, submission},
    support::unknown,
};

/// A request, but for its key.
pub(crate) struct Request {
    pub(crate) role: Role,
    pub(crate) path: String,
    pub(crate) body: Value,
}

pub(crate) fn money(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}

/// Where a thing is shown.
pub(crate) fn shown_at(subject: &Subject) -> String {
    match subject {
        Subject::Authorization(one) => format!("/v1/billing/prior-auth/{}", one.id),
        Subject::Claim(claim) => format!("/v1/billing/claims/{}", claim.id),
        Subject::Invoice(invoice) => format!("/v1/billing/invoices/{}", invoice.id),
        Subject::Patient(patient) => format!("/v1/billing/patients/p-{}", patient.number),
        Subject::Statement(one) => format!("/v1/founder-billing/statements/{}", one.id),
    }
}

/// The request for an order; none where there is nothing to say.
pub(crate) fn request(state: &State, given: Given) -> Option<Request> {
    let (path, body) = match given.order {
        Order::Account(verb) => account(verb),
        Order::Authorization(verb) => {
            let known = given.place.map(|place| state.authorizations[place].id.clone());
            authorization(verb, &known.unwrap_or_else(unknown))
        }
        Order::Claim(verb) => claim(state, verb, given.place)?,
        Order::Invoice(verb) => invoice(state, verb, given.place),
        Order::Statement(verb) => statement(state, verb, given.place),
    };
    let is_the_founders = path.starts_with("/v1/founder-billing");
    let role = if is_the_founders { Role::Owner } else { Role::Finance };
    Some(Request { role, path, body })
}

fn account(verb: accounts::Verb) -> (String, Value) {
    use accounts::Verb;
    match verb {
        Verb::Pause(reason) => ("/v1/billing/pause".to_owned(), json!({"reason_code": reason})),
        Verb::Resume => ("/v1/billing/resume".to_owned(), json!({})),
        Verb::Activate(number) => (format!("/v1/billing/patients/p-{number}/activate"), json!({})),
        Verb::Leave(number) => (format!("/v1/billing/patients/p-{number}/deactivate"), json!({})),
    }
}

fn authorization(verb: authorizations::Verb, id: &str) -> (String, Value) {
    use authorizations::Verb;
    let at = |rest: &str| format!("/v1/billing/prior-auth/{id}{rest}");
    match verb {
        Verb::Request(units) => {
            let body = json!({"patient_id": "patient-4711", "payer_id": "60054", "units": units,
                "procedure": "99213", "starts_on": "2026-03-01", "ends_on": "2026-03-31"});
            ("/v1/billing/prior-auth/request".to_owned(), body)
        }
        Verb::Pend => (at("/pend"), json!({})),
        Verb::Approve(units) => (at("/approve"), json!({"reference": "AUTH-1", "units": units})),
        Verb::Deny => (at("/deny"), json!({"reason_code": "0B"})),
        Verb::MarkUsed => (at("?reason=used"), Value::Null),
    }
}

fn claim(state: &State, verb: claims::Verb, place: Option<usize>) -> Option<(String, Value)> {
    use claims::Verb;
    let known = place.map(|place| &state.claims[place]);
    let id = known.map_or_else(unknown, |claim| claim.id.clone());
    let at = |rest: &str| format!("/v1/billing/claims/{id}/{rest}");
    let reason = json!({"reason_code": "machine"});
    Some(match verb {
        Verb::Draft { charge, units, by } => {
            let mut body = asked(&format!("C-{}", state.claims.len()));
            let line = &mut body["lines"][0];
            (line["charge"], line["units"]) = (json!(money(charge)), json!(units));
            let many = state.authorizations.len();
            if let Some(by) = by.filter(|_| many > 0) {
                line["prior_auth_id"] = json!(state.authorizations[by.index(many)].id);
            }
            ("/v1/billing/claims".to_owned(), body)
        }
        Verb::Submit { anew } => {
            let sent = known.map_or(0, |claim| claim.submissions);
            (at("submit"), submission(if anew { sent + 1 } else { sent.max(1) }))
        }
        Verb::Acknowledge { taken } => {
            let code = if taken { "A2" } else { "A7" };
            (at("acknowledgements"), json!({"kind": "277CA", "code": code}))
        }
        Verb::Answer(said) => {
            let answer = claims::parts(known?.drafted, said);
            (REMITTANCES.to_owned(), remittance(known?, place?, answer, 1))
        }
        Verb::TakeBack(which) => {
            let answer = *known?.standing_answer(which)?;
            (REMITTANCES.to_owned(), remittance(known?, place?, answer, -1))
        }
        Verb::GiveUp { minor, patients } => {
            let kind = if patients { "charity_care" } else { "payer_reduction" };
            let amount = money(minor);
            (at("write-off"), json!({"amount": amount, "kind": kind, "reason_code": "machine"}))
        }
        Verb::Regain(which) => {
            let known = known.filter(|claim| !claim.given_up.is_empty());
            let id = known.map_or_else(unknown, |claim| which.get(&claim.given_up).id.clone());
            (at(&format!("write-off/{id}/reverse")), reason)
        }
        Verb::Appeal => (at("appeal"), reason),
        Verb::Decide(which, outcome) => {
            let known = known.filter(|claim| !claim.appeals.is_empty());
            let id = known.map_or_else(unknown, |claim| which.get(&claim.appeals).clone());
            (at(&format!("appeal/{id}/decide")), json!({"outcome": outcome}))
        }
        Verb::Void => (at("void"), reason),
        Verb::Close => (at("close"), json!({})),
        Verb::Settle(minor) => {
            let (statement, _) = known.and(state.asks.as_ref())?;
            let path = format!("/v1/founder-billing/statements/{statement}/payments");
            (path, json!({"amount": money(minor)}))
        }
    })
}

const REMITTANCES: &str = "/v1/billing/remittances";

/// An answer, or the mirror of it.
fn remittance(claim: &claims::Claim, place: usize, answer: claims::Answer, sign: i64) -> Value {
    let mut adjustments = Vec::new();
    let mut cut = |group: &str, reason: &str, minor: i64| {
        if minor != 0 {
            let amount = money(sign * minor);
            adjustments.push(json!({"group": group, "reason": reason, "amount": amount}));
        }
    };
    if answer.denied {
        cut("CO", "29", claim.drafted);
    }
    cut("CO", "45", answer.contractual);
    cut("PR", "3", answer.share);
    let status = match (sign < 0, answer.denied) {
        (true, _) => "reversal",
        (false, true) => "denied",
        (false, false) => "primary",
    };
    let trace = unknown();
    let mut body = json!({
        "payer_id": "60054", "trace": trace, "paid": money(answer.paid), "paid_on": "2026-03-20",
        "claims": [{
            "account": format!("C-{place}"), "status": status,
            "charge": money(sign * claim.drafted), "paid": money(sign * answer.paid),
            "adjustments": adjustments,
        }],
    });
    if sign < 0 || answer.paid == 0 {
        (body["method"], body["paid"]) = (json!("NON"), json!("0"));
    }
    if sign < 0 && answer.paid > 0 {
        let owed = json!({"code": "FB", "reference": trace, "amount": money(-answer.paid)});
        body["provider_adjustments"] = json!([owed]);
    }
    body
}

fn invoice(state: &State, verb: invoices::Verb, place: Option<usize>) -> (String, Value) {
    use invoices::Verb;
    let known = place.map(|place| &state.invoices[place]);
    let id = known.map_or_else(unknown, |invoice| invoice.id.clone());
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
            let known = known.filter(|invoice| !invoice.payments.is_empty());
            let payment =
                known.map_or_else(unknown, |invoice| which.get(&invoice.payments).id.clone());
            let amount = money(minor);
            let body = json!({"payment_id": payment, "amount": amount, "reason_code": "machine"});
            (at("refunds"), body)
        }
        Verb::Dispute(which, minor) => {
            let known = known.filter(|invoice| !invoice.payments.is_empty());
            let payment =
                known.map_or_else(unknown, |invoice| which.get(&invoice.payments).id.clone());
            let body = json!({"amount": money(minor), "reason_code": "machine"});
            (at(&format!("payments/{payment}/dispute")), body)
        }
        Verb::Win(which) | Verb::Lose(which) => {
            let known = known.filter(|invoice| !invoice.disputes.is_empty());
            let dispute =
                known.map_or_else(unknown, |invoice| which.get(&invoice.disputes).id.clone());
            let end = if matches!(verb, Verb::Win(_)) { "won" } else { "lost" };
            (at(&format!("disputes/{dispute}/{end}")), json!({}))
        }
        Verb::Credit(which, _) | Verb::GiveBack(which, _) => {
            let (source, minor) = state.credit(verb, place, which);
            let source = source.map_or_else(unknown, |source| state.invoices[source].id.clone());
            let mut body = json!({"from_invoice_id": source, "amount": money(minor)});
            let back = matches!(verb, Verb::GiveBack(..));
            if back {
                body["reason_code"] = json!("machine");
            }
            (at(if back { "credits/return" } else { "credits/apply" }), body)
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

fn statement(state: &State, verb: statements::Verb, place: Option<usize>) -> (String, Value) {
    use statements::Verb;
    let known = place.map(|place| &state.statements[place]);
    let id = known.map_or_else(unknown, |statement| statement.id.clone());
    let at = |rest: &str| format!("/v1/founder-billing/statements/{id}/{rest}");
    let payment = |which| {
        let payment = known.and_then(|statement| statement.payment(which));
        payment.map_or_else(unknown, |payment| payment.id.clone())
    };
    let plan = |which: Index| {
        let known = known.filter(|statement| !statement.plans.is_empty());
        known.map_or_else(unknown, |statement| which.get(&statement.plans).id.clone())
    };
    match verb {
        Verb::Generate(charge, paid) => {
            let body = json!({"patient_id": 123, "insurance_paid": money(paid),
                "charges": [{"date": "2026-01-15", "amount": money(charge)}]});
            ("/v1/founder-billing/statements/generate".to_owned(), body)
        }
        Verb::Pay(minor) => (at("payments"), json!({"amount": money(minor)})),
        Verb::Reverse(which) => {
            let path = at(&format!("payments/{}/reverse", payment(which)));
            (path, json!({"reason_code": "bounced"}))
        }
        Verb::Refund(which, minor) => {
            let (amount, payment_id) = (money(minor), payment(which));
            let body =
                json!({"amount": amount, "payment_id": payment_id, "reason_code": "too_much"});
            (at("refunds"), body)
        }
        Verb::Offer(months) => (at("payment-plans"), json!({"months": months})),
        Verb::Accept(which) => (at(&format!("payment-plans/{}/accept", plan(which))), json!({})),
        Verb::Decline(which) => (at(&format!("payment-plans/{}/decline", plan(which))), json!({})),
        Verb::CancelPlan(which) => {
            let path = at(&format!("payment-plans/{}/cancel", plan(which)));
            (path, json!({"reason_code": "machine"}))
        }
        Verb::Adjust(minor) => {
            let amount = money(minor);
            let body =
                json!({"amount": amount, "kind": "price_concession", "reason_code": "settled"});
            (at("adjustments"), body)
        }
        Verb::Void => (at("void"), json!({"reason_code": "machine"})),
    }
}
