//! Backups: what was written comes back whole, and nobody who was erased comes back with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::support::{Home, Server, attempt, word_after};

const PATIENT: &str = "chart-77";
const NAME: &str = "Hildegard Unverwechselbar";

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy").join(name)
}

/// A script beside the private PostgreSQL of a home.
fn beside(home: &Home, name: &str, file: &Path) -> Command {
    let script = script(name);
    let (script, file) = (script.to_str().unwrap(), file.to_str().unwrap());
    let mut command = home.command(&["database", "exec", "--", script, file]);
    command.env("DAYBOOK", env!("CARGO_BIN_EXE_daybook"));
    command
}

fn drill(home: &Home, arguments: &[&Path], folder: &Path) -> Command {
    let mut command = Command::new(script("drill.sh"));
    command.args(arguments).env_clear();
    #[expect(clippy::disallowed_methods, reason = "the search path for PostgreSQL's programs")]
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
        .env("DAYBOOK", env!("CARGO_BIN_EXE_daybook"))
        .env("DAYBOOK_DATA", home.data())
        .env("DRILL_FOLDER", folder);
    command
}

fn read(server: &Server, path: &str, key: &str) -> Value {
    serde_json::from_str(&server.answer("GET", path, key, "")).unwrap()
}

#[test]
fn the_drill_brings_the_books_back_and_nobody_who_was_erased_since_the_backup() {
    let home = Home::new();
    let org = home.create_org();
    let made = home.run(&["key", "create", "--org", &org, "--role", "owner", "--label", "books"]);
    let key = word_after(&made, "key");
    let patient = format!("/v1/billing/patients/{PATIENT}");
    let server = home.serve();
    let body = format!("{{\"name\":\"{NAME}\"}}");
    server.answer("POST", &format!("{patient}/activate"), &key, &body);
    server.answer("POST", "/v1/billing/charges/one-off", &key, "{\"amount\":\"80.00\"}");
    assert_eq!(read(&server, &patient, &key)["name"], NAME);

    // The backup is taken while the service runs, with the heads of that moment beside it.
    let backup = home.file("books.dump");
    let (_, heads) = home.attempt(&["verify"]);
    fs::write(home.file("books.dump.heads"), heads).unwrap();
    let (code, said) = attempt(&mut beside(&home, "backup.sh", &backup));
    assert_eq!(code, 0, "{said}");
    let (code, said) = attempt(&mut beside(&home, "backup.sh", &backup));
    assert!(code == 1 && said.contains("exists already"), "{said}");
    home.run(&["erase", "--org", &org, "--patient", PATIENT, "--reason", "request"]);
    drop(server);

    let other = Home::new();
    let (code, said) = attempt(&mut drill(&home, &[&backup], &other.file("")));
    assert_eq!(code, 0, "{said}");
    for words in [
        "1 erasures listed, 1 erased again",
        "as your head says up to position",
        "with the live ones, 0 differences",
        "drill: passed",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }

    let server = other.serve();
    let seen = read(&server, &patient, &key);
    assert_eq!((&seen["name"], &seen["is_active_for_billing"]), (&Value::Null, &Value::Bool(true)));
    let (code, said) = attempt(&mut beside(&other, "restore.sh", &backup));
    assert!(code == 1 && said.contains("the database is not empty"), "{said}");
}

#[test]
fn a_restore_refuses_what_is_damaged_too_new_or_makes_a_database_of_its_own() {
    let home = Home::new();
    let history = |version: i32| {
        format!(
            "COPY public.refinery_schema_history (version, name) FROM stdin;\n{version}\tx\n\\.\n"
        )
    };
    let cases = [
        ("damaged", history(1), "is not as it was written"),
        ("newer", history(999_999), "this program knows"),
        ("empty", String::new(), "holds no schema of Daybook"),
        ("made", format!("CREATE DATABASE x;\n{}", history(1)), "ALLOW_CREATE_IN_DUMP=1"),
    ];
    for (name, text, words) in cases {
        let file = home.file(name);
        fs::write(&file, text).unwrap();
        if name == "damaged" {
            fs::write(home.file("damaged.sha256"), "0000\n").unwrap();
        }
        let (code, said) = attempt(&mut beside(&home, "restore.sh", &file));
        assert!(code == 1 && said.contains(words), "{name}: {said}");
    }
    assert_eq!(home.postmaster(), None);
}
