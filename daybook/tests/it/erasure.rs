//! A person is erased, and nothing that is left knows their name; the books stay provable.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cluster::{Cluster, ClusterOptions};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use nix::sys::signal::Signal;
use serde_json::Value;

use super::support::{Home, Server, wait_until, word_after};

const NAME: &str = "Wilhelmina Quartzowsky-Ferrante";
const PATIENT: &str = "chart-8842-unmistakable";
/// Stands in every dump, log and file that events reach, so that a search that finds nothing has
/// looked in the right place.
const CONTROL: &str = "billing.patient_activation.activated";

#[test]
fn after_an_erasure_no_dump_file_or_log_line_knows_the_name_and_the_log_is_sound() {
    let home = Home::new();
    let org = home.create_org();
    let mut server = home.serve();
    let (owner, viewer) = (key(&home, &org, "owner"), key(&home, &org, "viewer"));
    let path = format!("/v1/billing/patients/{PATIENT}");
    let body = format!("{{\"name\":\"{NAME}\"}}");
    let made = server.answer("POST", &format!("{path}/activate"), &owner, &body);
    let made: Value = serde_json::from_str(&made).unwrap();
    assert_eq!(read(&server, &path, &owner)["name"], NAME);
    assert_eq!(read(&server, &path, &viewer)["name"], Value::Null, "masked");
    let (_, said) = home.attempt(&["verify", "--org", &org]);
    let head = word_after(&said, "head");

    let erase = ["erase", "--org", &org, "--patient", PATIENT, "--reason", "request"];
    let erased = home.run(&erase);
    assert!(erased.contains("is erased") && !erased.contains(PATIENT), "{erased}");
    assert!(home.run(&erase).contains("was erased before"));

    let dump = dump(&home);
    assert!(knows(&dump, CONTROL), "payloads are in the dump");
    assert!(knows(&dump, made["anonymous_patient_ref"].as_str().unwrap()), "and the patient is");
    for word in [NAME, PATIENT] {
        assert!(!knows(&dump, word), "the database knows {word}");
    }

    let (code, said) = home.attempt(&["verify", "--org", &org, "--expect-head", &head]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("sound"), "{said}");
    let rebuilt = home.run(&["rebuild", "--all"]);
    assert!(rebuilt.contains("with the live ones, 0 differences"), "{rebuilt}");
    assert_ne!(word_after(&rebuilt, "compared"), "0", "{rebuilt}");

    // A process that had the key at hand may open for a few seconds more.
    let mut seen = Value::Null;
    wait_until("the name is gone", || {
        seen = read(&server, &path, &owner);
        seen["name"].is_null()
    });
    assert_eq!(seen["anonymous_patient_ref"], made["anonymous_patient_ref"]);
    assert_eq!(seen["is_active_for_billing"], true, "the figures stay");
    let listed = &read(&server, "/v1/billing/patients", &owner)["patients"][0];
    assert_eq!(listed["anonymous_patient_ref"], made["anonymous_patient_ref"]);
    assert_eq!((&listed["name"], &listed["patient_id"]), (&Value::Null, &Value::Null));

    server.signal(Signal::SIGTERM);
    assert_eq!(server.wait().code(), Some(0));
    nothing_kept_knows(&home);
}

/// The folder with everything in it: settings, tables, write-ahead log, PostgreSQL's log, ours.
fn nothing_kept_knows(home: &Home) {
    let mut folders = vec![home.file("")];
    if let Ok(elsewhere) = fs::read_to_string(home.data().join("cluster-location")) {
        folders.push(PathBuf::from(elsewhere.trim()));
    }
    let (mut found, mut log_seen) = (Vec::new(), false);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let path = entry.path().display().to_string();
                // What we look for is ASCII and stays as it is.
                let bytes = fs::read(entry.path()).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                log_seen |= path.ends_with("serve.log") && !text.is_empty();
                for word in [NAME, PATIENT] {
                    assert!(!knows(&text, word), "{path} knows {word}");
                }
                if text.contains(CONTROL) {
                    found.push(path);
                }
            }
        }
    }
    for part in ["/base/", "/pg_wal/"] {
        assert!(found.iter().any(|path| path.contains(part)), "events lie in {part}: {found:?}");
    }
    assert!(log_seen, "the process wrote a log");
}

/// Everything in the database, as its owner sees it.
fn dump(home: &Home) -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cluster = runtime.block_on(Cluster::start(ClusterOptions::new(home.data()))).unwrap();
    // The server's own line of command says which PostgreSQL was found.
    let line = fs::read_to_string(home.data().join("cluster/data/postmaster.opts")).unwrap();
    let program = Path::new(line.split_whitespace().next().unwrap()).with_file_name("pg_dump");
    let mut command = Command::new(program);
    command.arg("--dbname").arg(cluster.connection().url("daybook")).env("LC_ALL", "C");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    runtime.block_on(cluster.stop()).unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Plain, in hexadecimal (as a dump writes bytes), or in base64 wherever it begins.
fn knows(text: &str, word: &str) -> bool {
    let base64 = (0..3).map(|shift| {
        let closed = BASE64URL_NOPAD.encode(&[&vec![0; shift], word.as_bytes()].concat());
        // The first and the last characters also hold bits of the neighbours.
        closed[(shift * 4).div_ceil(3)..closed.len() - 2].to_owned()
    });
    let plain = [word.to_owned(), HEXLOWER.encode(word.as_bytes())];
    plain.into_iter().chain(base64).any(|pattern| text.contains(&pattern))
}

fn read(server: &Server, path: &str, key: &str) -> Value {
    serde_json::from_str(&server.answer("GET", path, key, "")).unwrap()
}

/// A key that may ask as often as waiting takes.
fn key(home: &Home, org: &str, role: &str) -> String {
    let create = ["key", "create", "--org", org, "--role", role, "--label", "test"];
    let made = home.run(&[&create[..], &["--rate-limit-per-minute", "1000000"]].concat());
    word_after(&made, "key")
}
