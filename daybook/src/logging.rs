//! Log lines: for people on a terminal, for machines elsewhere. They go to standard error, so that
//! standard output holds answers only.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat, colours_wanted};

/// What libraries say of their own doing is for those who ask for it by name.
const QUIET: &str = "actix_server=warn,deadpool=error,refinery_core=warn,tokio_postgres=warn";

/// Begins logging. A second call changes nothing.
pub fn start(config: &Config) {
    let terminal = std::io::stderr().is_terminal();
    let json = match config.log_format {
        LogFormat::Auto => !terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    let wanted = format!("{QUIET},{}", config.log);
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(terminal && colours_wanted());
    let started = if json {
        builder.json().flatten_event(true).try_init()
    } else {
        builder.with_target(false).try_init()
    };
    // Only tests call this more than once in a process.
    let _already = started;
}
