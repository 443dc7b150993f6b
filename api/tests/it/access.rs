//! Every route × role × alias, and foreign orgs.

use std::collections::BTreeSet;

use api::roles::{Access, Kind, RULES};
use ledger::store::tenants::Role;
use serde_json::json;

use crate::access_cases::{body, foreign_body, path};
use crate::support::{OPERATOR, Tenant, World, unknown};

/// The prefixes that mean `/v1`.
pub(crate) const ALIASES: [&str; 3] = ["/v1", "/api/v1", "/api"];

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
