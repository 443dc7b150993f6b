//! The OpenAPI document and the page.

use api::roles::{Kind, RULES};

use crate::support::World;

#[actix_web::test]
async fn the_document_names_every_route_its_parameters_and_its_problems() {
    let world = World::new().await;
    let document = world.ask("GET", "/v1/openapi.json").send().await.ok(200);
    assert_eq!(document["openapi"], "3.1.0");
    for rule in RULES {
        let operation = &document["paths"][rule.pattern][rule.method.to_lowercase()];
        assert!(operation.is_object(), "{} {} is missing", rule.method, rule.pattern);
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let has = |name: &str, place: &str| {
            let found = parameters
                .iter()
                .filter(|parameter| parameter["name"] == name && parameter["in"] == place);
            assert_eq!(found.count(), 1, "{} {}: {name}", rule.method, rule.pattern);
        };
        for part in rule.pattern.split('{').skip(1) {
            has(part.split('}').next().unwrap(), "path");
        }
        match rule.kind {
            Kind::Query => has("Daybook-Min-Position", "header"),
            Kind::Command | Kind::KeyedCommand => {
                has("Idempotency-Key", "header");
                has("If-Match", "header");
                has("dry_run", "query");
            }
            Kind::Read | Kind::Management | Kind::Webhook | Kind::Feed | Kind::Stream => {}
        }
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{}", rule.pattern);
        assert!(responses.contains_key("500"), "{}", rule.pattern);
        assert!(operation["summary"].is_string(), "{} has no sentence", rule.pattern);
    }
    let served: usize = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(|item| item.as_object().unwrap().len())
        .sum();
    assert_eq!(served, RULES.len());
}

#[actix_web::test]
async fn every_reference_of_the_document_leads_somewhere() {
    let world = World::new().await;
    let answer = world.ask("GET", "/v1/openapi.json").send().await;
    let document = answer.json();
    for part in answer.text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
    assert!(document["components"]["schemas"]["Problem"]["properties"]["code"].is_object());
    assert!(document["components"]["securitySchemes"]["api_key"].is_object());
}

#[actix_web::test]
async fn the_page_and_its_assets_come_out_of_the_binary() {
    let world = World::new().await;
    let page = world.ask("GET", "/v1/docs").send().await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.header("content-security-policy").contains("'self'"));
    let assets = page.text.split("=\"/v1/docs/").skip(1).map(|part| part.split('"').next());
    let assets: Vec<_> = assets.flatten().collect();
    assert!(assets.len() >= 4);
    for asset in assets {
        let answer = world.ask("GET", &format!("/v1/docs/{asset}")).stream().await;
        assert_eq!(answer.status().as_u16(), 200, "{asset}");
    }
    world.ask("GET", "/v1/docs/no-such-file.js").send().await.problem(404, "not_found");
    for typed in ["/v1/docs/", "/api/v1/docs/", "/api/docs/"] {
        let moved = world.ask("GET", typed).send().await;
        assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/v1/docs"), "{typed}");
        world.ask("POST", typed).send().await.problem(404, "not_found");
    }
    // No other path has a second spelling.
    world.ask("GET", "/v1/openapi.json/").send().await.problem(404, "not_found");
    assert!(!page.text.contains("http"), "nothing is fetched from elsewhere");
}
