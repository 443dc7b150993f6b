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

#[actix_web::test]
async fn figures_of_the_writer_move_with_every_command() {
    let world = World::new().await;
    let tenant = world.tenant().await;
    let before = figures(&world).await;
    for patient in ["a", "b"] {
        let path = format!("/v1/billing/patients/{patient}/activate");
        world.post(&tenant, &path, serde_json::json!({})).send().await.ok(200);
    }
    let after = figures(&world).await;
    for name in [
        "daybook_writer_commands_total",
        "daybook_writer_events_total",
        "daybook_writer_batches_total",
        "daybook_writer_loads_total",
        "daybook_writer_commit_seconds_total",
        "daybook_writer_commit_seconds_count",
        "daybook_writer_commit_seconds_sum",
        "daybook_writer_commit_seconds_bucket{le=\"+Inf\"}",
        "daybook_writer_batch_commands_count",
        "daybook_writer_batch_commands_sum",
        "daybook_writer_cache_bytes",
    ] {
        assert!(after[name] > before[name], "{name}: {} and {}", before[name], after[name]);
    }
    for name in [
        "daybook_writer_queue_depth",
        "daybook_writer_cas_misses_total",
        "daybook_projection_oldest_unprocessed_seconds",
        "daybook_projection_parked",
        "daybook_policy_failures",
        "daybook_outbox_waiting",
        "daybook_outbox_oldest_waiting_seconds",
        "daybook_seal_lag_events",
        "daybook_seal_lag_orgs",
        "daybook_seal_lag_seconds",
    ] {
        assert!(after.contains_key(name), "{name} in {after:?}");
    }
    assert!(after["daybook_seal_lag_events"] > before["daybook_seal_lag_events"], "nobody signs");
}

/// Every figure without a label but a bound, by name.
async fn figures(world: &World) -> std::collections::BTreeMap<String, f64> {
    let ask = world.ask("GET", "/v1/metrics").header("authorization", format!("Bearer {METRICS}"));
    let text = ask.send().await.text;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, figure)| (name.to_owned(), figure.parse().unwrap()))
        .collect()
}
