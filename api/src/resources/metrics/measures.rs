//! What is measured of every request. Labels are route patterns: a path may hold an id.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};

use super::reading::Reading;

/// Seconds; from a cached read to the request timeout.
const BUCKETS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Counters of this process.
pub(crate) struct Metrics {
    registry: Registry,
    latency: HistogramVec,
    failures: IntCounterVec,
}

impl Default for Metrics {
    fn default() -> Self {
        let latency = HistogramOpts::new(
            "http_request_duration_seconds",
            "How long requests took, by route and status.",
        )
        .buckets(BUCKETS.to_vec());
        let labels = ["method", "route", "status"];
        let latency = HistogramVec::new(latency, &labels).expect("the options are constant");
        let failures =
            Opts::new("http_requests_failed_total", "Requests answered with a 5xx, by route.");
        let failures =
            IntCounterVec::new(failures, &["method", "route"]).expect("the options are constant");
        // A rate needs a first figure: without it the first failure of all would not be seen.
        failures.with_label_values(&["GET", "/readyz"]);
        let registry = Registry::new();
        for collector in [
            Box::new(latency.clone()) as Box<dyn prometheus::core::Collector>,
            Box::new(failures.clone()),
        ] {
            registry.register(collector).expect("each is registered once");
        }
        Self { registry, latency, failures }
    }
}

impl Metrics {
    /// Counts a request.
    pub(crate) fn observe(&self, method: &str, route: &str, status: StatusCode, took: Duration) {
        let labels = [method, route, status.as_str()];
        self.latency.with_label_values(&labels).observe(took.as_secs_f64());
        if status.is_server_error() {
            self.failures.with_label_values(&[method, route]).inc();
        }
    }

    /// Everything in Prometheus's text format, with figures read just now.
    pub(crate) fn render(&self, now: &[Reading]) -> Result<String, prometheus::Error> {
        let fresh = Registry::new();
        let mut families = self.registry.gather();
        for reading in now {
            reading.register(&fresh, &mut families)?;
        }
        families.extend(fresh.gather());
        TextEncoder::new().encode_to_string(&families)
    }
}

/// Methods that nobody serves share a label: labels must not grow with what strangers send.
pub(crate) fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "PATCH" => "PATCH",
        "HEAD" => "HEAD",
        _ => "other",
    }
}
