//! Every route × role × alias, and foreign orgs.

use std::collections::BTreeSet;

use api::roles::{Access, Kind, RULES};
use ledger::store::tenants::Role;
use serde_json::json;

use crate::access_cases::{body, foreign_body, path};
use crate::support::{OPERATOR, Tenant, World, unknown};

/// The prefixes that mean `/v1`.
const ALIASES: [&str; 3] = ["/v1", "/api/v1", "/api"];

/// A request to a route, well formed enough to get past its gate.
fn path(rule: &Rule, org: &str, id: &str) -> String {
    rule.pattern
        .replace("{office_id}", org)
        .replace("{org_id}", id)
        .replace("{patient_id}", "patient-of-the-access-test")
        .replace("{position}", "1")
        .replace("{file}", "swagger-ui.css")
        .replace("{invoice_id}", id)
        .replace("{line_id}", id)
        .replace("{payment_id}", id)
        .replace("{refund_id}", id)
        .replace("{exception_id}", id)
        .replace("{key_id}", id)
        .replace("{credit_note_id}", id)
        .replace("{dispute_id}", id)
        .replace("{entry_id}", id)
        .replace("{period}", "2099-01")
        .replace("{export_id}", id)
        .replace("{request_id}", id)
        .replace("{plan_id}", id)
        .replace("{claim_id}", id)
        .replace("{write_off_id}", id)
        .replace("{appeal_id}", id)
        .replace("{auth_id}", id)
        .replace("{answer_id}", id)
        .replace("{remittance_id}", id)
        .replace("{id}", id)
}

/// A body that each route can read; a new route that takes one needs a line here.
fn body(rule: &Rule) -> Option<Value> {
    let body = match (rule.method, rule.pattern) {
        ("GET" | "DELETE", _) => return None,
        ("POST", "/v1/admin/finance/held-payments/{payment_id}/apply") => json!({}),
        ("POST", "/v1/admin/finance/held-payments/{payment_id}/return") => json!({}),
        ("POST", "/v1/admin/finance/held-payments/{payment_id}/take-back") => json!({}),
        ("POST", "/v1/admin/finance/revenue/recognize") => json!({"through": 7}),
        ("POST", "/v1/admin/cleanup") => json!({}),
        ("POST", "/v1/admin/email-scan") => json!({}),
        ("POST", "/v1/admin/journal/adjusting-entries") => json!({}),
        ("POST", "/v1/admin/journal/allowances") => json!({}),
        ("POST", "/v1/admin/journal/entries/{entry_id}/reverse") => json!({}),
        ("POST", "/v1/admin/keys") => json!({"role": "viewer", "label": "access"}),
        ("POST", "/v1/admin/keys/{key_id}/rotate") => json!({}),
        ("POST", "/v1/admin/orgs") => json!({}),
        ("POST", "/v1/admin/orgs/{org_id}/close") => json!({}),
        ("POST", "/v1/admin/orgs/{org_id}/reinstate") => json!({}),
        ("POST", "/v1/admin/orgs/{org_id}/suspend") => json!({}),
        ("POST", "/v1/admin/finance/exceptions/{exception_id}/assign") => json!({}),
        ("POST", "/v1/admin/finance/exceptions/{exception_id}/reopen") => json!({}),
        ("POST", "/v1/admin/finance/exceptions/{exception_id}/resolve") => json!({}),
        ("POST", "/v1/admin/finance/invoices/{invoice_id}/reconcile") => json!({}),
        ("POST", "/v1/admin/export-dead-letter/{id}/replay") => json!({}),
        ("POST", "/v1/admin/outbox/{id}/replay") => json!({}),
        ("POST", "/v1/admin/finance/reconciliations") => json!({}),
        ("POST", "/v1/admin/periods/{period}/close") => json!({}),
        ("POST", "/v1/admin/periods/{period}/reopen") => json!({}),
        ("POST", "/v1/admin/retention/cleanup") => json!({}),
        ("POST", "/v1/billing/account/activate") => json!({}),
        ("POST", "/v1/billing/account/cancel") => json!({"reason_code": 7}),
        ("PUT", "/v1/billing/account/plan") => json!({}),
        ("POST", "/v1/billing/account/tax-rates") => json!({}),
        ("POST", "/v1/billing/account/trial") => json!({}),
        ("POST", "/v1/billing/claims") => json!({"patient_id": true}),
        ("PUT", "/v1/billing/claims/{claim_id}") => json!({}),
        ("POST", pattern) if pattern.starts_with("/v1/billing/claims/{claim_id}/") => {
            json!({"control": {}})
        }
        ("POST", pattern) if pattern.starts_with("/v1/billing/prior-auth/") => json!({}),
        ("POST", "/v1/billing/remittances") => json!({}),
        ("POST", "/v1/billing/remittances/{remittance_id}/deposit") => json!({}),
        ("POST", "/v1/billing/charges/one-off") => json!({}),
        ("POST", "/v1/billing/charges/setup-fee") => json!({"currency": "JPY"}),
        ("POST", "/v1/billing/facesheet/request") => json!({}),
        ("POST", "/v1/billing/facesheet/{request_id}/cancel") => json!({}),
        ("POST", "/v1/billing/facesheet/{request_id}/received") => json!({"source": 7}),
        ("POST", "/v1/billing/pause") => json!({}),
        ("POST", "/v1/billing/resume") => json!({"reason_code": 7}),
        ("POST", "/v1/billing/invoices/generate-monthly") => json!({"cycle": 7}),
        ("POST", "/v1/billing/invoices/{invoice_id}/cancel") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/credit-notes") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/credit-notes/{credit_note_id}/void") => {
            json!({})
        }
        ("POST", "/v1/billing/invoices/{invoice_id}/credits/apply") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/credits/return") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/lost") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/won") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/issue") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/lines") => json!({"amount": "1.00"}),
        ("POST", "/v1/billing/invoices/{invoice_id}/mark-overdue") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/payments") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/dispute") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/reverse") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/recalculate-totals") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/cancel") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/fail") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/settle") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/send") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/write-off") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/write-off/reverse") => json!({}),
        ("POST", "/v1/billing/patients/{patient_id}/activate") => json!({"name": 7}),
        ("POST", "/v1/billing/patients/{patient_id}/deactivate") => json!({}),
        ("POST", "/v1/commands/bulk") => json!({}),
        ("PUT", "/v1/founder-billing/config") => json!({"enabled": 7}),
        ("POST", "/v1/founder-billing/statements/generate") => json!({}),
        ("PUT", "/v1/founder-billing/statements/{id}/contacts") => json!({}),
        (
            "POST",
            "/v1/founder-billing/statements/{id}/override"
            | "/v1/founder-billing/statements/{id}/payment-plans"
            | "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/accept"
            | "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/cancel"
            | "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/decline"
            | "/v1/founder-billing/statements/{id}/payments"
            | "/v1/founder-billing/statements/{id}/payments/{payment_id}/reverse"
            | "/v1/founder-billing/statements/{id}/send"
            | "/v1/founder-billing/statements/{id}/void",
        ) => json!({}),
        ("POST", "/v1/integrations/events") => json!({"specversion": "1.0"}),
        ("POST", "/v1/webhooks/stripe" | "/v1/webhooks/stripe/{org_id}") => json!({}),
        other => panic!("the access test has no case for {other:?}"),
    };
    Some(body)
}

