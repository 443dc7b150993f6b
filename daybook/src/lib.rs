//! THE PROGRAM: the only crate that knows all the others, and that nobody knows.
//!
//! - `config/`: the settings, from the environment. `installation/`: database, roles, master key.
//! - `cli/`: what can be typed. `commands/`: one file per word of it.
//! - `serve/`: everything together, started in order and stopped in the other.
//! - `telling/`: traces, told to a collector. `logging.rs`: lines, told to people and machines.
//! - `jobs/`: what happens by itself. `demo/`: an invented history.
//! - `import/`: coming from elsewhere. `log_file/`: an org's log as a file. `bundle/`: what
//!   one thing is made of, as a file. `verify/`: proving a file or the live database.
//!
//! To add a command: a variant in `cli/command.rs` and a file in `commands/`; the compiler asks for the
//! line between them. To add a job: a file in `jobs/` and a line in `jobs/name.rs`.

pub mod checkpoint;
pub mod cli;
pub mod commands;
pub mod config;
pub mod demo;
pub mod import;
#[doc(hidden)]
pub mod inputs;
pub mod installation;
pub mod jobs;
pub mod log_file;
pub mod logging;
pub mod out;
pub mod progress;
pub mod serve;
pub mod telling;
pub mod verify;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use config::{Config, Environment};

/// It did not work.
pub const FAILED: u8 = 1;
/// Wrong usage; 2 would be what clap says, and `verify` needs that one.
pub const USAGE: u8 = 64;

/// Runs the program as it was started.
pub fn run() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // Nothing can be done about a closed terminal.
            let _printed = error.print();
            return if help { ExitCode::SUCCESS } else { ExitCode::from(USAGE) };
        }
    };
    let environment = Environment::of_this_process();
    if matches!(cli.command, cli::Command::CheckConfig) {
        return commands::check_config::run(&environment);
    }
    let config = match Config::read(&environment) {
        Ok((config, _)) => config,
        Err(problems) => {
            complain(&problems);
            return ExitCode::from(FAILED);
        }
    };
    let teller = match logging::start(&config) {
        Ok(teller) => teller,
        Err(error) => {
            complain(&format!("{error:#}"));
            return ExitCode::from(FAILED);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&format!("cannot start: {error}"));
            return ExitCode::from(FAILED);
        }
    };
    let ended = runtime.block_on(async {
        let telling = teller.map(telling::Teller::start);
        let ended = commands::run(cli.command, config).await;
        if let Some(telling) = telling {
            telling.stop().await;
        }
        ended
    });
    match ended {
        Ok(code) => code,
        Err(error) if went_away(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<commands::Interrupted>() => {
            // Work that only a thread can do is not waited for.
            runtime.shutdown_background();
            interrupted(&error)
        }
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Says so, and answers as a shell expects.
fn interrupted(error: &anyhow::Error) -> ExitCode {
    complain(error);
    let code = error.downcast_ref::<commands::Interrupted>().map(|signal| signal.code());
    ExitCode::from(code.unwrap_or(FAILED))
}

/// Whether the reader of our output left, as `| head` does.
fn went_away(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Says on standard error what is wrong.
fn complain(what: &impl std::fmt::Display) {
    use std::io::Write;
    // Nothing can be done about a closed terminal.
    let _said = writeln!(std::io::stderr().lock(), "daybook: {what}");
}
