//! Health, readiness, metrics.

use crate::support::{METRICS, World};

#[actix_web::test]
async fn a_healthy_service_is_alive_and_ready() {
    let world = World::new().await;
    assert_eq!(world.ask("GET", "/healthz").send().await.ok(200)["status"], "ok");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let ready = world.ask("GET", "/readyz").send().await;
        if ready.status.is_success() {
            break;
        }
        assert!(std::time::Instant::now() < deadline, "{}", ready.text);
    }
}

#[actix_web::test]
async fn metrics_tell_of_routes_and_never_of_paths() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let path = "/api/v1/billing/patients/a-name-nobody-may-read/activate";
    world.post(&tenant, path, serde_json::json!({})).send().await.ok(200);
    world.ask("GET", "/nowhere/a-name-nobody-may-read").send().await;
    world.ask("GET", "/v1/metrics").send().await.problem(401, "unauthorized");
    let ask = world.ask("GET", "/v1/metrics").header("authorization", format!("Bearer {METRICS}"));
    let metrics = ask.send().await;
    assert!(metrics.header("content-type").starts_with("text/plain"));
    let text = metrics.text;
    assert!(text.contains("route=\"/v1/billing/patients/{patient_id}/activate\""), "{text}");
    assert!(text.contains("route=\"unmatched\""));
    assert!(text.contains("daybook_writer_events_total"));
    assert!(text.contains("daybook_projection_events_behind"));
    assert!(!text.contains("a-name-nobody-may-read"));
}