/// The alias of a canonical path.
fn alias(prefix: &str, path: &str) -> String {
    match path.strip_prefix("/v1") {
        Some(rest) => format!("{prefix}{rest}"),
        None => path.to_owned(),
    }
}

#[test]
fn every_served_route_has_its_rule_and_every_rule_its_route() {
    let served: BTreeSet<_> = api::registered().into_iter().collect();
    let ruled: BTreeSet<_> =
        RULES.iter().map(|rule| (rule.method.to_owned(), rule.pattern.to_owned())).collect();
    assert_eq!(served, ruled);
    assert_eq!(RULES.len(), ruled.len(), "a rule stands twice");
}

#[test]
fn every_route_has_a_case_here() {
    RULES.iter().for_each(|rule| drop(body(rule)));
}

#[test]
fn every_command_that_moves_money_asks_for_an_idempotency_key() {
    let asks: Vec<_> = RULES.iter().filter(|rule| rule.kind == Kind::KeyedCommand).collect();
    for word in ["payments", "refunds", "credits/apply", "write-off", "setup-fee", "/lines"] {
        assert!(asks.iter().any(|rule| rule.pattern.contains(word)), "{word}");
    }
}

#[test]
fn or_higher_follows_the_order_of_roles() {
    let order = [Role::Viewer, Role::Dispatcher, Role::Finance, Role::Admin, Role::Owner];
    for rule in RULES.iter().filter(|rule| matches!(rule.access, Access::Roles(_))) {
        let mut admitted = false;
        for role in order {
            assert!(!admitted || rule.admits(role), "{rule:?} admits less than below {role}");
            admitted = rule.admits(role);
        }
        assert!(rule.admits(Role::Owner), "{rule:?}");
    }
}

