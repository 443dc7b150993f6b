//! Credit notes, disputes, and things taken back.

use serde_json::{Value, json};

use crate::support::{Tenant, World, unknown};

pub(crate) async fn post(world: &World, tenant: &Tenant, path: String, body: Value) -> Value {
    let answer = world.post(tenant, &path, body).send().await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text);
    answer.json()
}

async fn taxed(world: &World, tenant: &Tenant) {
    let rate = json!({"jurisdiction": "CA-ON", "rate": "0.13", "valid_from": "2020-01-01"});
    world.post(tenant, "/v1/billing/account/tax-rates", rate).send().await.ok(200);
}

#[actix_web::test]
async fn a_credit_note_over_an_amount_takes_its_tax_with_it() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    taxed(&world, &tenant).await;
    let id = world.issued(&tenant, "100.00").await;
    let path = format!("/v1/billing/invoices/{id}/credit-notes");
    let body = json!({"reason_code": "not_delivered", "amount": "56.50", "note": "half of it"});
    let preview = world.post(&tenant, &format!("{path}?dry_run=true"), body.clone()).send().await;
    let preview = preview.ok(200);
    assert_eq!(preview["invoices"][0]["before"]["balance_due"], "113.00");
    assert_eq!(preview["invoices"][0]["after"]["balance_due"], "56.50");
    let lines = preview["entries"][0]["lines"].as_array().unwrap();
    let tax = lines.iter().find(|line| line["account"] == "2100").unwrap();
    assert_eq!(tax["debit"], "6.50");
    let credited = post(&world, &tenant, path.clone(), body).await;
    assert_eq!(credited["balance_due"], "56.50");
    let note = &credited["credit_note"];
    assert!(note["number"].as_str().unwrap().starts_with("CN-"), "{credited}");
    assert!(note["number"].as_str().unwrap().ends_with("-00001"));
    assert_eq!((&note["tax_amount"], &note["amount_applied"]), (&json!("6.50"), &json!("56.50")));
    let too_much = json!({"reason_code": "x", "amount": "60.00"});
    let too_much = world.post(&tenant, &path, too_much).send().await;
    too_much.problem(422, "invoice.credit_note_too_large");
    // Nothing named: all that is left.
    let rest = post(&world, &tenant, path.clone(), json!({"reason_code": "all_of_it"})).await;
    assert_eq!(rest["balance_due"], "0.00");
    let none = world.post(&tenant, &path, json!({"reason_code": "again"})).send().await;
    none.problem(422, "invoice.nothing_to_credit");
}

#[actix_web::test]
async fn a_credit_note_over_lines_on_a_paid_invoice_becomes_credit_and_can_be_voided() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.draft(&tenant, "30.00").await;
    let lines = format!("/v1/billing/invoices/{id}/lines");
    let line = post(&world, &tenant, lines, json!({"amount": "20.00"})).await;
    let line = line["line_item_id"].as_str().unwrap().to_owned();
    post(&world, &tenant, format!("/v1/billing/invoices/{id}/issue"), json!({})).await;
    world.paid(&tenant, &id, "50.00").await;
    let path = format!("/v1/billing/invoices/{id}/credit-notes");
    let body = json!({"reason_code": "twice", "lines": [{"line_id": line, "amount": "15.00"}]});
    let credited = post(&world, &tenant, path.clone(), body).await;
    assert_eq!(credited["unapplied_credit"], "15.00");
    let note = credited["credit_note_id"].as_str().unwrap();
    let void = format!("{path}/{note}/void");
    let without = world.post(&tenant, &void, json!({})).send().await;
    without.problem(422, "invalid_body");
    let voided = post(&world, &tenant, void.clone(), json!({"reason_code": "in_error"})).await;
    assert_eq!(voided["unapplied_credit"], "0.00");
    let unknown_note = format!("{path}/{}/void", unknown());
    let refused = world.post(&tenant, &unknown_note, json!({"reason_code": "x"})).send().await;
    refused.problem(404, "invoice.credit_note_unknown");
}

#[actix_web::test]
async fn what_a_credit_note_asks_must_be_one_thing_and_have_a_reason() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "30.00").await;
    let path = format!("/v1/billing/invoices/{id}/credit-notes");
    for (body, pointer) in [
        (json!({}), "/reason_code"),
        (json!({"reason_code": "x", "amount": "1.00", "lines": [{"line_id": id}]}), "/amount"),
        (json!({"reason_code": "x", "lines": []}), "/lines"),
        (json!({"reason_code": "x", "lines": [{"amount": "1.00"}]}), "/lines/0/line_id"),
        (
            json!({"reason_code": "x", "lines": [{"line_id": id, "amount": "1.001"}]}),
            "/lines/0/amount",
        ),
    ] {
        let refused = world.post(&tenant, &path, body).send().await.problem(422, "invalid_body");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }
    let line = json!({"reason_code": "x", "lines": [{"line_id": unknown()}]});
    let refused = world.post(&tenant, &path, line).send().await;
    refused.problem(404, "invoice.line_unknown");
}

