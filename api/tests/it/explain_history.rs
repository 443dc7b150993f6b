//! Something of everything that moves money, for whoever walks all figures.

use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::{
    claims, claims_money,
    corrections::post,
    exceptions, founder_billing, remittances, reports,
    support::{Tenant, World, unknown},
};

/// Invoices of every kind of fate, claims, payments of payers, statements, books, exceptions.
pub(crate) async fn everything(world: &World, tenant: &Tenant) {
    of_invoices(world, tenant).await;
    of_books(world, tenant).await;
    of_payers(world, tenant).await;
    of_the_founder(world, tenant).await;
    let short = exceptions::charge("1Short", "49.00", "0", "49.00", "");
    exceptions::paid(world, tenant, "1Short", "50.00", 5_000).await;
    exceptions::upload(world, tenant, exceptions::PATH, &short).await.ok(200);
}

async fn of_invoices(world: &World, tenant: &Tenant) {
    let at = |id: &str, rest: &str| format!("/v1/billing/invoices/{id}/{rest}");
    let reason = || json!({"reason_code": "in_error"});
    let billed = reports::billed(world, tenant).await;
    let payment = world.paid(tenant, &billed, "120.00").await;
    let refund = json!({"payment_id": payment, "amount": "5.00", "reason_code": "asked"});
    post(world, tenant, at(&billed, "refunds"), refund).await;
    let other = world.issued(tenant, "12.00").await;
    let apply = json!({"from_invoice_id": billed, "amount": "7.00"});
    post(world, tenant, at(&other, "credits/apply"), apply).await;
    let back = json!({"from_invoice_id": billed, "amount": "2.00", "reason_code": "wrong_one"});
    post(world, tenant, at(&other, "credits/return"), back).await;
    post(world, tenant, at(&other, "write-off"), json!({"reason_code": "small"})).await;
    let draft = world.draft(tenant, "3.00").await;
    post(world, tenant, at(&draft, "lines"), json!({"amount": "4.00"})).await;
    let voided = world.issued(tenant, "9.00").await;
    post(world, tenant, at(&voided, "cancel"), reason()).await;
    for how in ["won", "lost", ""] {
        let id = world.issued(tenant, "40.00").await;
        let payment = world.paid(tenant, &id, "40.00").await;
        let body = json!({"amount": "40.00", "fee": "15.00", "reason_code": "not_received"});
        let open = at(&id, &format!("payments/{payment}/dispute"));
        let opened = post(world, tenant, open, body).await;
        let dispute = opened["dispute_id"].as_str().unwrap().to_owned();
        if !how.is_empty() {
            post(world, tenant, at(&id, &format!("disputes/{dispute}/{how}")), json!({})).await;
        }
    }
    let noted = world.issued(tenant, "60.00").await;
    let note = post(world, tenant, at(&noted, "credit-notes"), reason()).await;
    let void = format!("credit-notes/{}/void", note["credit_note_id"].as_str().unwrap());
    post(world, tenant, at(&noted, &void), json!({"reason_code": "kept"})).await;
    post(world, tenant, at(&unknown(), "payments"), json!({"amount": "5.00"})).await;
    let ahead = json!({"amount": "310.00", "item_type": "subscription",
        "covers": {"starts_on": "2099-01-01", "ends_on": "2099-02-28"}});
    let charged = post(world, tenant, "/v1/billing/charges/one-off".to_owned(), ahead).await;
    post(world, tenant, at(charged["invoice_id"].as_str().unwrap(), "issue"), json!({})).await;
}

async fn of_books(world: &World, tenant: &Tenant) {
    let entry = json!({"reason_code": "accrual", "note": "for December", "lines": [
        {"account": "5000", "debit": "10.00"}, {"account": "1010", "credit": "10.00"},
    ]});
    let path = "/v1/admin/journal/adjusting-entries";
    for _ in 0..2 {
        let made = post(world, tenant, path.to_owned(), entry.clone()).await;
        let back =
            format!("/v1/admin/journal/entries/{}/reverse", made["entry_id"].as_str().unwrap());
        post(world, tenant, back, json!({"reason_code": "wrong"})).await;
    }
    post(world, tenant, path.to_owned(), entry).await;
}

async fn of_payers(world: &World, tenant: &Tenant) {
    for number in ["1", "2"] {
        let account = format!("C-{number}");
        claims::submitted(world, tenant, &account).await;
        let mut payment = remittances::payment(&format!("EFT{number}"), &account);
        if number == "2" {
            payment = remittances::payment("EFT2", "C-9");
        }
        remittances::pay(world, tenant, payment).await;
    }
    let denied = claims_money::accepted(world, tenant, "C-3").await;
    remittances::pay(world, tenant, claims_money::denial("C-3")).await;
    let off = json!({"amount": "20.00", "kind": "payer_reduction", "reason_code": "timely"});
    claims::give(world, tenant, &denied, "write-off", off).await;
}

async fn of_the_founder(world: &World, tenant: &Tenant) {
    let ask = async |method: &str, path: String, body: Value| -> Value {
        let ask = world.as_role(tenant, Role::Owner, method, &path).keyed(&unknown());
        let answer = ask.json(body).send().await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        answer.json()
    };
    let enabled = json!({"enabled": true, "auto_send_statements": true});
    ask("PUT", "/v1/founder-billing/config".to_owned(), enabled).await;
    let statements = "/v1/founder-billing/statements";
    let (one, two) = (
        founder_billing::generated(world, tenant).await,
        founder_billing::generated(world, tenant).await,
    );
    let plans = format!("{statements}/{one}/payment-plans");
    let offered = ask("POST", plans.clone(), json!({"months": 5})).await;
    let accept = format!("{plans}/{}/accept", offered["plan_id"].as_str().unwrap());
    ask("POST", accept, json!({})).await;
    let pay = json!({"amount": 120.00, "method": "check"});
    ask("POST", format!("{statements}/{one}/payments"), pay.clone()).await;
    let paid = ask("POST", format!("{statements}/{two}/payments"), pay).await;
    let back = format!("{statements}/{two}/payments/{}", paid["payment_id"].as_str().unwrap());
    ask("POST", format!("{back}/reverse"), json!({"reason_code": "bounced"})).await;
}
