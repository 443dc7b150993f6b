//! A statement beside the log and the read models, and what becomes of what does not fit.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::{
    stripe,
    support::{Answer, Tenant, World, unknown},
};

const HEADER: &str = "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,\
    reporting_category,source_id,automatic_payout_id,payment_intent_id,\
    payment_metadata[daybook_org_id]\n";
pub(crate) const PATH: &str = "/v1/admin/finance/reconciliations?provider=stripe\
    &from=2025-01-01&through=2026-12-31";

/// A charge of 2025-10-12, the day of the webhook's payments.
pub(crate) fn charge(id: &str, amount: &str, fee: &str, net: &str, payout: &str) -> String {
    format!(
        "txn_{id},2025-10-12 20:00:00,2025-10-14,usd,{amount},{fee},{net},charge,ch_{id},\
         {payout},pi_{id},\n"
    )
}

pub(crate) async fn upload(world: &World, tenant: &Tenant, path: &str, lines: &str) -> Answer {
    upload_as(world, tenant, path, &format!("{HEADER}{lines}"), &unknown()).await
}

async fn upload_as(world: &World, tenant: &Tenant, path: &str, body: &str, key: &str) -> Answer {
    let ask = world.as_role(tenant, Role::Finance, "POST", path).keyed(key);
    ask.header("content-type", "text/csv").body(body.to_owned()).send().await
}

/// An invoice paid through the provider's webhook.
pub(crate) async fn paid(
    world: &World,
    tenant: &Tenant,
    id: &str,
    amount: &str,
    cents: i64,
) -> String {
    let invoice = world.issued(tenant, amount).await;
    let event = json!({
        "id": format!("evt_{id}"), "object": "event", "type": "invoice.paid",
        "created": 1_760_300_000,
        "data": {"object": {
            "id": format!("in_{id}"), "object": "invoice", "status": "paid", "currency": "usd",
            "amount_paid": cents, "total": cents, "payment_intent": format!("pi_{id}"),
            "charge": format!("ch_{id}"), "metadata": {"daybook_invoice_id": invoice},
        }},
    });
    stripe::post(world, &stripe::endpoint(tenant), &event).await.ok(200);
    settle(world, tenant).await;
    invoice
}

/// Waits until the read models know everything.
async fn settle(world: &World, tenant: &Tenant) {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    for path in ["/v1/admin/finance/reconcile/invoices", "/v1/admin/finance/exceptions"] {
        world.get(tenant, path).header("daybook-min-position", &head).send().await.ok(200);
    }
}

