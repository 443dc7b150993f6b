//! A data folder of a test's own, and the program run on it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// 32 bytes, the same in every test that asks for it.
pub(crate) const KEY: &str = "5c1f6a0e9b7d42c8a3e1f00d5eedcafe5c1f6a0e9b7d42c8a3e1f00d5eedcafe";

/// A data folder; whatever still runs in it at the end is stopped.
pub(crate) struct Home {
    root: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        // Others may pass through, so that PostgreSQL's own account can get in.
        let root = tempfile::Builder::new()
            .prefix("daybook-it-")
            .permissions(fs::Permissions::from_mode(0o711))
            .tempdir_in("/tmp")
            .unwrap();
        Self { root }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The program with this folder and nothing of the caller's settings.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare(arguments);
        command.env("DAYBOOK_DATA", self.data()).env("DAYBOOK_LISTEN", "127.0.0.1:0");
        command
    }

    /// Runs to the end and demands success.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs to the end: exit code, and everything it said.
    pub(crate) fn attempt(&self, arguments: &[&str]) -> (i32, String) {
        attempt(&mut self.command(arguments))
    }

    /// Creates an org and answers its id.
    pub(crate) fn create_org(&self) -> String {
        let created = self.run(&[
            "org",
            "create",
            "--name",
            "Test Clinic",
            "--time-zone",
            "America/Toronto",
            "--currency",
            "CAD",
        ]);
        assert!(created.contains("owner_key dbk_"), "{created}");
        word_after(&created, "org_id")
    }

    pub(crate) fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// Serves with these settings.
    pub(crate) fn serve_with(&self, settings: &[(&str, &str)]) -> Server {
        let log = self.file("serve.log");
        let child = self
            .command(&["serve"])
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut server = Server { child, url: String::new() };
        wait_until("it serves", || {
            let text = fs::read_to_string(&log).unwrap();
            let ended = server.child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended with {ended:?}: {text}");
            server.url = url_in(&text).unwrap_or_default();
            !server.url.is_empty()
        });
        server
    }

    /// The private PostgreSQL's process, if it runs.
    pub(crate) fn postmaster(&self) -> Option<i32> {
        let text = fs::read_to_string(self.data().join("cluster/data/postmaster.pid")).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        is_running(pid).then_some(pid)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Some(pid) = self.postmaster() {
            let _gone = kill(Pid::from_raw(pid), Signal::SIGQUIT);
            wait_until("PostgreSQL has left", || !is_running(pid));
        }
    }
}

/// A running `daybook serve`.
pub(crate) struct Server {
    child: Child,
    /// Where it answers.
    pub(crate) url: String,
}

impl Server {
    /// Status line of a GET.
    pub(crate) fn get(&self, path: &str) -> String {
        self.ask("GET", path, "").lines().next().unwrap_or_default().to_owned()
    }

    /// Body of an answer to the holder of a key, who must be answered well.
    pub(crate) fn answer(&self, method: &str, path: &str, key: &str, body: &str) -> String {
        let length = body.len();
        // The same request again is the same command.
        let mark = body.bytes().fold(7_u64, |mark, byte| mark.wrapping_mul(31) ^ u64::from(byte));
        let rest = format!(
            "Authorization: Bearer {key}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nIdempotency-Key: {path}:{mark}\r\n"
        );
        let answer = self.ask(method, path, &format!("{rest}\r\n{body}"));
        assert!(answer.starts_with("HTTP/1.1 20"), "{method} {path}: {answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// A whole answer. What is given is the rest of the request: headers, a blank line, a body.
    pub(crate) fn ask(&self, method: &str, path: &str, rest: &str) -> String {
        let address = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let rest = if rest.is_empty() { "\r\n" } else { rest };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{rest}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.child.id()).unwrap()), signal).unwrap();
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        let mut status = None;
        wait_until("the server has ended", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }
}

/// The program with nothing but where to find PostgreSQL.
pub(crate) fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    #[expect(clippy::disallowed_methods, reason = "the search path for PostgreSQL's programs")]
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

pub(crate) fn attempt(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    (output.status.code().unwrap(), said(&output))
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    [String::from_utf8_lossy(out), String::from_utf8_lossy(err)].concat()
}

/// The word that follows another one.
pub(crate) fn word_after(text: &str, word: &str) -> String {
    let mut words = text.split_whitespace().skip_while(|found| *found != word);
    words.nth(1).unwrap_or_else(|| panic!("no {word} in {text}")).to_owned()
}

fn url_in(log: &str) -> Option<String> {
    let line = log.lines().find(|line| line.contains("\"serving\""))?;
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(value["url"].as_str()?.to_owned())
}

/// Running, and not merely waiting for its parent to notice that it ended.
pub(crate) fn is_running(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

/// Polls, because what we wait for is another process.
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

/// The same, where looking takes a while.
pub(crate) async fn wait_until_async(what: &str, mut done: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done().await {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        tokio::task::yield_now().await;
    }
}

pub(crate) fn lines_of(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap().lines().map(ToOwned::to_owned).collect()
}