#[actix_web::test]
async fn each_role_may_do_exactly_what_the_table_says_under_every_alias() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for rule in RULES.iter().filter(|rule| matches!(rule.access, Access::Roles(_))) {
        let path = path(rule, &tenant.org.to_string(), &unknown());
        for prefix in ALIASES {
            let path = alias(prefix, &path);
            for role in Role::ALL {
                let mut ask = world.as_role(&tenant, role, rule.method, &path);
                if let Some(body) = body(rule) {
                    ask = ask.keyed(&unknown()).json(body);
                }
                let answer = ask.send().await;
                let status = answer.status.as_u16();
                if rule.admits(role) {
                    assert!(!matches!(status, 401 | 403 | 405), "{role} {path}: {}", answer.text);
                    assert!(status < 500, "{role} {path}: {}", answer.text);
                } else {
                    answer.problem(403, "forbidden");
                }
            }
        }
    }
}

#[actix_web::test]
async fn nobody_gets_in_without_a_valid_key() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let mut forged = tenant.key(Role::Owner).to_owned();
    let last = if forged.ends_with('A') { "E" } else { "A" };
    forged.replace_range(forged.len() - 1.., last);
    for rule in RULES.iter().filter(|rule| rule.access != Access::Public) {
        let path = path(rule, &tenant.org.to_string(), &unknown());
        for prefix in ALIASES {
            let path = alias(prefix, &path);
            let bare = world.ask(rule.method, &path).send().await;
            assert_eq!(bare.header("www-authenticate"), "Bearer realm=\"daybook\"");
            bare.problem(401, "unauthorized");
            if let Access::Roles(_) = rule.access {
                for credential in [forged.as_str(), OPERATOR, "dbk_", ""] {
                    let ask = world.ask(rule.method, &path);
                    let ask = ask.header("authorization", format!("Bearer {credential}"));
                    ask.send().await.problem(401, "unauthorized");
                }
            }
        }
    }
}

#[actix_web::test]
async fn no_key_of_an_org_is_the_operators() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for rule in RULES.iter().filter(|rule| rule.access == Access::Operator) {
        for prefix in ALIASES {
            let path = alias(prefix, &path(rule, "", &unknown()));
            for role in Role::ALL {
                let answer = world.as_role(&tenant, role, rule.method, &path).send().await;
                answer.problem(403, "forbidden");
            }
        }
    }
}

#[actix_web::test]
async fn the_key_may_also_come_in_its_own_header() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let ask = world.ask("GET", "/v1/billing/status");
    ask.header("x-api-key", tenant.key(Role::Owner)).send().await.ok(200);
}

/// Everything of an org, asked for by the owner of another.
#[actix_web::test]
async fn a_foreign_org_finds_nothing_and_changes_nothing() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let invoice = world.issued(&theirs, "10.00").await;
    let before = world.ledger.head(theirs.org).await.unwrap();
    for rule in RULES.iter().filter(|rule| rule.pattern.contains("{invoice_id}")) {
        for prefix in ALIASES {
            let path = alias(prefix, &path(rule, "", &invoice));
            let mut ask = world.as_role(&mine, Role::Owner, rule.method, &path);
            if rule.method != "GET" {
                ask = ask.keyed(&unknown()).json(foreign_body(rule, &invoice));
            }
            let answer = ask.send().await;
            // A payment is kept on the payer's own account, whatever it was meant for.
            if rule.pattern.ends_with("/payments") {
                assert_eq!(answer.ok(202)["status"], "held");
            } else {
                answer.problem(404, "invoice.unknown");
            }
        }
    }
    assert_eq!(world.ledger.head(theirs.org).await.unwrap(), before);
    crate::claims::foreign(&world, &mine, &theirs).await;
    foreign_office(&world, &mine, &theirs).await;
}

async fn foreign_office(world: &World, mine: &Tenant, theirs: &Tenant) {
    for prefix in ALIASES {
        let path = format!("{prefix}/billing/offices/{}/invoices", theirs.org);
        let answer = world.as_role(mine, Role::Owner, "GET", &path).send().await;
        answer.problem(403, "foreign_org");
    }
    for path in ["charges/one-off", "charges/setup-fee"] {
        let body = json!({"amount": "1.00", "office_id": theirs.org});
        let answer = world.post(mine, &format!("/v1/billing/{path}"), body).send().await;
        answer.problem(403, "foreign_org");
    }
    let path = format!("/v1/admin/timeline/subscription/{}", theirs.org);
    world.get(mine, &path).send().await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_key_that_moves_money_must_say_which_time_it_is() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    for rule in RULES.iter().filter(|rule| rule.kind == Kind::KeyedCommand) {
        let path = path(rule, "", &unknown());
        let ask = world.as_role(&tenant, Role::Owner, rule.method, &path);
        ask.json(json!({})).send().await.problem(400, "idempotency_key_required");
    }
}
