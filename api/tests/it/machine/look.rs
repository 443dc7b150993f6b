//! Compares what the service shows with what the model knows.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use super::{
    Order, Step, accounts,
    drive::Drive,
    requests::{money, shown_at},
    state::{Given, State, Subject},
};
use crate::support::Answer;

/// What the service shows of a thing, now or at a position.
pub(crate) async fn shown(drive: &Drive<'_>, subject: &Subject, at: Option<i64>) -> Answer {
    let path = shown_at(subject);
    match at {
        Some(position) => {
            let path = format!("{path}?as_of_position={position}");
            drive.world.as_role(&drive.tenant, Role::Owner, "GET", &path).send().await
        }
        None => read(drive, &path).await,
    }
}

/// An answer that knows all that happened.
pub(crate) async fn read(drive: &Drive<'_>, path: &str) -> Answer {
    let head = drive.world.ledger.head(drive.tenant.org).await.unwrap().unwrap();
    let ask = drive.world.as_role(&drive.tenant, Role::Owner, "GET", path);
    ask.header("daybook-min-position", head.to_string()).send().await
}

/// The statement that asks for what a claim leaves to the patient, and whether it went out.
pub(crate) async fn statement_of(drive: &Drive<'_>, claim: &str) -> Option<(String, bool)> {
    let all = read(drive, "/v1/founder-billing/statements?limit=200").await.ok(200);
    let all = all.as_array().unwrap();
    let asks = |one: &&Value| one["claim_id"] == claim && one["lifecycle_state"] != "voided";
    let found = all.iter().find(asks)?;
    let went_out = found["lifecycle_state"] != "drafted";
    Some((found["id"].as_str().unwrap().to_owned(), went_out))
}

/// What an order was about, as it is now, and, where that is asked, as it was.
pub(crate) async fn after(drive: &mut Drive<'_>, given: Given, step: &Step) {
    if let Order::Account(accounts::Verb::Pause(_) | accounts::Verb::Resume) = step.order {
        let status = read(drive, "/v1/billing/status").await.ok(200);
        assert_eq!(status["status"], drive.state.account.word(), "{step:?}");
    }
    // What was just made is the last.
    let last = drive.state.many(step.order).checked_sub(1);
    let subjects = [given, Given { place: last, ..given }];
    let mut subjects: Vec<_> =
        subjects.into_iter().filter_map(|given| drive.state.subject(given)).collect();
    subjects.dedup();
    for subject in &subjects {
        let answer = shown(drive, subject, None).await;
        let version = answer.header("etag").trim_matches('"').parse::<i64>().unwrap();
        compare(subject, &answer.ok(200));
        let before = drive.looked.insert(shown_at(subject), (subject.clone(), version));
        if let Some((known, before)) = before {
            assert_eq!(version > before, *subject != known, "{step:?} {before} {version}");
        }
    }
    let position = drive.world.ledger.head(drive.tenant.org).await.unwrap().unwrap();
    drive.past.push((position, drive.state.clone()));
    if let (Some(back), Some(subject)) = (step.back, subjects.first()) {
        let (position, then) = back.get(&drive.past);
        as_it_was(drive, subject, *position, then).await;
    }
}

/// A thing as the model knew it at a position.
pub(crate) async fn as_it_was(drive: &Drive<'_>, subject: &Subject, position: i64, then: &State) {
    let path = shown_at(subject);
    let answer = shown(drive, subject, Some(position)).await;
    match then.subjects().iter().find(|then| shown_at(then) == path) {
        Some(then) => compare(then, &answer.ok(200)),
        None => drop(answer.problem(404, unknown_code(subject))),
    }
}

pub(crate) const fn unknown_code(subject: &Subject) -> &'static str {
    match subject {
        Subject::Authorization(_) => "prior_auth.unknown",
        Subject::Claim(_) => "claim.unknown",
        Subject::Invoice(_) => "invoice.unknown",
        Subject::Patient(_) => "patient_activation.unknown",
        Subject::Statement(_) => "statement.unknown",
    }
}

/// Every figure of a thing.
#[track_caller]
pub(crate) fn compare(subject: &Subject, shown: &Value) {
    for (name, value) in figures(subject) {
        assert_eq!(shown[name], value, "{name} of {subject:?} {shown}");
    }
}

/// As the guide writes figures: JSON numbers.
pub(crate) fn number(minor: i64) -> Value {
    serde_json::from_str(&money(minor)).unwrap()
}

fn figures(subject: &Subject) -> Vec<(&'static str, Value)> {
    let of = |minor: i64| json!(money(minor));
    match subject {
        Subject::Authorization(one) => vec![
            ("status", json!(one.word())),
            ("units_drawn", json!(one.units_drawn().to_string())),
            ("units_left", json!(one.units_left().to_string())),
            ("units_waiting", json!(one.units_waiting().to_string())),
        ],
        Subject::Claim(claim) => vec![
            ("status", json!(claim.word())),
            ("charge", of(claim.charge)),
            ("drafted_charge", of(claim.drafted)),
            ("insurance_paid", of(claim.insurance_paid())),
            ("insurance_adjustments", of(claim.insurance_off())),
            ("insurance_balance", of(claim.insurance_balance())),
            ("patient_responsibility", of(claim.share())),
            ("patient_adjustments", of(claim.patient_off())),
            ("patient_paid", of(claim.patient_paid)),
            ("patient_balance", of(claim.patient_balance())),
            ("submission", json!(claim.submissions)),
        ],
        Subject::Invoice(invoice) => vec![
            ("status", json!(invoice.status.word())),
            ("total_amount", of(invoice.total)),
            ("balance_due", of(invoice.balance)),
            ("amount_paid", of(invoice.paid)),
            ("unapplied_credit", of(invoice.credit)),
            ("amount_refunded", of(invoice.refunded)),
            ("amount_written_off", of(invoice.written_off)),
        ],
        Subject::Patient(patient) => vec![
            ("patient_id", json!(format!("p-{}", patient.number))),
            ("is_active_for_billing", json!(patient.active)),
            ("last_billed_cycle", json!(patient.billed.last().map(ToString::to_string))),
        ],
        Subject::Statement(statement) => vec![
            ("lifecycle_state", json!(statement.word())),
            ("total_charges", number(statement.charges)),
            ("insurance_paid", number(statement.insurance)),
            ("adjustments", number(statement.adjustments)),
            ("patient_paid", number(statement.paid)),
            ("balance_due", number(statement.due())),
        ],
    }
}
