//! `daybook database`

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::{Child, Command};

use crate::cli::DatabaseCommand;
use crate::config::{Config, Database};
use crate::installation::{self, Bare};
use crate::out;
use crate::serve::Signals;

/// Does what was typed after `database`.
pub(super) async fn run(config: &Config, command: DatabaseCommand) -> anyhow::Result<ExitCode> {
    match command {
        DatabaseCommand::Version => {
            out::line(schema::latest_version())?;
            Ok(ExitCode::SUCCESS)
        }
        DatabaseCommand::Exec { program } => exec(config, &program).await,
    }
}

/// Runs a program beside the private PostgreSQL, which stops after it unless somebody else uses
/// it.
async fn exec(config: &Config, program: &[OsString]) -> anyhow::Result<ExitCode> {
    let Database::Embedded = config.database else {
        bail!("this is for the private PostgreSQL: for another one, set PGHOST and so on yourself");
    };
    let Some((name, arguments)) = program.split_first() else { bail!("which program?") };
    let mut signals = Signals::listen()?;
    let bare = installation::bare(&config.data).await?;
    let ended = match start(&bare, name, arguments) {
        Ok(child) => wait(child, &mut signals).await,
        Err(error) => Err(error),
    };
    bare.cluster.stop().await.context("cannot stop the private PostgreSQL")?;
    ended
}

fn start(bare: &Bare, name: &OsStr, arguments: &[OsString]) -> anyhow::Result<Child> {
    let at = bare.cluster.connection();
    let mut command = Command::new(name);
    command
        .args(arguments)
        .env("PGHOST", &at.socket_dir)
        .env("PGPORT", at.port.to_string())
        .env("PGUSER", &at.user)
        .env("PGPASSWORD", &at.password)
        .env("PGDATABASE", &bare.database)
        .env("PATH", path(bare.cluster.programs()));
    command.spawn().with_context(|| format!("cannot run {}", Path::new(name).display()))
}

/// The server's own programs first: `pg_dump` must be as new as the server.
#[expect(clippy::disallowed_methods, reason = "the program's search path, passed on")]
fn path(programs: &Path) -> OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let mut path = programs.as_os_str().to_owned();
    if !rest.is_empty() {
        path.push(":");
        path.push(rest);
    }
    path
}

/// A signal is passed on; the program decides what it means.
async fn wait(mut child: Child, signals: &mut Signals) -> anyhow::Result<ExitCode> {
    loop {
        tokio::select! {
            ended = child.wait() => {
                let code = ended.context("cannot wait for the program")?.code().unwrap_or(1);
                return Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)));
            }
            _ = signals.next() => {
                if let Some(id) = child.id().and_then(|id| i32::try_from(id).ok()) {
                    // It may have ended in this moment.
                    let _gone = kill(Pid::from_raw(id), Signal::SIGTERM);
                }
            }
        }
    }
}
