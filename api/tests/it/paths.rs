//! One surface, many names.

use crate::support::World;

/// Sends a path as it is: clients would tidy it up.
async fn raw(world: &World, key: &str, target: &str) -> u16 {
    use std::io::{Read, Write};
    let address = world.base.trim_start_matches("http://").to_owned();
    let request = format!(
        "GET {target} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
         connection: close\r\n\r\n"
    );
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    answer.await.unwrap()[9..12].parse().unwrap()
}

#[actix_web::test]
async fn strange_spellings_of_a_route_are_nothing() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let key = tenant.key(ledger::store::tenants::Role::Owner);
    for target in ["/v1/billing/status", "/api/v1/billing/status", "/api/billing/status"] {
        assert_eq!(raw(&world, key, target).await, 200, "{target}");
    }
    for target in [
        "//v1/billing/status",
        "/v1//billing/status",
        "/v1/billing/status/",
        "/v1/./billing/status",
        "/v1/admin/../billing/status",
        "/v1/billing%2Fstatus",
        "/v1/billing%2fstatus",
        "/v1/%2e/billing/status",
        "/api/api/billing/status",
        "/api/v1/v1/billing/status",
        "/v1/api/billing/status",
        "/client/v1/billing/status",
        "/V1/billing/status",
        "/billing/status",
        "/v1/billing/status;x=1",
    ] {
        assert_eq!(raw(&world, key, target).await, 404, "{target}");
    }
}

#[actix_web::test]
async fn a_method_that_is_not_served_says_which_are() {
    let world = World::new().await;
    let answer = world.ask("PATCH", "/api/billing/account/plan").send().await;
    let allowed: Vec<_> = answer.header("allow").split(", ").map(str::to_owned).collect();
    assert!(allowed.contains(&"GET".to_owned()) && allowed.contains(&"PUT".to_owned()));
    answer.problem(405, "method_not_allowed");
    world.ask("GET", "/v1/nowhere").send().await.problem(404, "not_found");
}
