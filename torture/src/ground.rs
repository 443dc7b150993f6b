//! Where faults are made: a PostgreSQL of our own, databases on it, the program run on those.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use cluster::Connection;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

use crate::postgres::Postgres;

/// Opens `/v1/admin/orgs`.
pub(crate) const OPERATOR: &str = "torture-operator-token-of-forty-characters";
const MASTER_KEY: &str = "5c1f6a0e9b7d42c8a3e1f00d5eedcafe5c1f6a0e9b7d42c8a3e1f00d5eedcafe";

/// Longer than any one-shot command takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A folder of a run's own, removed at its end, and PostgreSQL in it.
#[derive(Debug)]
pub struct Ground {
    program: PathBuf,
    /// The server that is killed and brought back.
    pub postgres: Postgres,
    // Last, so that the server is gone before its folder.
    root: TempDir,
}

impl Ground {
    /// Starts a PostgreSQL for the program at `program`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn new(program: &Path, settings: &[(&str, &str)]) -> anyhow::Result<Self> {
        Self::in_folder(program, folder()?, settings).await
    }

    /// The same in a folder that was prepared; PostgreSQL comes into `postgres` in it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn in_folder(
        program: &Path,
        root: TempDir,
        settings: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let postgres = Postgres::start(&root.path().join("postgres"), settings).await?;
        Ok(Self { program: program.to_owned(), postgres, root })
    }

    /// Leaves everything where it is, to be looked at; answers where that is.
    pub fn keep(&mut self) -> &Path {
        self.root.disable_cleanup(true);
        self.root.path()
    }

    /// A file or folder beside the cluster.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// A database with the schema, and a data folder for the program.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn books(&self, name: &str) -> anyhow::Result<Books> {
        self.postgres.execute("postgres", &format!("create database {name}")).await?;
        let books = self.books_of(name)?;
        books.migrate().await?;
        Ok(books)
    }

    /// The same for a database that is there already, or is about to be.
    ///
    /// # Errors
    /// When the data folder cannot be made.
    pub fn books_of(&self, name: &str) -> anyhow::Result<Books> {
        let data = self.path(name);
        fs::create_dir_all(&data)?;
        Ok(Books {
            connection: self.postgres.connection().clone(),
            data,
            database: name.to_owned(),
            private: false,
            program: self.program.clone(),
        })
    }

    /// The installation whose data folder is this PostgreSQL's own: to the program it is its
    /// private one, which it adopts, migrates, and starts when it is gone.
    pub fn private_books(&self) -> Books {
        Books {
            connection: self.postgres.connection().clone(),
            data: self.path("postgres"),
            database: "daybook".to_owned(),
            private: true,
            program: self.program.clone(),
        }
    }

    /// A copy of a database that nobody uses, and of what lies in its data folder.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub async fn copy(&self, books: &Books, name: &str) -> anyhow::Result<Books> {
        let text = format!("create database {name} template {}", books.database);
        self.postgres.execute("postgres", &text).await?;
        let copy = self.books_of(name)?;
        self.copy_files(books, &copy)?;
        Ok(copy)
    }

    /// Keys and outgoing mail.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub fn copy_files(&self, from: &Books, to: &Books) -> anyhow::Result<()> {
        for part in ["outgoing", "keys"] {
            copy_folder(&from.data.join(part), &to.data.join(part))?;
        }
        Ok(())
    }
}

/// Others may pass through, so that PostgreSQL's own account can get in.
pub(crate) fn folder() -> anyhow::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("daybook-torture-").permissions(Permissions::from_mode(0o711));
    builder.tempdir_in("/tmp").context("cannot make a folder")
}

/// A folder with what is in it, if it is there.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// One installation: a database and a data folder.
#[derive(Debug, Clone)]
pub struct Books {
    connection: Connection,
    /// Where keys and outgoing mail lie.
    pub data: PathBuf,
    /// The database's name.
    pub database: String,
    /// Whether the program runs the server itself.
    private: bool,
    program: PathBuf,
}