async fn listed(world: &World, tenant: &Tenant, query: &str) -> Vec<Value> {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let path = format!("/v1/admin/finance/exceptions{query}");
    let list = world.get(tenant, &path).header("daybook-min-position", head).send().await.ok(200);
    list["exceptions"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_clean_statement_raises_nothing_and_its_payout_is_booked_once() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    paid(&world, &tenant, "1Clean", "182.70", 18_270).await;
    let lines = charge("1Clean", "182.70", "5.73", "176.97", "po_1")
        + "txn_p,2025-10-15 00:00:00,2025-10-16,usd,-176.97,0,-176.97,payout,po_1,,,\n";
    let dry = upload(&world, &tenant, &format!("{PATH}&dry_run=true"), &lines).await.ok(200);
    assert_eq!((&dry["by_class"], &dry["matched"]), (&json!({}), &json!(1)));
    let entry = &dry["proposed_entries"][0];
    assert_eq!((&entry["kind"], &entry["reference"]), (&json!("payout"), &json!("po_1")));
    let sides: Vec<_> = entry["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["account"].as_str().unwrap(), line["amount"].as_str().unwrap()))
        .collect();
    assert_eq!(sides, [("1000", "176.97"), ("5000", "5.73"), ("1010", "182.70")]);
    let booked = upload(&world, &tenant, &format!("{PATH}&book=true"), &lines).await.ok(200);
    assert_eq!((&booked["booked"], &booked["exceptions"]["raised"]), (&json!(1), &json!(0)));
    settle(&world, &tenant).await;
    let again = upload(&world, &tenant, &format!("{PATH}&book=true"), &lines).await.ok(200);
    assert_eq!((&again["booked"], &again["by_class"]), (&json!(0), &json!({})));
    assert_eq!(again["proposed_entries"], json!([]));
    assert_eq!(again["matched"], 2, "the payout is known by now");
}

#[actix_web::test]
async fn a_payout_of_a_closed_month_is_booked_on_the_first_open_day() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    paid(&world, &tenant, "1Late", "182.70", 18_270).await;
    world.post(&tenant, "/v1/admin/periods/2025-10/close", json!({})).send().await.ok(200);
    let lines = charge("1Late", "182.70", "5.73", "176.97", "po_1")
        + "txn_p,2025-10-15 00:00:00,2025-10-16,usd,-176.97,0,-176.97,payout,po_1,,,\n";
    let booked = upload(&world, &tenant, &format!("{PATH}&book=true"), &lines).await.ok(200);
    assert_eq!((&booked["booked"], &booked["by_class"]), (&json!(1), &json!({})));
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let path = "/v1/admin/journal/ledger?account=5000";
    let fees = world.get(&tenant, path).header("daybook-min-position", head).send().await.ok(200);
    assert_eq!(fees["lines"][0]["date"], "2025-11-01");
    settle(&world, &tenant).await;
    let again = upload(&world, &tenant, &format!("{PATH}&book=true"), &lines).await.ok(200);
    assert_eq!((&again["booked"], &again["by_class"]), (&json!(0), &json!({})));
    assert_eq!(again["matched"], 2, "it happened on its own day");
}

#[actix_web::test]
async fn a_difference_is_raised_once_cleared_when_gone_and_reopened_when_back() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = paid(&world, &tenant, "1Short", "50.00", 5_000).await;
    let short = charge("1Short", "49.00", "0", "49.00", "");
    let right = charge("1Short", "50.00", "0", "50.00", "");
    let first = upload(&world, &tenant, PATH, &short).await.ok(200);
    assert_eq!(first["by_class"], json!({"amount": 1}));
    assert_eq!(first["exceptions"]["raised"], 1);
    let found = listed(&world, &tenant, "?class=amount&owner=finance").await;
    assert_eq!(found.len(), 1);
    let one = &found[0];
    assert_eq!((&one["status"], &one["invoice_id"]), (&json!("open"), &json!(invoice)));
    assert_eq!((&one["amount"], &one["currency"]), (&json!("-1.00"), &json!("USD")));
    assert_eq!(one["ours"]["amount"], "50.00");
    assert_eq!(one["theirs"]["amount"], "49.00");
    assert_eq!((&one["provider_id"], &one["age_days"]), (&json!("ch_1Short"), &json!(0)));
    assert_eq!(listed(&world, &tenant, "?class=timing").await.len(), 0);
    assert_eq!(listed(&world, &tenant, "?owner=treasury").await.len(), 0);

    let head = world.ledger.head(tenant.org).await.unwrap();
    let twice = upload(&world, &tenant, PATH, &short).await.ok(200);
    assert_eq!(
        (&twice["exceptions"]["raised"], &twice["exceptions"]["known"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head, "twice is once");
    let cleared = upload(&world, &tenant, PATH, &right).await.ok(200);
    assert_eq!(cleared["exceptions"]["cleared"], 1);
    let settled = listed(&world, &tenant, "?status=resolved").await;
    assert_eq!(settled[0]["resolution"], "cleared");
    let back = upload(&world, &tenant, PATH, &short).await.ok(200);
    assert_eq!(back["exceptions"]["reopened"], 1);
    assert_eq!(listed(&world, &tenant, "").await[0]["times_reopened"], 1);
}

#[actix_web::test]
async fn an_exception_goes_from_desk_to_desk_and_is_resolved_with_a_reason() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    paid(&world, &tenant, "1Known", "10.00", 1_000).await;
    let lines =
        charge("1Known", "10.00", "0", "10.00", "") + &charge("1New", "7.00", "0", "7.00", "");
    let run = upload(&world, &tenant, PATH, &lines).await.ok(200);
    assert_eq!(run["by_class"], json!({"missing_here": 1}));
    let id = run["differences"][0]["exception_id"].as_str().unwrap().to_owned();
    let path = |verb: &str| format!("/v1/admin/finance/exceptions/{id}/{verb}");
    let post = |verb: &str, body: Value| world.post(&tenant, &path(verb), body);
    let assigned = post("assign", json!({"owner": "treasury"})).send().await.ok(200);
    assert_eq!(
        (&assigned["owner"], &assigned["class"]),
        (&json!("treasury"), &json!("missing_here"))
    );
    post("assign", json!({"owner": "Jane Doe"})).send().await.problem(422, "invalid_body");
    post("resolve", json!({"resolution": "accepted"})).send().await.problem(422, "invalid_body");
    let cleared = json!({"resolution": "cleared", "reason_code": "x"});
    post("resolve", cleared).send().await.problem(422, "invalid_body");
    let body = json!({"resolution": "not_ours", "reason_code": "other_shop", "note": "the café's"});
    let resolved = post("resolve", body.clone()).send().await.ok(200);
    assert_eq!(
        (&resolved["status"], &resolved["note"]),
        (&json!("resolved"), &json!("the café's"))
    );
    post("resolve", body).send().await.ok(200);
    let other = json!({"resolution": "corrected", "reason_code": "x"});
    let refused = post("resolve", other).send().await.problem(422, "exception.resolved");
    assert_eq!(refused["figures"]["resolution"], "not_ours");
    post("assign", json!({"owner": "x"})).send().await.problem(422, "exception.resolved");
    let again = upload(&world, &tenant, PATH, &lines).await.ok(200);
    assert_eq!(again["exceptions"]["known"], 1, "what is none of ours is not raised again");
    let shown = world.get(&tenant, &format!("/v1/admin/finance/exceptions/{id}")).send().await;
    assert_eq!(shown.header("etag"), "\"3\"");
    let reopened = post("reopen", json!({"reason_code": "ours_after_all"})).send().await.ok(200);
    assert_eq!((&reopened["status"], &reopened["resolution"]), (&json!("open"), &Value::Null));
    // An auditor sees that there is something, and not what the provider calls it.
    let path = format!("/v1/admin/finance/exceptions/{id}");
    let seen = world.as_role(&tenant, Role::Auditor, "GET", &path).send().await.ok(200);
    assert_eq!(seen["provider_id"], Value::Null);
}

#[actix_web::test]
async fn a_line_that_cannot_be_read_refuses_the_statement_with_line_and_column() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let good = charge("1Good", "10.00", "0", "10.00", "");
    let head = world.ledger.head(tenant.org).await.unwrap();
    let bad = good.clone() + &charge("1Bad", "=1+1", "0", "10.00", "");
    let problem = upload(&world, &tenant, PATH, &bad).await.problem(422, "invalid_body");
    assert_eq!(problem["errors"][0]["pointer"], "/3/gross");
    assert!(problem["errors"][0]["detail"].as_str().unwrap().starts_with("line 3: "));
    upload_as(&world, &tenant, PATH, "", &unknown()).await.problem(422, "invalid_body");
    let short = upload_as(&world, &tenant, PATH, "id,Amount\n", &unknown()).await;
    short.problem(422, "invalid_body");
    for path in [
        "/v1/admin/finance/reconciliations",
        "/v1/admin/finance/reconciliations?provider=nobody",
        "/v1/admin/finance/reconciliations?provider=stripe&from=2025-02-01&through=2025-01-01",
        "/v1/admin/finance/reconciliations?provider=stripe&days=99",
        "/v1/admin/finance/reconciliations?provider=stripe&other=1",
    ] {
        upload(&world, &tenant, path, &good).await.problem(400, "invalid_query");
    }
    let ask = world.as_role(&tenant, Role::Finance, "POST", PATH).keyed(&unknown());
    let typed = ask.header("content-type", "text/html").body(good.clone()).send().await;
    typed.problem(415, "unsupported_media_type");
    let ask = world.as_role(&tenant, Role::Finance, "POST", PATH).body(good).send().await;
    ask.problem(400, "idempotency_key_required");
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head, "nothing was done");
    let small = World::with(|limits| limits.statement_bytes = 64).await;
    let tenant = small.tenant().await;
    let large = upload(&small, &tenant, PATH, &"x".repeat(100)).await;
    large.problem(413, "payload_too_large");
}

#[actix_web::test]
async fn another_org_sees_and_changes_nothing_and_its_lines_are_left_out() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let line = charge("1Theirs", "10.00", "0", "10.00", "");
    let named = line.trim_end().to_owned() + &format!("{}\n", theirs.org);
    let run = upload(&world, &mine, PATH, &named).await.ok(200);
    assert_eq!((&run["lines_of_others"], &run["by_class"]), (&json!(1), &json!({})));
    let run = upload(&world, &theirs, PATH, &named).await.ok(200);
    let id = run["differences"][0]["exception_id"].as_str().unwrap().to_owned();
    settle(&world, &theirs).await;
    let path = format!("/v1/admin/finance/exceptions/{id}");
    world.get(&mine, &path).send().await.problem(404, "exception.unknown");
    let body = json!({"resolution": "accepted", "reason_code": "x"});
    let foreign = world.post(&mine, &format!("{path}/resolve"), body).send().await;
    foreign.problem(404, "exception.unknown");
    assert_eq!(listed(&world, &mine, "?status=all").await.len(), 0);
    assert_eq!(listed(&world, &theirs, "?status=all").await.len(), 1);
}