#[actix_web::test]
async fn a_repeated_credit_note_is_the_same_credit_note() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "30.00").await;
    let path = format!("/v1/billing/invoices/{id}/credit-notes");
    let ask = || {
        let role = ledger::store::tenants::Role::Finance;
        let ask = world.as_role(&tenant, role, "POST", &path).keyed("note-1");
        ask.json(json!({"reason_code": "x", "amount": "10.00"}))
    };
    let first = ask().send().await.ok(201);
    let second = ask().send().await;
    assert_eq!(second.header("idempotency-replayed"), "true");
    let second = second.ok(201);
    assert_eq!(first["credit_note"], second["credit_note"]);
    assert_eq!(second["balance_due"], "20.00");
}

#[actix_web::test]
async fn write_offs_refunds_and_applied_credit_can_be_undone_with_a_reason() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "30.00").await;
    let at = |id: &str, rest: &str| format!("/v1/billing/invoices/{id}/{rest}");
    let reason = || json!({"reason_code": "in_error"});
    let early = world.post(&tenant, &at(&id, "write-off/reverse"), reason()).send().await;
    early.problem(422, "invoice.nothing_written_off");
    post(&world, &tenant, at(&id, "write-off"), reason()).await;
    let claimed = post(&world, &tenant, at(&id, "write-off/reverse"), reason()).await;
    assert_eq!(
        (&claimed["balance_due"], &claimed["amount_written_off"]),
        (&json!("30.00"), &json!("0.00"))
    );

    let payment = world.paid(&tenant, &id, "50.00").await;
    let refund = json!({"payment_id": payment, "amount": "5.00", "reason_code": "asked"});
    let refund = post(&world, &tenant, at(&id, "refunds"), refund).await;
    assert_eq!(refund["unapplied_credit"], "15.00");
    let refund = refund["refund_id"].as_str().unwrap();
    let cancel = at(&id, &format!("refunds/{refund}/cancel"));
    let canceled = post(&world, &tenant, cancel, reason()).await;
    assert_eq!(canceled["unapplied_credit"], "20.00");

    let other = world.issued(&tenant, "12.00").await;
    let apply = json!({"from_invoice_id": id, "amount": "12.00"});
    let applied = post(&world, &tenant, at(&other, "credits/apply"), apply).await;
    assert_eq!(applied["status"], "paid");
    let back = json!({"from_invoice_id": id, "amount": "12.00", "reason_code": "wrong_one"});
    let returned = post(&world, &tenant, at(&other, "credits/return"), back).await;
    assert_eq!(returned["balance_due"], "12.00");
    assert_eq!(world.invoice(&tenant, &id).await["unapplied_credit"], "20.00");
    let again = json!({"from_invoice_id": id, "amount": "1.00", "reason_code": "again"});
    let again = world.post(&tenant, &at(&other, "credits/return"), again).send().await;
    again.problem(422, "invoice.credit_not_applied");
}

#[actix_web::test]
async fn a_dispute_takes_the_money_back_until_it_is_decided() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let id = world.issued(&tenant, "40.00").await;
        let payment = world.paid(&tenant, &id, "40.00").await;
        let open = format!("/v1/billing/invoices/{id}/payments/{payment}/dispute");
        let body = json!({"amount": "40.00", "fee": "15.00", "reason_code": "not_received"});
        let opened = world.post(&tenant, &open, body).send().await.ok(201);
        assert_eq!(opened["balance_due"], "40.00");
        let dispute = opened["dispute_id"].as_str().unwrap().to_owned();
        let more = json!({"amount": "1.00", "reason_code": "again"});
        let more = world.post(&tenant, &open, more).send().await;
        assert_eq!(more.status.as_u16(), 422, "{}", more.text);
        ids.push((id, dispute));
    }
    let at = |(id, dispute): &(String, String), how: &str| {
        format!("/v1/billing/invoices/{id}/disputes/{dispute}/{how}")
    };
    let won = json!({"fee_returned": "15.00"});
    let won = post(&world, &tenant, at(&ids[0], "won"), won).await;
    assert_eq!((&won["status"], &won["balance_due"]), (&json!("paid"), &json!("0.00")));
    let lost = post(&world, &tenant, at(&ids[1], "lost"), json!({})).await;
    assert_eq!((&lost["status"], &lost["balance_due"]), (&json!("failed"), &json!("0.00")));
    let late = world.post(&tenant, &at(&ids[1], "won"), json!({})).send().await;
    late.problem(422, "invoice.dispute_closed");
}

#[actix_web::test]
async fn corrections_come_in_bulk_too() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let id = world.issued(&tenant, "30.00").await;
    let commands = json!([
        {"command": "write_off", "invoice_id": id, "body": {"reason_code": "x"}},
        {"command": "reverse_write_off", "invoice_id": id, "body": {"reason_code": "y"}},
        {"command": "issue_credit_note", "invoice_id": id,
            "body": {"reason_code": "z", "amount": "10.00"}},
    ]);
    let bulk = json!({"atomic": true, "commands": commands});
    let done = world.post(&tenant, "/v1/commands/bulk", bulk).send().await.ok(200);
    let note = &done["verdicts"][2]["outcome"];
    assert_eq!(note["credit_note"]["total_amount"], "10.00");
    assert_eq!(world.invoice(&tenant, &id).await["balance_due"], "20.00");
}
