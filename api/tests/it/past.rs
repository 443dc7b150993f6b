//! See it as it was: every read as of a position or an instant, and about a business day.

use std::time::Duration;

use ledger::{
    recorded::Actor,
    store::{Context, tenants::Role},
    values::OrgId,
};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::{Answer, Tenant, World};

pub(crate) async fn head(world: &World, tenant: &Tenant) -> i64 {
    world.ledger.head(tenant.org).await.unwrap().unwrap()
}

pub(crate) async fn ask(world: &World, tenant: &Tenant, path: &str) -> Answer {
    world.as_role(tenant, Role::Owner, "GET", path).send().await
}

/// A question with one more parameter.
pub(crate) fn with(path: &str, parameter: &str) -> String {
    format!("{path}{}{parameter}", if path.contains('?') { '&' } else { '?' })
}

/// The erasure of a patient of this id, as the program would do it.
async fn erase(world: &World, org: OrgId, patient: &str) {
    let subject = world.ledger.names().subject(org, "patient", patient);
    let context = Context::fresh(&world.ledger, org, Actor("test".to_owned()));
    world.ledger.erase(&context, subject, "request".parse().unwrap()).await.unwrap();
}

#[actix_web::test]
async fn what_was_answered_at_a_position_is_answered_for_ever() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let mut invoices = Vec::new();
    for amount in ["10.00", "20.00", "30.00"] {
        invoices.push(world.issued(&tenant, amount).await);
    }
    world.paid(&tenant, &invoices[0], "4.00").await;
    let patient = "/v1/billing/patients/p-1/activate";
    world.as_role(&tenant, Role::Owner, "POST", patient).json(json!({"name": "Ada"})).send().await;
    let position = head(&world, &tenant).await;
    let office = format!("/v1/billing/offices/{}/invoices", tenant.org);
    let one = &invoices[0];
    let paths = [
        format!("{office}?limit=2"),
        format!("{office}?status=partial"),
        format!("/v1/billing/invoices/{one}"),
        format!("/v1/billing/invoices/{one}/line-items"),
        format!("/v1/billing/invoices/{one}/document"),
        format!("/v1/billing/payment-status/{one}"),
        format!("/v1/admin/timeline/invoice/{one}"),
        "/v1/admin/timeline/patient/p-1".to_owned(),
        "/v1/admin/exports/accounting.csv".to_owned(),
        "/v1/admin/finance/reconcile/invoices?status=all".to_owned(),
        "/v1/admin/journal/entries".to_owned(),
        "/v1/admin/journal/trial-balance".to_owned(),
        "/v1/admin/reports/ageing".to_owned(),
        "/v1/admin/reports/revenue".to_owned(),
        "/v1/billing/patients".to_owned(),
        "/v1/billing/patients/p-1".to_owned(),
        "/v1/billing/status".to_owned(),
        "/v1/events?type=billing.invoice.*".to_owned(),
        "/v1/founder-billing/config".to_owned(),
        "/v1/founder-billing/dashboard/metrics".to_owned(),
    ];
    let then = format!("as_of_position={position}");
    let mut before = Vec::new();
    for path in &paths {
        let answer = ask(&world, &tenant, &with(path, &then)).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text);
        // The live models say the same, as long as nothing has happened since.
        let min = position.to_string();
        let now = world.as_role(&tenant, Role::Owner, "GET", path);
        let now = now.header("daybook-min-position", min).send().await;
        // The day of the last event is today in all of these, and no cursor is another's.
        let same = |text: &str| text.split("next_cursor").next().unwrap().to_owned();
        assert_eq!(same(&answer.text), same(&now.text), "{path}");
        before.push(answer);
    }
    for invoice in &invoices {
        world.paid(&tenant, invoice, "1.00").await;
    }
    world.issued(&tenant, "40.00").await;
    let deactivate = "/v1/billing/patients/p-1/deactivate";
    world.as_role(&tenant, Role::Owner, "POST", deactivate).json(json!({})).send().await.ok(200);
    for (path, before) in paths.iter().zip(&before) {
        let after = ask(&world, &tenant, &with(path, &then)).await;
        assert_eq!(after.text, before.text, "{path}");
        for header in ["daybook-position", "daybook-as-of", "etag", "link"] {
            assert_eq!(after.header(header), before.header(header), "{path}: {header}");
        }
    }
    // The next page goes on in the same past, and only there.
    let link = before[0].header("link");
    let next = link.trim_start_matches('<').split('>').next().unwrap();
    let second = ask(&world, &tenant, next).await;
    assert_eq!(second.position(), position);
    assert!(second.text.contains(one), "{}", second.text);
    let other = next.replace(&then, &format!("as_of_position={}", position + 1));
    ask(&world, &tenant, &other).await.problem(400, "invalid_cursor");
    // All of it as lines.
    let lines = world.as_role(&tenant, Role::Owner, "GET", &with(&office, &then));
    let lines = lines.header("accept", "application/x-ndjson").send().await;
    assert_eq!(lines.position(), position);
    let whole = ask(&world, &tenant, &with(&office, &then)).await.ok(200);
    let whole = whole["invoices"].as_array().unwrap();
    assert_eq!(lines.text.lines().count(), whole.len());
    assert!(whole.len() > 3 && !lines.text.contains("40.00"), "{}", lines.text);
}

