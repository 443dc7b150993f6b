//! Pages of other origins, and networks for the admin routes.

use api::Doors;
use ledger::store::tenants::Role;

use crate::support::World;

const PAGE: &str = "https://desk.example.org";

fn open_to(origins: &[&str]) -> Doors {
    let origins = origins.iter().map(|origin| origin.parse().unwrap()).collect();
    Doors { origins, ..Doors::default() }
}

#[actix_web::test]
async fn a_page_that_is_named_may_ask_and_another_may_not() {
    let world = World::behind(open_to(&[PAGE]), |_| {}).await;
    let tenant = world.tenant().await;
    for prefix in ["/v1", "/api"] {
        let path = format!("{prefix}/billing/status");
        let asked = world.ask("OPTIONS", &path);
        let asked = asked.header("origin", PAGE).header("access-control-request-method", "GET");
        let answer = asked.send().await;
        assert_eq!(answer.status.as_u16(), 204, "{}", answer.text);
        assert_eq!(answer.header("access-control-allow-origin"), PAGE);
        assert!(answer.header("access-control-allow-headers").contains("idempotency-key"));
        let answer = world.get(&tenant, &path).header("origin", PAGE).send().await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
        assert_eq!(answer.header("access-control-allow-origin"), PAGE);
        assert!(answer.header("access-control-expose-headers").contains("daybook-position"));
        assert_eq!(answer.header("vary"), "origin");
        for other in ["https://desk.example.org.evil.example", "null", "http://desk.example.org"] {
            let answer = world.get(&tenant, &path).header("origin", other).send().await;
            assert_eq!(answer.header("access-control-allow-origin"), "", "{other}");
            let asked = world.ask("OPTIONS", &path).header("origin", other);
            let asked = asked.header("access-control-request-method", "GET").send().await;
            assert_eq!(asked.header("access-control-allow-origin"), "", "{other}");
        }
    }
    // What a page may read is also what went wrong.
    let refused = world.ask("GET", "/v1/billing/status").header("origin", PAGE).send().await;
    assert_eq!(refused.header("access-control-allow-origin"), PAGE);
    refused.problem(401, "unauthorized");
}

#[actix_web::test]
async fn without_a_word_no_page_of_another_origin_may_ask() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let answer = world.get(&tenant, "/v1/billing/status").header("origin", PAGE).send().await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[actix_web::test]
async fn admin_routes_are_for_the_allowed_networks_under_every_spelling_of_the_path() {
    let doors = |network: &str| Doors {
        admin_networks: vec![network.parse().unwrap()],
        ..Doors::default()
    };
    let outside = World::behind(doors("192.0.2.0/24"), |_| {}).await;
    let tenant = outside.tenant().await;
    for path in ["/v1/admin/keys", "/api/v1/admin/keys", "/api/admin/keys"] {
        let answer = outside.as_role(&tenant, Role::Owner, "GET", path).send().await;
        answer.problem(403, "address_not_allowed");
    }
    outside.ask("GET", "/v1/admin/orgs").send().await.problem(403, "address_not_allowed");
    // Nobody may say from where they come.
    let forged = outside.as_role(&tenant, Role::Owner, "GET", "/v1/admin/keys");
    let forged = forged.header("x-forwarded-for", "192.0.2.7").header("forwarded", "for=192.0.2.7");
    forged.send().await.problem(403, "address_not_allowed");
    outside.get(&tenant, "/v1/billing/status").send().await.ok(200);

    let inside = World::behind(doors("127.0.0.0/8"), |_| {}).await;
    let tenant = inside.tenant().await;
    inside.as_role(&tenant, Role::Owner, "GET", "/v1/admin/keys").send().await.ok(200);
}
