//! Log lines: for people on a terminal, for machines elsewhere. They go to standard error, so that
//! standard output holds answers only. Traces go to a collector, if one is configured.

use std::io::IsTerminal;

use adapters::otlp::Resource;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Registry, fmt};

use crate::config::{Config, LogFormat, colours_wanted};
use crate::telling::{self, Teller, teller};

/// What libraries say of their own doing is for those who ask for it by name; spans are not lines.
const QUIET: &str =
    "actix_server=warn,deadpool=error,refinery_core=warn,tokio_postgres=warn,daybook::trace=off";

type Boxed = Box<dyn Layer<Registry> + Send + Sync>;

/// Begins logging; answers who is to send traces, once there is a runtime. A second call changes
/// nothing.
///
/// # Errors
/// When TLS cannot be set up.
pub fn start(config: &Config) -> anyhow::Result<Option<Teller>> {
    let mut layers: Vec<Boxed> = vec![lines(config)];
    let mut sends = None;
    if let Some(collector) = config.telling.collector()? {
        let service = config.telling.service.clone();
        let version = env!("CARGO_PKG_VERSION");
        let (sender, teller) = teller(collector, Resource { service, version, instance: here() });
        let spans = Targets::new().with_target(ledger::traces::TARGET, LevelFilter::INFO);
        let layer = telling::Layer::new(sender, config.telling.threshold);
        layers.push(layer.with_filter(spans).boxed());
        sends = Some(teller);
    }
    // Only tests call this more than once in a process.
    let _already = tracing_subscriber::registry().with(layers).try_init();
    Ok(sends)
}

fn lines(config: &Config) -> Boxed {
    let terminal = std::io::stderr().is_terminal();
    let json = match config.log_format {
        LogFormat::Auto => !terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    let wanted = format!("{QUIET},{}", config.log);
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(terminal && colours_wanted());
    if json {
        lines.json().flatten_event(true).with_filter(filter).boxed()
    } else {
        lines.with_target(false).with_filter(filter).boxed()
    }
}

/// Which process of which machine.
fn here() -> String {
    let host = nix::unistd::gethostname().ok().and_then(|name| name.into_string().ok());
    format!("{}:{}", host.unwrap_or_else(|| "unknown".to_owned()), std::process::id())
}