#[actix_web::test]
async fn what_we_knew_then_about_a_day_is_both() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let entry = |day: &str, amount: &str| {
        json!({"reason_code": "accrual", "business_on": day, "lines": [
            {"account": "5000", "debit": amount}, {"account": "1010", "credit": amount}]})
    };
    let book = async |day: &str, amount: &str| {
        let path = "/v1/admin/journal/adjusting-entries";
        world.post(&tenant, path, entry(day, amount)).send().await.ok(201);
        head(&world, &tenant).await
    };
    let first = book("2026-01-10", "10.00").await;
    let second = book("2026-03-10", "20.00").await;
    // Learned late, about January.
    let third = book("2026-01-20", "5.00").await;
    let spent = async |at: i64, day: &str| {
        let path = "/v1/admin/journal/trial-balance";
        let path =
            with(&with(path, &format!("as_of_position={at}")), &format!("effective_on={day}"));
        let found = ask(&world, &tenant, &path).await.ok(200);
        let accounts = found["balances"][0]["accounts"].as_array().cloned().unwrap_or_default();
        let of = accounts.iter().find(|account| account["account"] == "5000");
        of.map_or("0.00".to_owned(), |of| of["debit"].as_str().unwrap().to_owned())
    };
    assert_eq!(spent(first, "2026-01-09").await, "0.00");
    assert_eq!(spent(first, "2026-12-31").await, "10.00");
    assert_eq!(spent(second, "2026-01-31").await, "10.00");
    assert_eq!(spent(third, "2026-01-31").await, "15.00");
    assert_eq!(spent(third, "2026-03-31").await, "35.00");
    let both = "/v1/admin/journal/trial-balance?effective_on=2026-01-31&on=2026-01-31";
    world.get(&tenant, both).send().await.problem(400, "invalid_query");
    // A bare day in the ageing report's `as_of` is the business day that it always was.
    let ageing = "/v1/admin/reports/ageing?as_of=2026-01-31";
    let ageing = world.get(&tenant, ageing).send().await;
    assert_eq!(ageing.header("daybook-as-of"), "");
    assert_eq!(ageing.ok(200)["as_of"], "2026-01-31");
    let paths = [
        "journal/entries",
        "journal/ledger?account=5000",
        "reports/ageing",
        "reports/ageing/invoices",
        "reports/cash",
        "reports/gst",
        "reports/pnl",
        "reports/revenue",
    ];
    for path in paths {
        let path = with(&format!("/v1/admin/{path}"), "effective_on=2026-01-31");
        let path = with(&path, &format!("as_of_position={second}"));
        let told = ask(&world, &tenant, &path).await;
        assert_eq!((told.status.as_u16(), told.position()), (200, second), "{path}");
        assert!(!told.text.contains("20.00"), "{path}: {}", told.text);
    }
}

#[actix_web::test]
async fn an_erased_person_is_gone_from_the_past_too() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let path = "/v1/billing/patients/p-9/activate";
    let named = json!({"name": "Ada Lovelace"});
    world.as_role(&tenant, Role::Owner, "POST", path).json(named).send().await.ok(200);
    let position = head(&world, &tenant).await;
    let then = format!("/v1/billing/patients?as_of_position={position}");
    let one = format!("/v1/billing/patients/p-9?as_of_position={position}");
    for path in [&then, &one] {
        assert!(ask(&world, &tenant, path).await.text.contains("Ada Lovelace"));
    }
    erase(&world, tenant.org, "p-9").await;
    for path in [&then, &one] {
        let answer = ask(&world, &tenant, path).await;
        assert!(!answer.text.contains("Ada"), "{}", answer.text);
        assert_eq!(answer.position(), position);
    }
}

#[actix_web::test]
async fn a_long_past_is_prepared_by_a_job_and_then_answered() {
    let world = World::with(|limits| limits.history.wait_events = 0).await;
    let (tenant, other) = (world.tenant().await, world.tenant().await);
    let invoice = world.issued(&tenant, "10.00").await;
    let position = head(&world, &tenant).await;
    let path = format!("/v1/billing/offices/{}/invoices?as_of_position={position}", tenant.org);
    let asked = ask(&world, &tenant, &path).await;
    let href = asked.header("location").to_owned();
    assert_eq!(asked.ok(202)["href"], href);
    let deadline = Instant::now() + Duration::from_secs(30);
    let ready: Value = loop {
        let status = ask(&world, &tenant, &href).await.ok(200);
        if status["state"] != "filling" {
            break status;
        }
        assert!(Instant::now() < deadline, "{status}");
        tokio::task::yield_now().await;
    };
    assert_eq!((&ready["state"], &ready["as_of_position"]), (&json!("ready"), &json!(position)));
    assert_eq!(ready["models"][0]["model"], "invoices");
    assert_eq!(ask(&world, &tenant, &path).await.ok(200)["invoices"][0]["invoice_id"], invoice);
    ask(&world, &other, &href).await.problem(404, "answer_unknown");
    // One subject needs no job.
    let one = format!("/v1/billing/invoices/{invoice}?as_of_position={position}");
    ask(&world, &tenant, &one).await.ok(200);
}
