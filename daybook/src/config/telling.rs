//! To whom traces are told, in OpenTelemetry's own words.

use std::time::Duration;

use adapters::otlp::{BadCollector, Collector, CollectorAddress, Headers};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::reader::Reader;
use super::words::AppEnv;

/// What a trace's last seven bytes can be.
const IDS: u64 = 1 << 56;

/// To whom traces are told.
#[derive(Clone)]
pub struct Telling {
    /// Under which name.
    pub service: String,
    /// Below it, a trace is told: its last seven bytes, as a number.
    pub threshold: u64,
    timeout: Duration,
    headers: Headers,
    collector: Option<CollectorAddress>,
}

impl std::fmt::Debug for Telling {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Telling")
            .field("collector", &self.collector)
            .finish_non_exhaustive()
    }
}

/// Reads the settings of traces.
pub(super) fn read(read: &mut Reader<'_>, app_env: AppEnv) -> Telling {
    let url: Option<String> = read.optional("OTEL_EXPORTER_OTLP_ENDPOINT", "a URL");
    let mut collector = None;
    match url.as_deref().map(CollectorAddress::read) {
        Some(Ok(good)) => collector = Some(good),
        Some(Err(error)) => read.problem("OTEL_EXPORTER_OTLP_ENDPOINT", error.to_string()),
        None => {}
    }
    let spoken = "http/protobuf".to_owned();
    if read.value("OTEL_EXPORTER_OTLP_PROTOCOL", spoken.clone(), "a protocol") != spoken {
        read.problem("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf is expected");
    }
    let headers = headers(read, app_env, collector.as_ref());
    let timeout = read.number("OTEL_EXPORTER_OTLP_TIMEOUT", 10_000, 100..=60_000);
    let service = read.value("OTEL_SERVICE_NAME", "daybook".to_owned(), "a name");
    let threshold = threshold(read);
    if read.switch("OTEL_SDK_DISABLED", false) {
        collector = None;
    }
    Telling { service, threshold, timeout: Duration::from_millis(timeout), headers, collector }
}

fn headers(
    read: &mut Reader<'_>,
    app_env: AppEnv,
    collector: Option<&CollectorAddress>,
) -> Headers {
    let name = "OTEL_EXPORTER_OTLP_HEADERS";
    let Some(text) = read.secret(name) else { return Headers::default() };
    if app_env == AppEnv::Prod && collector.is_some_and(CollectorAddress::is_open) {
        read.problem(name, "prod sends them to an https endpoint or to this machine only");
    }
    Headers::read(text.reveal()).unwrap_or_else(|error: BadCollector| {
        read.problem(name, error.to_string());
        Headers::default()
    })
}

fn threshold(read: &mut Reader<'_>) -> u64 {
    let (name, expected) = ("OTEL_TRACES_SAMPLER_ARG", "a share from 0 to 1");
    let share = read.value(name, Decimal::ONE, expected);
    if !(Decimal::ZERO..=Decimal::ONE).contains(&share) {
        read.problem(name, format!("{expected} is expected"));
    }
    (share * Decimal::from(IDS)).to_u64().unwrap_or(IDS)
}

impl Telling {
    /// Who listens, if anybody does.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn collector(&self) -> anyhow::Result<Option<Collector>> {
        let Some(address) = self.collector.clone() else { return Ok(None) };
        let collector = Collector::new(address, self.headers.clone(), self.timeout);
        let collector = collector.map_err(|error| anyhow::anyhow!("OTLP: {error}"))?;
        Ok(Some(collector))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Environment};

    fn read<const N: usize>(pairs: [(&str, &str); N]) -> Result<Config, String> {
        Config::read(&Environment::of(pairs))
            .map(|(config, _)| config)
            .map_err(|problems| problems.to_string())
    }

    #[test]
    fn traces_are_told_to_nobody_unless_somebody_is_named() {
        assert!(read([]).unwrap().telling.collector().unwrap().is_none());
        let named = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        assert!(read([named]).unwrap().telling.collector().unwrap().is_some());
        let off = read([named, ("OTEL_SDK_DISABLED", "true")]).unwrap();
        assert!(off.telling.collector().unwrap().is_none());
    }

    #[test]
    fn every_setting_is_checked_and_a_header_is_never_shown() {
        for (name, value) in [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "hush-hush"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1"),
            ("OTEL_TRACES_SAMPLER_ARG", "1.1"),
        ] {
            let problems = read([(name, value)]).unwrap_err();
            assert!(problems.contains(name) && !problems.contains("hush"), "{problems}");
        }
        let half = read([("OTEL_TRACES_SAMPLER_ARG", "0.5")]).unwrap();
        assert_eq!(half.telling.threshold, 1 << 55);
        let told = ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=hush-hush");
        let (config, shown) = Config::read(&Environment::of([told])).unwrap();
        assert!(!format!("{config:?} {shown:?}").contains("hush"));
    }

    #[test]
    fn production_sends_no_secret_in_the_clear() {
        let prod = ("APP_ENV", "prod");
        let key = ("CHECKPOINT_KEY_FILE", "/run/secrets/checkpoint.key");
        let headers = ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=hush-hush");
        let open = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        assert!(read([prod, key, headers, open]).unwrap_err().contains(headers.0));
        for near in ["http://127.0.0.1:4318", "https://collector:4318"] {
            read([prod, key, headers, (open.0, near)]).unwrap();
        }
        read([prod, key, open]).unwrap();
    }
}
