//! What the agent and the post do, as Prometheus sees it.

use ledger::store::tenants::Role;
use serde_json::json;

use crate::{
    founder_billing::generated,
    support::{METRICS, Tenant, World},
};

async fn metrics(world: &World) -> String {
    let ask = world.ask("GET", "/v1/metrics").header("authorization", format!("Bearer {METRICS}"));
    ask.send().await.text
}

/// An org whose agent may act, and two statements that it drew up.
async fn practice(world: &World) -> (Tenant, [String; 2]) {
    let tenant = world.tenant().await;
    let config = world.as_role(&tenant, Role::Owner, "PUT", "/v1/founder-billing/config");
    config.json(json!({"enabled": true})).send().await.ok(200);
    let both = [generated(world, &tenant).await, generated(world, &tenant).await];
    (tenant, both)
}

async fn known(world: &World, tenant: &Tenant) {
    let head = world.ledger.head(tenant.org).await.unwrap().unwrap().to_string();
    let path = "/v1/founder-billing/statements";
    let ask = world.as_role(tenant, Role::Owner, "GET", path);
    ask.header("daybook-min-position", head).send().await.ok(200);
}

#[actix_web::test]
async fn metrics_count_statements_over_all_orgs_and_name_those_with_most_to_look_at() {
    let world = World::new().await;
    let (first, [one, _]) = practice(&world).await;
    let (second, _) = practice(&world).await;
    let path = format!("/v1/founder-billing/statements/{one}/override");
    let ask = world.as_role(&first, Role::Owner, "POST", &path);
    ask.json(json!({"reason": "they called"})).send().await.ok(200);
    known(&world, &first).await;
    known(&world, &second).await;
    let text = metrics(&world).await;
    let (first, second) = (first.org, second.org);
    for line in [
        "daybook_statements_generated_last_week 4".to_owned(),
        "daybook_statements_overridden_last_week 1".to_owned(),
        "daybook_statements_sent_last_week 0".to_owned(),
        format!(
            "daybook_org_statements_overridden_last_week{{currency=\"USD\",org=\"{first}\"}} 1"
        ),
        format!(
            "daybook_org_statements_generated_last_week{{currency=\"USD\",org=\"{second}\"}} 2"
        ),
        format!("daybook_org_mail_cost_last_day{{currency=\"USD\",org=\"{second}\"}} 0"),
        format!("daybook_org_escalations_level_3_open{{currency=\"USD\",org=\"{first}\"}} 0"),
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
}
