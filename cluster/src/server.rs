//! Initialising, starting and stopping the server with PostgreSQL's own programs.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::account::Account;
use crate::binaries::Binaries;
use crate::folder::{DataFolder, Home};
use crate::identity::Identity;
use crate::settings::{self, Wanted};
use crate::{ClusterError, ClusterOptions};

/// Crash recovery replays at most `max_wal_size`; this is ample for it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(300);

/// A log larger than this is set aside at the next start, in bytes.
const LOG_LIMIT: u64 = 16 * 1024 * 1024;

/// Everything that is known about a cluster before it runs.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) account: Account,
    pub(crate) binaries: Binaries,
    pub(crate) home: Home,
}

impl Server {
    /// Finds the programs and the home; initialises new data when there are none.
    ///
    /// # Errors
    /// Any of [`ClusterError`] but those of connecting.
    pub(crate) fn prepare(
        folder: &DataFolder,
        options: &ClusterOptions,
    ) -> Result<Self, ClusterError> {
        let existing = folder.existing_home()?;
        let account = Account::choose(existing.as_ref().map(Home::path))?;
        let home = match existing {
            Some(home) => home,
            None => {
                Binaries::find(folder.path(), None)?;
                folder.new_home(account)?
            }
        };
        let version = fs::read_to_string(home.data().join("PG_VERSION")).ok();
        if version.is_none() && home.data().exists() {
            return Err(ClusterError::foreign(&home.data(), "it is not a PostgreSQL data folder"));
        }
        let binaries = Binaries::find(&home.data(), version.as_deref().map(str::trim))?;
        let server = Self { account, binaries, home };
        match version {
            Some(_) => {
                let saved = Identity::check(&server.home, folder)?;
                if saved.data_folder != folder.path() {
                    let moved = Identity { data_folder: folder.path().to_path_buf(), ..saved };
                    moved.save(&server.home, account)?;
                }
            }
            None => server.initialise(folder, options)?,
        }
        Ok(server)
    }

    /// Runs `initdb` beside the final place and moves the result there when it is whole, so that
    /// a start that was killed halfway leaves nothing that looks like a cluster.
    fn initialise(
        &self,
        folder: &DataFolder,
        options: &ClusterOptions,
    ) -> Result<(), ClusterError> {
        // Again, for the sake of a start that was killed before it had handed the folder over.
        self.account.make_private_folder(self.home.path())?;
        let draft = self.home.file("data.new");
        if draft.exists() {
            fs::remove_dir_all(&draft).map_err(ClusterError::file("remove", &draft))?;
        }
        let password = self.home.file("password");
        self.account.write_private(&password, &format!("{}\n", new_password()))?;
        let mut initdb = self.command("initdb");
        initdb
            .arg("--pgdata")
            .arg(&draft)
            .args(["--username", &options.superuser])
            .arg("--pwfile")
            .arg(&password)
            .args(["--auth-local=scram-sha-256", "--auth-host=scram-sha-256"])
            .args(["--data-checksums", "--encoding=UTF8"])
            // Byte order for sorting, so that no library update can break an index; Unicode for
            // upper and lower case.
            .args(["--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C"]);
        if !options.durable {
            initdb.arg("--no-sync");
        }
        run(&mut initdb, "initdb")?;
        let main = draft.join("postgresql.conf");
        fs::OpenOptions::new()
            .append(true)
            .open(&main)
            .and_then(|mut file| {
                file.write_all(b"\ninclude 'daybook.conf'\n")?;
                file.sync_all()
            })
            .map_err(ClusterError::file("write", &main))?;
        Identity::of(&draft, folder)?.save(&self.home, self.account)?;
        let data = self.home.data();
        fs::rename(&draft, &data).map_err(ClusterError::file("put in place", &data))?;
        File::open(self.home.path())
            .and_then(|home| home.sync_all())
            .map_err(ClusterError::file("sync", self.home.path()))
    }

    /// Writes the settings and starts the server; answers the socket's folder.
    ///
    /// # Errors
    /// [`ClusterError::Program`] with the end of the server's log when it does not come up.
    pub(crate) fn start(&self, options: &ClusterOptions) -> Result<PathBuf, ClusterError> {
        let socket_dir = self.home.make_socket_folder(self.account)?;
        let memory_mib = settings::memory_mib();
        let extra = &options.settings;
        let wanted =
            Wanted { durable: options.durable, memory_mib, socket_dir: &socket_dir, extra };
        let file = self.home.data().join("daybook.conf");
        self.account.write_private(&file, &wanted.to_text()?)?;
        let log = self.home.file("postgres.log");
        set_aside(&log);
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let before = fs::metadata(&log).map_or(0, |meta| meta.len());
            let Err(error) = run(self.pg_ctl("start").arg("--log").arg(&log), "pg_ctl start")
            else {
                return Ok(socket_dir);
            };
            let said = tail(&log, before);
            // After the kill of a server its children need a moment to notice and leave.
            let leaving = said.contains("still in use") || said.contains("already exists");
            if !leaving || Instant::now() > deadline {
                let ClusterError::Program { program, output } = error else { return Err(error) };
                let output = if said.is_empty() { output } else { said };
                return Err(ClusterError::Program { program, output });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops the server: sessions are ended, a checkpoint is written, nothing is left to recover.
    ///
    /// # Errors
    /// [`ClusterError::Program`] when it does not stop.
    pub(crate) fn stop(&self) -> Result<(), ClusterError> {
        run(self.pg_ctl("stop").args(["--mode", "fast"]), "pg_ctl stop")?;
        self.home.remove_far_socket_folder();
        Ok(())
    }

    fn pg_ctl(&self, what: &str) -> Command {
        let mut command = self.command("pg_ctl");
        command.arg(what).arg("--pgdata").arg(self.home.data()).arg("--wait");
        command.args(["--timeout", &PATIENCE.as_secs().to_string()]);
        command
    }

    fn command(&self, program: &str) -> Command {
        self.account.command(&self.binaries.program(program), self.home.path())
    }
}

/// Runs a program to its end; its own words become the error.
fn run(command: &mut Command, program: &'static str) -> Result<(), ClusterError> {
    let path = Path::new(command.get_program()).to_path_buf();
    let Output { status, stdout, stderr } =
        command.output().map_err(ClusterError::file("run", &path))?;
    if status.success() {
        return Ok(());
    }
    let said = [String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)].concat();
    Err(ClusterError::Program { program, output: last_lines(&said) })
}

/// 192 random bits in hexadecimal.
fn new_password() -> String {
    let bits: [u64; 3] = rand::random();
    bits.iter().map(|word| format!("{word:016x}")).collect()
}

/// Keeps one earlier log. Not being able to is no reason to stay down.
fn set_aside(log: &Path) {
    if fs::metadata(log).is_ok_and(|meta| meta.len() > LOG_LIMIT) {
        let _kept = fs::rename(log, log.with_extension("log.1"));
    }
    if let Ok(meta) = fs::metadata(log) {
        let mut mode = meta.permissions();
        mode.set_mode(0o600);
        let _kept = fs::set_permissions(log, mode);
    }
}

/// What was written to the log since `from`, its last lines.
fn tail(log: &Path, from: u64) -> String {
    let mut text = Vec::new();
    let read = File::open(log).and_then(|mut file| {
        file.seek(SeekFrom::Start(from))?;
        file.read_to_end(&mut text)
    });
    match read {
        Ok(_) => last_lines(&String::from_utf8_lossy(&text)),
        Err(_) => String::new(),
    }
}

/// The end of a long text, where programs say what went wrong.
fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