/// What a one-shot command said, and its exit code.
#[derive(Debug, Clone)]
pub struct Said {
    /// −1 where a signal ended it.
    pub code: i32,
    /// Both outputs, one after the other.
    pub text: String,
}

impl Books {
    /// The program on this installation; through a proxy on this port, if one is named.
    pub fn command(&self, arguments: &[&str], through: Option<u16>) -> Command {
        let mut command = bare(&self.program);
        command.args(arguments);
        command
            .env("DAYBOOK_DATA", &self.data)
            .env("DAYBOOK_LISTEN", "127.0.0.1:0")
            .env("DAYBOOK_LOG_FORMAT", "json")
            .env("DAYBOOK_OPERATOR_TOKEN", OPERATOR)
            .env("DAYBOOK_QUIET_HOURS", "false")
            .env("ENCRYPTION_KEY", MASTER_KEY)
            .env("OUTBOX_BASE_BACKOFF_SECONDS", "1")
            .env("RATE_LIMIT_PER_MINUTE", "1000000");
        let roles: &[&str] = if self.private { &[] } else { &["app", "writer", "relay"] };
        for name in roles {
            let variable = format!("DAYBOOK_{}_DATABASE_URL", name.to_uppercase());
            command.env(variable, self.url(name, through));
        }
        command
    }

    /// Where a role connects.
    fn url(&self, role: &str, through: Option<u16>) -> String {
        let (user, database) = (format!("daybook_{role}"), &self.database);
        match through {
            Some(port) => format!("postgresql://{user}:{role}@127.0.0.1:{port}/{database}"),
            None => self.connection.as_role(user, role).url(database),
        }
    }

    /// The owner's address, for the scripts in `deploy/`.
    pub fn owner_url(&self) -> String {
        self.connection.url(&self.database)
    }

    /// Runs the program to its end.
    ///
    /// # Errors
    /// When it cannot be started or does not end.
    pub async fn run(&self, arguments: &[&str]) -> anyhow::Result<Said> {
        finish(self.command(arguments, None), arguments).await
    }

    /// A script of `deploy/` with the owner's address.
    ///
    /// # Errors
    /// When it cannot be started or does not end.
    pub async fn script(
        &self,
        script: &Path,
        programs: &Path,
        file: &Path,
    ) -> anyhow::Result<Said> {
        let mut command = bare(script);
        command.arg(file).env("DATABASE_URL", self.owner_url()).env("DAYBOOK", &self.program);
        let path = format!("{}:{}", programs.display(), search_path());
        command.env("PATH", path);
        finish(command, &["script"]).await
    }

    /// Applies the schema.
    ///
    /// # Errors
    /// When that fails.
    pub async fn migrate(&self) -> anyhow::Result<Said> {
        let mut command = bare(&self.program);
        command.arg("migrate").env("DATABASE_URL", self.owner_url());
        for role in ["app", "writer", "relay"] {
            command.env(format!("DAYBOOK_ROLE_PASSWORD_{}", role.to_uppercase()), role);
        }
        let said = finish(command, &["migrate"]).await?;
        if said.code != 0 {
            bail!("cannot migrate: {}", said.text);
        }
        Ok(said)
    }
}

async fn finish(mut command: Command, what: &[&str]) -> anyhow::Result<Said> {
    let output = timeout(PATIENCE, command.output()).await;
    let output = output.with_context(|| format!("{what:?} does not end"))??;
    let (out, err) = (&output.stdout, &output.stderr);
    let text = [String::from_utf8_lossy(out), String::from_utf8_lossy(err)].concat();
    Ok(Said { code: output.status.code().unwrap_or(-1), text })
}

/// With nothing of the caller's settings but where programs lie.
fn bare(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", search_path()).stdin(std::process::Stdio::null());
    command.kill_on_drop(true);
    command
}

#[expect(clippy::disallowed_methods, reason = "the search path for PostgreSQL's programs")]
fn search_path() -> String {
    std::env::var_os("PATH").unwrap_or_default().to_string_lossy().into_owned()
}
