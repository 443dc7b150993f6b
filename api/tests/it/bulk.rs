//! Many commands in one request.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::support::{Tenant, World, unknown};

const PATH: &str = "/v1/commands/bulk";

fn pay(invoice: &str, amount: &str) -> Value {
    json!({"command": "record_payment", "invoice_id": invoice, "body": {"amount": amount}})
}

async fn balance(world: &World, tenant: &Tenant, invoice: &str) -> Value {
    world.invoice(tenant, invoice).await["balance_due"].clone()
}

#[actix_web::test]
async fn each_command_has_its_own_verdict_and_a_failure_stops_nobody() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "100.00").await;
    let draft = world.draft(&tenant, "5.00").await;
    let commands = json!([
        pay(&invoice, "30.00"),
        pay(&draft, "1.00"),
        {"command": "record_payment", "invoice_id": invoice, "body": {"amount": "x", "extra": 1}},
        {"command": "no_such_command"},
        {"command": "record_payment", "body": {"amount": "1.00"}},
        {"command": "issue_invoice", "invoice_id": draft},
        pay(&draft, "1.00"),
        {"command": "activate_patient", "patient_id": 42},
    ]);
    let body = json!({"commands": commands});
    let answer = world.post(&tenant, PATH, body).send().await;
    assert_eq!(answer.header("daybook-settled"), "true");
    let bulk = answer.ok(200);
    assert_eq!((&bulk["succeeded"], &bulk["failed"]), (&json!(4), &json!(4)));
    let verdicts = bulk["verdicts"].as_array().unwrap();
    let statuses: Vec<_> = verdicts.iter().map(|verdict| verdict["status"].clone()).collect();
    assert_eq!(json!(statuses), json!([201, 422, 422, 422, 422, 200, 201, 200]));
    assert!(verdicts[0]["outcome"]["payment_id"].is_string());
    assert_eq!(verdicts[0]["outcome"]["events"][0]["type"], "billing.invoice.payment_succeeded");
    assert_eq!(verdicts[1]["problem"]["code"], "invoice.not_open");
    let pointers = |verdict: &Value| -> Vec<String> {
        let errors = verdict["problem"]["errors"].as_array().unwrap();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(pointers(&verdicts[2]), ["/commands/2/body/amount", "/commands/2/body/extra"]);
    assert_eq!(pointers(&verdicts[3]), ["/commands/3/command"]);
    assert_eq!(pointers(&verdicts[4]), ["/commands/4/invoice_id"]);
    assert_eq!(verdicts[7]["outcome"]["patient_id"], 42);
    assert_eq!(verdicts[7]["outcome"]["charge"]["amount"], "2.00");
    assert_eq!(balance(&world, &tenant, &invoice).await, "70.00");
    assert_eq!(balance(&world, &tenant, &draft).await, "4.00");
}

#[actix_web::test]
async fn a_repeated_bulk_is_answered_and_not_carried_out_again() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "100.00").await;
    for atomic in [false, true] {
        let key = unknown();
        let body = json!({"atomic": atomic,
            "commands": [pay(&invoice, "10.00"), pay(&invoice, "10.00")]});
        let ask = || world.as_role(&tenant, Role::Finance, "POST", PATH).keyed(&key);
        let first = ask().json(body.clone()).send().await;
        assert_eq!(first.header("idempotency-replayed"), "");
        let first = first.ok(200);
        let second = ask().json(body).send().await;
        assert_eq!(second.header("idempotency-replayed"), "true");
        let second = second.ok(200);
        for index in 0..2 {
            let id = |bulk: &Value| bulk["verdicts"][index]["outcome"]["payment_id"].clone();
            assert!(id(&first).is_string());
            assert_eq!(id(&first), id(&second));
        }
        assert_ne!(first["verdicts"][0]["outcome"], first["verdicts"][1]["outcome"]);
        let other = json!({"atomic": atomic, "commands": [pay(&invoice, "11.00")]});
        let other = ask().json(other).send().await;
        if atomic {
            other.problem(422, "idempotency_key_reused");
        } else {
            let verdict = other.ok(200)["verdicts"][0].clone();
            assert_eq!(verdict["problem"]["code"], "idempotency_key_reused");
        }
    }
    assert_eq!(balance(&world, &tenant, &invoice).await, "60.00");
}

