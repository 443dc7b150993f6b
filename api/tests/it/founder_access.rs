//! Nobody but the founder, and only to their own org: every route about statements.

use api::roles::{RULES, Rule};
use ledger::store::tenants::Role;
use serde_json::{Value, json};

use crate::{
    founder_billing::generated,
    support::{World, unknown},
};

fn about_statements() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| rule.pattern.starts_with("/v1/founder-billing/statements/{id}"))
}

/// What each of them takes.
fn body(rule: &Rule) -> Value {
    let payment = unknown();
    match rule.pattern.rsplit('/').next().unwrap_or_default() {
        "adjustments" => json!({"amount": 1.0, "kind": "correction", "reason_code": "x"}),
        "contacts" => json!({"email": "mallory@example.com"}),
        "override" => json!({"reason": "x"}),
        "payment-plans" => json!({"months": 2}),
        "payments" => json!({"amount": 1.0}),
        "refunds" => json!({"amount": 1.0, "payment_id": payment, "reason_code": "x"}),
        "cancel" | "reverse" | "void" => json!({"reason_code": "x"}),
        "accept" | "decline" | "send" | "settle" => json!({}),
        other => panic!("no case for {other}"),
    }
}

#[actix_web::test]
async fn a_foreign_founder_finds_no_statement_and_changes_none() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    let id = generated(&world, &theirs).await;
    let before = world.ledger.head(theirs.org).await.unwrap();
    assert!(about_statements().count() >= 14);
    for rule in about_statements() {
        let path = rule.pattern.replace("{id}", &id).replace("{plan_id}", &unknown());
        let path = path.replace("{payment_id}", &unknown()).replace("{refund_id}", &unknown());
        let mut ask = world.as_role(&mine, Role::Owner, rule.method, &path);
        if rule.method != "GET" {
            ask = ask.keyed(&unknown()).json(body(rule));
        }
        ask.send().await.problem(404, "statement.unknown");
    }
    assert_eq!(world.ledger.head(theirs.org).await.unwrap(), before);
}

#[actix_web::test]
async fn lists_of_the_founder_show_nothing_of_another_org() {
    let world = World::new().await;
    let (mine, theirs) = (world.tenant().await, world.tenant().await);
    generated(&world, &theirs).await;
    let lists = ["audit-logs", "dashboard/recent-activity", "decisions", "deliveries"];
    for list in lists.into_iter().chain(["escalations", "payment-plans", "statements"]) {
        let path = format!("/v1/founder-billing/{list}");
        let listed = world.as_role(&mine, Role::Owner, "GET", &path).send().await.ok(200);
        assert_eq!(listed, json!([]), "{list}");
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
            let refused = world.as_role(&mine, role, "GET", &path).send().await;
            refused.problem(403, "forbidden");
        }
    }
}