#[actix_web::test]
async fn atomic_is_all_or_nothing_and_names_the_one_that_failed() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "100.00").await;
    let draft = world.draft(&tenant, "5.00").await;
    let bulk =
        |commands: Value| world.post(&tenant, PATH, json!({"atomic": true, "commands": commands}));
    let head = world.ledger.head(tenant.org).await.unwrap();
    let refused = bulk(json!([pay(&invoice, "1.00"), pay(&draft, "1.00"), pay(&draft, "2.00")]));
    let refused = refused.send().await.problem(422, "invoice.not_open");
    assert_eq!(refused["failed_command"], json!({"index": 1, "command": "record_payment"}));
    let wrong = bulk(json!([pay(&invoice, "x"), {"command": "issue_invoice"}]));
    let wrong = wrong.send().await.problem(422, "invalid_body");
    assert_eq!(wrong["errors"][0]["pointer"], "/commands/0/body/amount");
    assert_eq!(wrong["errors"][1]["pointer"], "/commands/1/invoice_id");
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);
    // Each is decided on what those before it leave behind.
    let issue = json!({"command": "issue_invoice", "invoice_id": draft});
    let done = bulk(json!([issue, pay(&draft, "5.00"), pay(&invoice, "1.00")])).send().await;
    let done = done.ok(200);
    assert_eq!((&done["succeeded"], &done["failed"]), (&json!(3), &json!(0)));
    assert_eq!(done["verdicts"][1]["status"], 201);
    assert_eq!(world.invoice(&tenant, &draft).await["status"], "paid");
    assert_eq!(balance(&world, &tenant, &invoice).await, "99.00");
}

#[actix_web::test]
async fn a_dry_run_of_many_says_what_each_would_do_and_does_nothing() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "100.00").await;
    let head = world.ledger.head(tenant.org).await.unwrap();
    let path = format!("{PATH}?dry_run=true");
    for atomic in [false, true] {
        let body = json!({"atomic": atomic,
            "commands": [pay(&invoice, "10.00"), pay(&invoice, "20.00")]});
        let bulk = world.post(&tenant, &path, body).send().await;
        assert_eq!(bulk.header("daybook-dry-run"), "true");
        let bulk = bulk.ok(200);
        let preview = if atomic { &bulk["preview"] } else { &bulk["verdicts"][1]["outcome"] };
        let after = if atomic { "70.00" } else { "80.00" };
        assert_eq!(preview["invoices"][0]["before"]["balance_due"], "100.00");
        assert_eq!(preview["invoices"][0]["after"]["balance_due"], after);
    }
    assert_eq!(world.ledger.head(tenant.org).await.unwrap(), head);
}

#[actix_web::test]
async fn every_command_is_held_to_the_roles_of_its_own_route() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let invoice = world.issued(&tenant, "100.00").await;
    let activate = json!({"command": "activate_patient", "patient_id": "p-1"});
    let commands = json!([pay(&invoice, "10.00"), activate]);
    let ask = |atomic: bool| {
        let ask = world.as_role(&tenant, Role::Dispatcher, "POST", PATH).keyed(&unknown());
        ask.json(json!({"atomic": atomic, "commands": commands}))
    };
    let each = ask(false).send().await.ok(200);
    assert_eq!(each["verdicts"][0]["problem"]["code"], "forbidden");
    assert_eq!(each["verdicts"][1]["status"], 200);
    let all = ask(true).send().await.problem(403, "forbidden");
    assert_eq!(all["failed_command"]["index"], 0);
    assert_eq!(balance(&world, &tenant, &invoice).await, "100.00");
}

#[actix_web::test]
async fn anothers_invoice_is_unknown_and_too_many_commands_are_refused() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let invoice = world.issued(&theirs, "100.00").await;
    let commands = json!([{"command": "write_off", "invoice_id": invoice,
        "body": {"reason_code": "x"}}]);
    let atomic = json!({"atomic": true, "commands": commands});
    world.post(&mine, PATH, atomic).send().await.problem(404, "invoice.unknown");
    let each = world.post(&mine, PATH, json!({"commands": commands})).send().await.ok(200);
    assert_eq!(each["verdicts"][0]["problem"]["code"], "invoice.unknown");
    for commands in [json!([]), json!(vec![json!({}); 501]), json!({})] {
        let refused = world.post(&mine, PATH, json!({"commands": commands})).send().await;
        refused.problem(422, "invalid_body");
    }
    // Money that fits no invoice is held, as it is when it comes alone.
    let held = json!({"commands": [pay(&unknown(), "3.00")]});
    let held = world.post(&mine, PATH, held).send().await.ok(200);
    assert_eq!(held["verdicts"][0]["status"], 202);
    assert_eq!(held["verdicts"][0]["outcome"]["status"], "held");
}
